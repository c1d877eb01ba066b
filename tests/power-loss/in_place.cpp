#include "in_place.h"

#include "bootloader/slot_content.h"
#include "oracle.h"

namespace power_loss {

using namespace contract;
using virtual_h755::FlashModel;
using virtual_h755::Tear;

namespace {

constexpr std::array<Tear, 5> tears{Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad,
                                    Tear::TornFlaky};

void judgeCut(const World& world, FlashModel& flash, InPlaceResult& result)
{
    ++result.operations;
    for (const Tear tear : tears) {
        const virtual_h755::FlashContents left = flash.contentsIfCutNow(tear, tear);
        const auto at = [&](Core core) {
            return imageAt(world, left, core, world.map().slot(core, Slot::A).address);
        };
        const auto m7 = at(Core::M7);
        const auto m4 = at(Core::M4);
        ++result.cuts;
        if (m7 && m7 == m4) continue;
        ++result.notBootable;
        if (m7 && m4) ++result.mixed;
    }
}

void wait(virtual_h755::SimulatedClock& clock, FlashModel& flash)
{
    while (const auto us = flash.untilNextEndUs()) {
        clock.sleepUs(*us);
        (void)flash.snapshot();
    }
}

/// As dfu-util does it with DfuSe: erases every sector that the file needs, then writes.
void overwrite(virtual_h755::SimulatedClock& clock, FlashModel& flash, std::uint32_t address,
               const bundler::Bytes& image)
{
    const auto end = address + static_cast<std::uint32_t>(image.size());
    for (std::uint32_t at = address; at < end; at += flash.map().sectorBytes) {
        flash.startErase(flash.map().sectorAt(at));
        wait(clock, flash);
    }
    for (std::uint32_t at = address; at < end; at += flashWordBytes) {
        ByteArray<flashWordBytes> word{};
        word.fill(0xFF);
        std::copy_n(image.begin() + (at - address), std::min(flashWordBytes, end - at),
                    word.begin());
        if (boot::isErased(word)) continue; // the ROM would write it; the result is the same
        flash.startProgram(at, word);
        wait(clock, flash);
    }
}

} // namespace

InPlaceResult updateInPlace(const World& world)
{
    InPlaceResult result;
    virtual_h755::SimulatedClock clock;
    FlashModel flash(world.map(), clock);
    for (const Core core : cores)
        flash.poke(world.map().slot(core, Slot::A).address,
                   world[Release::First].images[index(core)][index(Slot::A)]);
    flash.onOperation([&] { judgeCut(world, flash, result); });
    for (const Core core : cores)
        overwrite(clock, flash, world.map().slot(core, Slot::A).address,
                  world[Release::Second].images[index(core)][index(Slot::A)]);
    return result;
}

} // namespace power_loss
