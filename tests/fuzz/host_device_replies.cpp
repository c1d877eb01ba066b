// Devices that answer anything at any time: short, long, stalled, late, from another state; seen by
// both clients and by the whole update.
#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"
#include "core/update/update.h"
#include "fixed_random.h"
#include "hostile_bus.h"
#include "invariant.h"
#include "releases.h"

using namespace contract;
using namespace fuzz;
using updater::UpdateOutcome;

namespace {

constexpr updater::Deadlines deadlines{
    .returnMs = 20'000, .confirmationMs = 10'000, .overallMs = 300'000};
/// One wait that has begun may end behind the overall deadline: dfuDNBUSY of a block, a return.
constexpr std::uint64_t slackMs = 300'000;

struct QuietProgress final : updater::Progress {
    void notice(updater::Notice) override {}
    void report(const updater::ProgressReport& report) override
    {
        invariant(report.permille <= 1000 && report.permille >= lastPermille,
                  "progress goes from 0 to 1000 and never back");
        invariant(report.blocksDone <= report.totalBlocks, "no more blocks than there are");
        lastPermille = report.permille;
    }
    std::uint16_t lastPermille = 0;
};

/// With boot-client and without.
const updater::VerifiedBundle& bundleOf(bool isFlagged)
{
    fixRandomNumbers();
    static const auto make = [](std::uint16_t flags) {
        const test_support::ReleaseSpec spec{.payloadBytes = {64, 64}, .flags = flags};
        auto bundle = updater::verifyBundle(test_support::makeBundle(test_support::tinyMap, spec),
                                            test_support::trustFor(test_support::tinyMap));
        invariant(bundle.has_value(), "the bundle is good");
        return *bundle;
    };
    static const std::array bundles{make(0), make(set_flags::confirmsItself)};
    return bundles[isFlagged ? 1 : 0];
}

void checkUpdate(Input& input, bool isFlagged, bool startsInApplication)
{
    const updater::VerifiedBundle& bundle = bundleOf(isFlagged);
    const SetId& setId = bundle.streamHeader().setId;
    HostileBus bus(input, bundle.streamHeader(), startsInApplication);
    QuietProgress progress;
    const auto outcome = updater::update(bus, {}, bundle, progress, {}, deadlines);
    invariant(bus.clock().nowMs() <= deadlines.overallMs + slackMs, "an update ends");
    if (!outcome) return;
    if (outcome->kind == UpdateOutcome::Kind::InstalledNotObservable) {
        invariant(!isFlagged && bus.saidHeld(setId), "the device has said that it holds the set");
    } else {
        invariant(bus.saidConfirmed(setId), "success is what the device says");
    }
}

void askDfu(updater::DfuClient& client, std::size_t what)
{
    const Bytes block(streamBlockBytes);
    switch (what) {
    case 0: {
        const auto status = client.status();
        invariant(!status || (status->state <= dfu::State::Error &&
                              status->status <= dfu::Status::ErrStalledPacket),
                  "unknown DFU values never pass");
        break;
    }
    case 1: (void)client.prepare().has_value(); break;
    case 2: (void)client.download(1, block).has_value(); break;
    case 3: (void)client.finish(2).has_value(); break;
    default: (void)client.detach().has_value(); break;
    }
}

void askVendor(updater::VendorClient& client, std::size_t what)
{
    if (what == 0) {
        const auto status = client.deviceStatus();
        if (!status) return;
        invariant(status->activeSlot <= 1 || status->activeSlot == noSet, "the slot exists");
        for (const SlotStatus& slot : status->slotStatus)
            invariant(slot.state <= SlotState::Invalid, "the state exists");
    } else if (what == 1) {
        const auto status = client.runtimeStatus();
        invariant(!status || status->slot <= 1 || status->slot == noSet, "the slot exists");
    } else if (what == 2) {
        const auto missing = client.missing();
        invariant(!missing || missing->totalBlocks() <= vendor::maximumBlocks, "512 blocks");
        invariant(!missing || missing->wantedBlocks() <= missing->totalBlocks(), "some of them");
    } else {
        (void)client.selectSet(Slot::B).has_value();
    }
}

void checkClients(Input& input)
{
    HostileBus bus(input, bundleOf(true).streamHeader(), input.flag());
    const auto connection = bus.open({});
    if (!connection) return;
    updater::DfuClient dfu(**connection, bus.clock());
    updater::VendorClient vendor(**connection);
    for (int i = 0; i < 32 && !input.isEmpty(); ++i) {
        const std::size_t what = input.below(10);
        if (what < 5)
            askDfu(dfu, what);
        else
            askVendor(vendor, what - 5);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Input input(bytes, size);
    const std::size_t mode = input.below(5);
    if (mode == 4) {
        checkClients(input);
    } else {
        checkUpdate(input, mode / 2 == 0, mode % 2 != 0);
    }
    return 0;
}
