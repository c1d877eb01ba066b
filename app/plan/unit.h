// One unit under test.
#pragma once

#include <cstdint>
#include <string>

namespace plan {

struct Unit {
    std::string id;     ///< 24 digits; empty until a blank board has been provisioned
    std::string port;   ///< at the beginning
    std::string socket; ///< of the fixture, if the bench has names for them

    /// How commands name it.
    const std::string& selector() const { return id.empty() ? port : id; }
};

} // namespace plan
