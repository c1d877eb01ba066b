#include "cut_everywhere.h"

#include "memoised_crypto.h"
#include "update_host.h"
#include "virtual/identity_from_branding.h"

#include <catch2/catch.hpp>

namespace power_loss {

using namespace contract;
using virtual_h755::Mode;
using virtual_h755::Tear;
using virtual_h755::VirtualDevice;

namespace {

constexpr std::array<Tear, 5> tears{Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad,
                                    Tear::TornFlaky};

const MemoisedCrypto& sharedCrypto()
{
    static const MemoisedCrypto crypto;
    return crypto;
}

bool holds(VirtualDevice& device, const World& world, Slot slot, const bundler::SignedSet& release)
{
    for (const Core core : cores) {
        const bundler::Bytes& image = release.images[index(core)][index(slot)];
        const std::uint32_t address = world.map.slot(core, slot).address;
        if (device.flash().peek(address, static_cast<std::uint32_t>(image.size())) != image) {
            return false;
        }
    }
    return true;
}

void judge(const World& world, const Remains& remains, bool mustBoot,
           const bundler::SignedSet& target)
{
    virtual_h755::SimulatedClock clock;
    const auto device = deviceWith(world, clock, remains);
    device->powerOn();
    device->run(100'000);
    if (mustBoot) {
        REQUIRE(device->mode() == Mode::Application);
        REQUIRE(runningRelease(*device, world) != nullptr);
    } else if (device->mode() == Mode::Application) {
        REQUIRE(runningRelease(*device, world) != nullptr);
    }
    REQUIRE(UpdateHost(*device, target).bringToSet());
    REQUIRE(runningRelease(*device, world) == &target);
}

} // namespace

const bundler::SignedSet* runningRelease(VirtualDevice& device, const World& world)
{
    if (device.mode() != Mode::Application || !device.startResult().run) return nullptr;
    for (const bundler::SignedSet* release : world.releases) {
        if (holds(device, world, *device.startResult().run, *release)) return release;
    }
    return nullptr;
}

std::unique_ptr<VirtualDevice> deviceWith(const World& world, virtual_h755::Clock& clock,
                                          const Remains& remains)
{
    virtual_h755::DeviceOptions options;
    options.crypto = &sharedCrypto();
    auto device =
        std::make_unique<VirtualDevice>(world.map, virtual_h755::brandedIdentity(), clock, options);
    device->flash().restore(remains.flash);
    device->board().backupRegisters() = remains.backup;
    return device;
}

Remains remainsAfter(const World& world, const Remains& before,
                     const std::function<bool(VirtualDevice&)>& flow)
{
    virtual_h755::SimulatedClock clock;
    const auto device = deviceWith(world, clock, before);
    device->powerOn();
    REQUIRE(flow(*device));
    device->powerOff(Tear::Clean);
    return {device->flash().snapshot(), device->board().backupRegisters()};
}

CutResult cutEverywhere(const World& world, const Remains& before, const CutOptions& options,
                        const std::function<bool(VirtualDevice&)>& flow)
{
    virtual_h755::SimulatedClock clock;
    const auto device = deviceWith(world, clock, before);
    CutResult result;
    bool hasRun = false;
    device->flash().onOperation([&] {
        hasRun = hasRun || device->mode() == Mode::Application;
        ++result.operations;
        if (!options.selects(device->flash().history().back())) return;
        for (const Tear tear : tears) {
            const Remains remains{device->flash().contentsIfCutNow(tear, tear),
                                  device->board().backupRegisters()};
            INFO("operation " << result.operations << ", tear " << static_cast<int>(tear));
            judge(world, remains, hasRun, *options.target);
            ++result.cuts;
        }
    });
    device->powerOn();
    hasRun = device->mode() == Mode::Application;
    REQUIRE(flow(*device));
    return result;
}

} // namespace power_loss
