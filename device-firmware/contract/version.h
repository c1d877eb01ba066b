#pragma once

#include "contract/layout.h"

#include <compare>

namespace contract {

/// MCUboot's version field, used for every version in the product: "major.minor.revision+build".
struct Version {
    std::uint8_t major = 0;
    std::uint8_t minor = 0;
    std::uint16_t revision = 0;
    std::uint32_t build = 0;

    static constexpr std::size_t encodedBytes = 8;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.major);
        field(self.minor);
        field(self.revision);
        field(self.build);
    }

    constexpr auto operator<=>(const Version&) const = default;
};
static_assert(fillsItsBytes<Version>());

/// bcdDevice (USB 2.0 9.6.1) of a release: 0xMMmr, which is why the bundle tool refuses versions
/// beyond 99.9.9. The build number is not shown.
constexpr std::uint16_t bcdDevice(const Version& version)
{
    return static_cast<std::uint16_t>((version.major / 10 % 10) << 12 | (version.major % 10) << 8 |
                                      (version.minor % 10) << 4 | (version.revision % 10));
}

constexpr bool fitsBcdDevice(const Version& version)
{
    return version.major <= 99 && version.minor <= 9 && version.revision <= 9;
}

} // namespace contract
