// Takes out of a report what is nobody's business: who somebody is, and other devices.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace updater {

struct Redaction {
    std::string homeFolder; ///< with either kind of slash
    std::string userName;
    std::string ownSerial;                 ///< stays: a support case is about this device
    std::vector<std::string> otherSerials; ///< numbered in this order
};

/// `text` with `<home>`, `<user>` and `<other device 1>` for what `redaction` names: as whole
/// words, in any case, also inside paths with doubled backslashes, JSON escapes and URLs. The same
/// thing gets the same placeholder everywhere.
std::string redacted(std::string_view text, const Redaction& redaction);

/// The person who runs this program, as the environment tells.
Redaction personalNames();

} // namespace updater
