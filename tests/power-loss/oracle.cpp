#include "oracle.h"

#include <algorithm>

namespace power_loss {

using namespace contract;
using virtual_h755::Cell;
using virtual_h755::FlashContents;
using Kind = Finding::Kind;
using End = Aftermath::End;

namespace {

constexpr std::uint32_t mostStarts = 8; // two crashed trials, and a set that gives way each time

bool isReadable(const FlashContents& flash, std::size_t offset, std::size_t bytes)
{
    const auto first = flash.cells.begin() + static_cast<std::ptrdiff_t>(offset / flashWordBytes);
    const auto last =
        flash.cells.begin() + static_cast<std::ptrdiff_t>((offset + bytes - 1) / flashWordBytes);
    return std::none_of(first, last + 1,
                        [](Cell cell) { return cell == Cell::Bad || cell == Cell::Flaky; });
}

struct Place {
    Core core;
    Slot slot;
    Slot linkedFor;
};

/// The release whose image for that core and link lies in that slot.
std::optional<Release> imageIn(const World& world, const FlashContents& flash, const Place& place)
{
    const std::size_t offset =
        world.map().slot(place.core, place.slot).address - world.map().baseAddress;
    const auto first = flash.bytes.begin() + static_cast<std::ptrdiff_t>(offset);
    for (std::size_t number = 0; number < releaseCount; ++number) {
        const auto release = static_cast<Release>(number);
        const bundler::Bytes& bytes =
            world[release].images[index(place.core)][index(place.linkedFor)];
        if (bytes.empty() || !std::equal(bytes.begin(), bytes.end(), first)) continue;
        if (isReadable(flash, offset, bytes.size())) return release;
    }
    return std::nullopt;
}

std::optional<Finding> judgeCores(const Expectation& expected, const Aftermath& found)
{
    const auto [m7, m4] = found.executed;
    if (!m7 || !m4) return Finding{Kind::Mixed, "a core runs no complete image"};
    if (*m7 != *m4)
        return Finding{Kind::Mixed, "M7 runs " + std::string(nameOf(*m7)) + ", M4 runs " +
                                        std::string(nameOf(*m4))};
    if (!found.isM4Running) return Finding{Kind::Mixed, "the M4 does not run"};
    if (!expected.mayRun.has(*m7) && !expected.inDoubt.has(*m7))
        return Finding{Kind::Wrong, std::string(nameOf(*m7)) + " runs, which nobody asked for"};
    return std::nullopt;
}

std::optional<Finding> judgeUpdateMode(const Expectation& expected, ReleaseSet before,
                                       const Aftermath& found)
{
    ReleaseSet wanted = expected.mayRun;
    wanted.keep(before);
    wanted.remove(expected.givenUp);
    if (!wanted.isEmpty() && !wanted.meets(found.held))
        return Finding{Kind::Lost, "the last complete set is gone"};
    if (expected.reasons.has(found.reason) || expected.tolerated.has(found.reason))
        return std::nullopt;
    return Finding{found.reason == UpdateReason::NoValidSet ? Kind::Lost : Kind::Wrong,
                   "update mode for reason " + std::to_string(static_cast<int>(found.reason))};
}

/// While the journal is readable the floor never falls. Rebuilt from nothing, it is at least that
/// of the lowest set which is there.
std::optional<Finding> judgeFloor(const World& world, const Expectation& expected,
                                  const Aftermath& found)
{
    if (!found.floor) return std::nullopt;
    if (found.isJournalReadable && *found.floor < expected.floor)
        return Finding{Kind::Floor,
                       "the floor has fallen to " + std::to_string(found.floor->counter)};
    const std::optional<Release> running = found.executed[0];
    if (found.end != End::Application || !running) return std::nullopt;
    if (levelOf(world, *running) < *found.floor && !expected.confirmedHere.has(*running))
        return Finding{Kind::Floor, std::string(nameOf(*running)) + " runs below the floor"};
    return std::nullopt;
}

} // namespace

Level levelOf(const World& world, Release release)
{
    return {world[release].header.keyIndex, world[release].header.securityCounter};
}

std::optional<Release> imageAt(const World& world, const FlashContents& flash, Core core,
                               std::uint32_t image)
{
    for (const Slot slot : slots) {
        if (world.map().slot(core, slot).address == image)
            return imageIn(world, flash, {core, slot, slot});
    }
    return std::nullopt;
}

ReleaseSet completeSets(const World& world, const FlashContents& flash)
{
    ReleaseSet sets;
    constexpr std::array<std::pair<Slot, Slot>, 3> places{
        {{Slot::A, Slot::A}, {Slot::B, Slot::B}, {Slot::B, Slot::A}}};
    for (const auto& [slot, linkedFor] : places) {
        const auto m7 = imageIn(world, flash, {Core::M7, slot, linkedFor});
        const auto m4 = imageIn(world, flash, {Core::M4, slot, linkedFor});
        const bool isStaged = slot != linkedFor;
        if (m7 && m7 == m4 && (!isStaged || world.hasOneLink(*m7))) sets.add(*m7);
    }
    return sets;
}

std::optional<Finding> judge(const World& world, const Expectation& expected, ReleaseSet before,
                             const Aftermath& found)
{
    if (!found.violation.empty()) return Finding{Kind::Violation, found.violation};
    if (found.end == End::Loop || found.starts > mostStarts)
        return Finding{Kind::Loop, std::to_string(found.starts) + " starts without coming to rest"};
    const auto finding = found.end == End::Application ? judgeCores(expected, found)
                                                       : judgeUpdateMode(expected, before, found);
    if (finding) return finding;
    if (const auto floor = judgeFloor(world, expected, found)) return floor;
    if (expected.canUpdate && found.hasUpdated == false)
        return Finding{Kind::Update, "the update afterwards fails: " + found.trouble};
    return std::nullopt;
}

} // namespace power_loss
