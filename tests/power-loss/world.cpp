#include "world.h"

#include "support/release_fixture.h"
#include "support/tiny_map.h"

#include <random>
#include <stdexcept>

namespace power_loss {

using namespace contract;
using Kind = virtual_h755::ApplicationBehaviour::Kind;

namespace {

struct Traits {
    std::string_view name;
    std::uint32_t counter;
    std::uint16_t flags;
    std::uint32_t keyIndex;
    Kind behaviour;
    bool hasOneLink = false;
};

constexpr std::uint16_t confirms = set_flags::confirmsItself;
constexpr std::uint16_t raises = set_flags::confirmsItself | set_flags::raiseFloorAtConfirm;

/// [Release]; the index is the release's minor version, too.
constexpr std::array<Traits, releaseCount> traits{{
    {"First", 1, confirms, 0, Kind::Confirm},
    {"Second", 1, confirms, 0, Kind::Confirm},
    {"Third", 2, raises, 0, Kind::Confirm},
    {"Plain", 1, 0, 0, Kind::Confirm},
    {"Crasher", 1, confirms, 0, Kind::Crash},
    {"Hanger", 1, confirms, 0, Kind::Hang},
    {"Silent", 1, confirms, 0, Kind::NeverConfirm},
    {"Rekeyed", 1, confirms, 1, Kind::Confirm},
    {"OneLink", 1, confirms, 0, Kind::Confirm, true},
    {"OneLinkNext", 1, confirms, 0, Kind::Confirm, true},
    {"OneLinkCrasher", 1, confirms, 0, Kind::Crash, true},
}};

struct Shape {
    std::string_view name;
    const FlashMap& map;
    std::array<std::uint32_t, 2> payloadBytes; ///< [core]
    std::uint32_t edgeBytes;                   ///< filled at both ends of each sector
    std::uint32_t middleBytes;                 ///< filled in its middle
};

/// [Geometry]
const std::array<Shape, geometryCount> shapes{{
    {"tiny", test_support::tinyMap, {6008, 9016}, 192, 64},
    {"minimal", test_support::tinyMap, {88, 88}, 0, 0},
    {"small", test_support::smallMap, {29976, 40024}, 192, 64},
    {"product", h755FlashMap, {391'000, 522'008}, 192, 9600},
}};

/// Bytes of one link, header included in offsets: noise where the shape fills, else erased.
bundler::Bytes payloadFor(const Shape& shape, Core core, Slot slot, std::uint32_t seed)
{
    const std::uint32_t start = shape.map.slot(core, slot).address + imageHeaderBytes;
    const std::uint32_t bytes = shape.payloadBytes[index(core)];
    const std::uint32_t middle = shape.map.sectorBytes / 2;
    bundler::Bytes payload(bytes, 0xFF);
    std::mt19937 random(seed); // the same noise in both links
    for (std::uint32_t offset = 0; offset < bytes; offset += 4) {
        const std::uint32_t inSector = (imageHeaderBytes + offset) % shape.map.sectorBytes;
        const bool isEdge = inSector < shape.edgeBytes ||
                            inSector + shape.edgeBytes >= shape.map.sectorBytes || offset < 64;
        const bool isMiddle = inSector >= middle && inSector < middle + shape.middleBytes;
        if (!isEdge && !isMiddle) continue;
        const auto noise = static_cast<std::uint32_t>(random());
        Encoder encoder{ByteSpan{payload}.subspan(offset, 4)};
        encoder(offset % 128 == 0 ? start + noise % bytes : noise);
    }
    Encoder vectors{ByteSpan{payload}.first(8)};
    vectors(std::uint32_t{0x2002'0000});
    vectors(start + 0x20 + 1); // Thumb
    return payload;
}

bundler::CorePayloads payloadsFor(const Shape& shape, Core core, std::size_t number)
{
    const auto seed = static_cast<std::uint32_t>(2 * number + index(core) + 1);
    bundler::CorePayloads payloads{payloadFor(shape, core, Slot::A, seed), {}};
    if (!traits[number].hasOneLink) payloads.slotB = payloadFor(shape, core, Slot::B, seed);
    return payloads;
}

/// The length of a DER signature varies by two bytes: it must not decide how many flash words an
/// image has, or a cut could not be reproduced in another run.
void requireRepeatable(const bundler::SignedSet& set)
{
    for (const auto& images : set.images) {
        for (const bundler::Bytes& image : images) {
            const std::size_t inLastWord = image.size() % flashWordBytes;
            if (image.empty()) continue;
            if (inLastWord < 8 || inLastWord > 24)
                throw std::logic_error("image of " + std::to_string(image.size()) +
                                       " bytes: choose another payload length");
        }
    }
}

bundler::SignedSet build(const Shape& shape, std::size_t number)
{
    const Traits& release = traits[number];
    test_support::ReleaseSpec spec;
    spec.version = {1, static_cast<std::uint8_t>(number), 0, 0};
    spec.counter = release.counter;
    spec.flags = release.flags;
    spec.keyIndex = release.keyIndex;
    auto set = bundler::buildSet(
        shape.map, test_support::fieldsOf(spec),
        {payloadsFor(shape, Core::M7, number), payloadsFor(shape, Core::M4, number)},
        test_support::developmentKey(spec.keyIndex));
    if (!set) throw std::runtime_error(set.error().detail);
    requireRepeatable(*set);
    return std::move(*set);
}

} // namespace

std::string_view nameOf(Release release)
{
    return traits[static_cast<std::size_t>(release)].name;
}

std::string_view nameOf(Geometry geometry)
{
    return shapes[static_cast<std::size_t>(geometry)].name;
}

World::World(Geometry geometry)
    : m_geometry(geometry), m_map(shapes[static_cast<std::size_t>(geometry)].map)
{
    for (std::size_t number = 0; number < releaseCount; ++number)
        m_sets[number] = build(shapes[static_cast<std::size_t>(geometry)], number);
}

virtual_h755::ApplicationBehaviour World::behaviourOf(const Version& version)
{
    virtual_h755::ApplicationBehaviour behaviour;
    behaviour.kind = traits.at(version.minor).behaviour;
    return behaviour;
}

} // namespace power_loss
