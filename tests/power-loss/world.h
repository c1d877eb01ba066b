// What exists in these tests: flash maps, releases, and how their firmware behaves.
#pragma once

#include "bundler/set_builder.h"
#include "virtual/application_model.h"

#include <optional>
#include <string_view>

namespace power_loss {

enum class Release : std::uint8_t {
    First,          ///< 1.0.0
    Second,         ///< 1.1.0
    Third,          ///< 1.2.0, security counter 2, raises the floor at confirm
    Plain,          ///< 1.3.0, does not confirm itself
    Crasher,        ///< 1.4.0, its firmware crashes
    Hanger,         ///< 1.5.0, hangs
    Silent,         ///< 1.6.0, runs but never confirms
    Rekeyed,        ///< 1.7.0, signed with the next key
    OneLink,        ///< 1.8.0, linked for slot A only
    OneLinkNext,    ///< 1.9.0, likewise
    OneLinkCrasher, ///< 1.10.0, likewise, and its firmware crashes
};
inline constexpr std::size_t releaseCount = 11;

enum class Geometry : std::uint8_t {
    Tiny,    ///< 4 KB sectors, every download compacts; images of two and three sectors
    Minimal, ///< the same map, images of one sector: for pairs of cuts
    Small,   ///< 16 KB sectors: several downloads between two compactions, so resumes
    Product, ///< the product's map; images reach into every sector
};
inline constexpr std::size_t geometryCount = 4;

std::string_view nameOf(Release release);
std::string_view nameOf(Geometry geometry);

/// All releases for one flash map. Payloads are erased bytes for the most part (which cost nothing
/// to write), with words at both ends of each sector and in its middle.
class World {
public:
    explicit World(Geometry geometry);

    Geometry geometry() const { return m_geometry; }
    const contract::FlashMap& map() const { return m_map; }
    const bundler::SignedSet& operator[](Release release) const
    {
        return m_sets[static_cast<std::size_t>(release)];
    }
    bool hasOneLink(Release release) const
    {
        return (*this)[release].images[0][index(contract::Slot::B)].empty();
    }
    static virtual_h755::ApplicationBehaviour behaviourOf(const contract::Version& version);

private:
    const Geometry m_geometry;
    const contract::FlashMap& m_map;
    std::array<bundler::SignedSet, releaseCount> m_sets;
};

} // namespace power_loss
