// The chip's option bytes as this product wants them: the one table behind the list for production
// lines and behind what is compared and written over SWD (RM0399 4.9).
#pragma once

#include "core/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace updater {

/// One field of an option register. Values are in place: found & mask must be `value`.
struct OptionField {
    std::string_view name;
    std::string_view registerName; ///< the register that is written
    std::uint32_t address;         ///< of that register; four bytes below it is what is in force
    std::uint32_t mask;
    std::uint32_t value;
    bool isOurs; ///< set at provisioning; the others must be as from the factory and are only read
    std::string_view why;

    constexpr std::uint32_t currentAddress() const { return address - 4; }
};

std::span<const OptionField> optionFields();

/// Registers in force, by address, as a probe has read them.
using OptionRegisters = std::map<std::uint32_t, std::uint32_t>;

/// A field that is not as wanted.
struct OptionDifference {
    const OptionField* field = nullptr;
    std::uint32_t found = 0; ///< in place, under the mask

    /// "BCM4: found 0x00400000, wanted 0x00000000".
    std::string text() const;
};

/// In the table's order. ReplyMalformed if a register of the table was not read.
Result<std::vector<OptionDifference>> compareOptions(const OptionRegisters& found);

/// The bootloader's sector in WPSN_PRG1; the chip takes no programming of it while it is `value`.
const OptionField& bootloaderProtection();

/// True if the chip lets nobody program the bootloader's sector.
bool isBootloaderProtected(const OptionRegisters& found);

/// For people: fields, registers, values and why.
std::string optionByteList();

} // namespace updater
