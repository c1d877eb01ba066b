#include "core/report/chip_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <spdlog/fmt/fmt.h>

namespace updater {
namespace {

struct BitName {
    int bit;
    std::string_view name;
};

constexpr std::array<BitName, 19> faultStatusBits{{{0, "IACCVIOL"},
                                                   {1, "DACCVIOL"},
                                                   {3, "MUNSTKERR"},
                                                   {4, "MSTKERR"},
                                                   {5, "MLSPERR"},
                                                   {7, "MMARVALID"},
                                                   {8, "IBUSERR"},
                                                   {9, "PRECISERR"},
                                                   {10, "IMPRECISERR"},
                                                   {11, "UNSTKERR"},
                                                   {12, "STKERR"},
                                                   {13, "LSPERR"},
                                                   {15, "BFARVALID"},
                                                   {16, "UNDEFINSTR"},
                                                   {17, "INVSTATE"},
                                                   {18, "INVPC"},
                                                   {19, "NOCP"},
                                                   {24, "UNALIGNED"},
                                                   {25, "DIVBYZERO"}}};

// set_flags, by their bits.
constexpr std::array<BitName, 4> setFlagBits{{{0, "confirms-itself"},
                                              {1, "raises-floor-at-confirm"},
                                              {2, "application-starts-m4"},
                                              {8, "slot-a-only"}}};

/// The names of the bits that are set; a bit without a name by its number. "none" for 0.
std::string bitNames(std::uint32_t value, std::span<const BitName> names)
{
    std::string text;
    for (int bit = 0; bit < 32; ++bit) {
        if ((value >> bit & 1U) == 0) continue;
        if (!text.empty()) text += ", ";
        const auto found = std::ranges::find(names, bit, &BitName::bit);
        text += found != names.end() ? std::string(found->name) : fmt::format("bit {}", bit);
    }
    return text.empty() ? "none" : text;
}

std::string withValue(std::string_view words, std::uint32_t value, int digits)
{
    return fmt::format("{} ({})", words, hexNumber(value, digits));
}

std::string_view siliconRevision(std::uint16_t revision)
{
    switch (revision) {
    case 0x1001: return "Z";
    case 0x1003: return "Y";
    case 0x2001: return "X";
    case 0x2003: return "V";
    default: return "unknown";
    }
}

} // namespace

std::string hexNumber(std::uint32_t value, int digits)
{
    return fmt::format("0x{:0{}x}", value, digits);
}

std::string siliconRevisionText(std::uint16_t revision)
{
    return withValue(siliconRevision(revision), revision, 4);
}

std::string romVersionText(std::uint8_t version)
{
    return withValue(fmt::format("V{:x}.{:x}", version >> 4, version & 0xF), version, 2);
}

std::string readProtectionText(std::uint8_t readProtection)
{
    const std::string_view level = readProtection == 0xAA   ? "level 0"
                                   : readProtection == 0xCC ? "level 2, permanent"
                                                            : "level 1";
    return withValue(level, readProtection, 2);
}

std::string writeProtectionText(std::uint8_t writeProtection)
{
    std::string sectors;
    for (int sector = 0; sector < 8; ++sector) {
        if ((writeProtection >> sector & 1) == 0)
            sectors += (sectors.empty() ? "sectors " : ", ") + std::to_string(sector);
    }
    return withValue(sectors.empty() ? "none" : sectors, writeProtection, 2);
}

std::string bootCm4Text(std::uint8_t bootCm4)
{
    return withValue(bootCm4 == 0 ? "no" : "yes: provisioning is incomplete", bootCm4, 2);
}

std::string faultStatusText(std::uint32_t faultStatus)
{
    return withValue(bitNames(faultStatus, faultStatusBits), faultStatus, 8);
}

std::string setFlagsText(std::uint16_t flags)
{
    return withValue(bitNames(flags, setFlagBits), flags, 4);
}

} // namespace updater
