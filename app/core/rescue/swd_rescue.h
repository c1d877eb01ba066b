// A whole unit, or its bootloader alone, through a debug probe: for boards that the ROM loader
// cannot help, since it ignores writes to a protected sector.
#pragma once

#include "core/factory/factory_bundle.h"
#include "core/rescue/open_ocd.h"

#include <functional>

namespace updater {

enum class RescueStep : std::uint8_t {
    Identified,
    Comparing,
    RemovingProtection,
    Programming,
    SettingOptions,
    ReadingBack,
};

/// What is begun, and what it is about: text for people and for the record.
using RescueProgress = std::function<void(RescueStep step, const std::string& detail)>;

struct RescueOutcome {
    ChipFacts chip;               ///< as read at the end
    std::size_t bytesWritten = 0; ///< what was there already is not written again
    bool hasChangedOptions = false;
};

/// What makes the chip none of ours to work on: WrongChip, ReadProtected, or OptionBytes that are
/// neither ours to set nor as from the factory.
Result<> checkChip(const ChipFacts& chip);

/// "0x5200201C=0x1B86AAFC ...": enough to set all of them again by hand.
std::string optionRecord(const OptionRegisters& options);

/// Brings a unit into the state in which it leaves the factory. `typedId` is the unit's id as
/// somebody has typed it: OtherUnit, before anything is changed, if the chip has another one. Each
/// step is checked by reading back, and what was done is found again: after any failure, run it
/// again.
Result<RescueOutcome> provisionBySwd(OpenOcd& probe, const FactoryBundle& bundle,
                                     const std::string& typedId, const RescueProgress& progress,
                                     const std::stop_token& stop);

/// The same for the bootloader's sector and the option bytes alone; firmware and journal stay.
Result<RescueOutcome> replaceBootloader(OpenOcd& probe, const FactoryBundle& bundle,
                                        const std::string& typedId, const RescueProgress& progress,
                                        const std::stop_token& stop);

} // namespace updater
