// What is said to OpenOCD and what it answers, as text. Nothing here runs anything.
#pragma once

#include "core/factory/option_bytes.h"

#include <array>
#include <optional>

namespace updater {

/// A part of a job. OpenOCD ends at the first command that fails, so that a marker tells that
/// everything before it has been done.
struct OcdStage {
    std::vector<std::string> commands;
    std::string marker; ///< echoed behind the commands, a line of its own
    ErrorCode failure;  ///< what it means if the marker does not come
};

/// Success is exit code 0 and every marker. Anything else is the first stage without a marker, or
/// what is wrong with the probe: NoProbe, PermissionDenied, DeviceBusy.
Result<> judgeRun(const std::vector<OcdStage>& stages, int exitCode, std::string_view output);

/// True if `line` is a whole line of `output`.
bool hasLine(std::string_view output, std::string_view line);

/// What a probe can tell of the chip behind it.
struct ChipFacts {
    std::string probe;          ///< "STLINK V3J10M3 (API v3) VID:PID 0483:374E"; may be empty
    std::string targetVolts;    ///< "3.28"; may be empty
    std::uint32_t idCode = 0;   ///< DBGMCU_IDCODE
    std::uint32_t flashKiB = 0; ///< as the factory has written it into the chip
    std::array<std::uint8_t, 12> uniqueId{};
    OptionRegisters options;
};

/// The commands whose answers `parseChipFacts` understands.
std::vector<std::string> chipFactsCommands();

/// ReplyMalformed if one of them was not answered.
Result<ChipFacts> parseChipFacts(std::string_view output);

} // namespace updater
