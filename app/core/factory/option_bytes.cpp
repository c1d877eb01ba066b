#include "core/factory/option_bytes.h"

#include <array>
#include <iomanip>
#include <sstream>

namespace updater {
namespace {

// RM0399 4.9.8, 4.9.15 and table 20.
// clang-format off
constexpr std::array fields{
    OptionField{"BCM4", "OPTSR_PRG", 0x5200'2020, 0x0040'0000, 0x0000'0000, true,
                "the M4 waits until its image has been verified"},
    OptionField{"BOR_LEV", "OPTSR_PRG", 0x5200'2020, 0x0000'000C, 0x0000'000C, true,
                "reset below 2.7 V: no flash operation on a weak supply"},
    OptionField{"WRPSn1", "WPSN_PRG1", 0x5200'203C, 0x0000'0001, 0x0000'0000, true,
                "sector 0, the bootloader, cannot be written"},
    OptionField{"BCM7", "OPTSR_PRG", 0x5200'2020, 0x0080'0000, 0x0080'0000, false,
                "the M7 boots"},
    OptionField{"SWAP_BANK", "OPTSR_PRG", 0x5200'2020, 0x8000'0000, 0x0000'0000, false,
                "bank 1 comes first"},
    OptionField{"RDP", "OPTSR_PRG", 0x5200'2020, 0x0000'FF00, 0x0000'AA00, false,
                "level 0; level 2 can never be undone"},
    OptionField{"BOOT7", "BOOT7_PRG", 0x5200'2044, 0x0000'FFFF, 0x0000'0800, false,
                "BOOT0 low: 0x08000000"},
};
// clang-format on
constexpr const OptionField& protection = fields[2];
static_assert(protection.name == "WRPSn1");

constexpr std::string_view listHead =
    R"(# Option bytes of the STM32H755 for this product. Set them once,
# after the image has been programmed and verified, then read them back and cycle the power. Change
# these fields only: every other bit stays as found (read, modify, write), and the rest must be as
# from the factory (last lines).
#
# field   register   address     mask        value       why
)";

std::string hexWord(std::uint32_t value)
{
    std::ostringstream text;
    text << "0x" << std::hex << std::uppercase << std::setw(8) << std::setfill('0') << value;
    return text.str();
}

std::string padded(std::string_view text, std::size_t width)
{
    return std::string(text) + std::string(width - text.size(), ' ');
}

std::string lineOf(const OptionField& field)
{
    std::string line = padded(field.name, 10) + padded(field.registerName, 11);
    for (const std::uint32_t word : {field.address, field.mask, field.value})
        line += hexWord(word) + "  ";
    return line + std::string(field.why) + '\n';
}

std::string linesOf(bool isOurs)
{
    std::string lines;
    for (const OptionField& field : fields)
        if (field.isOurs == isOurs) lines += lineOf(field);
    return lines;
}

} // namespace

std::span<const OptionField> optionFields()
{
    return fields;
}

std::string OptionDifference::text() const
{
    return std::string(field->name) + ": found " + hexWord(found) + ", wanted " +
           hexWord(field->value);
}

Result<std::vector<OptionDifference>> compareOptions(const OptionRegisters& found)
{
    std::vector<OptionDifference> differences;
    for (const OptionField& field : fields) {
        const auto place = found.find(field.currentAddress());
        if (place == found.end())
            return fail(ErrorCode::ReplyMalformed, std::string(field.registerName) + " not read");
        const std::uint32_t value = place->second & field.mask;
        if (value != field.value) differences.push_back({&field, value});
    }
    return differences;
}

const OptionField& bootloaderProtection()
{
    return protection;
}

bool isBootloaderProtected(const OptionRegisters& found)
{
    const auto place = found.find(protection.currentAddress());
    return place != found.end() && (place->second & protection.mask) == protection.value;
}

std::string optionByteList()
{
    return std::string(listHead) + linesOf(true) + "#\n# Expected, and not to be changed:\n" +
           linesOf(false);
}

} // namespace updater
