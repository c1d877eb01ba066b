// A host that sleeps and wakes resets the devices on its bus and tells no program of it: the
// connection stays, but the bootloader has ended the transfer.
#include "support/update_bench.h"

#include <catch2/catch.hpp>

using namespace updater;
using namespace test_support;

namespace {

/// What Linux does after a resume: reset, then the configuration that was set before.
void resetBus(virtual_h755::Device& device)
{
    device.busReset();
    (void)device.control({0x00, 9, 1, 0, 0}, {});
}

/// Updates and resets the bus before transfer number `at`. False: so many were not needed.
bool updateWithResetAt(UpdateBench& bench, const VerifiedBundle& bundle, int at)
{
    int transfers = 0;
    bench.transport.beforeTransfer = [&](virtual_h755::Device& device) {
        if (++transfers == at) resetBus(device);
    };
    const Result<UpdateOutcome> outcome = bench.update(bundle);
    bench.transport.beforeTransfer = nullptr;
    CAPTURE(at, transfers);
    if (!outcome) FAIL(errorText(outcome.error().code).name << ": " << outcome.error().detail);
    CHECK(outcome->to == bundle.streamHeader().releaseVersion);
    CHECK(bench.device->application().isConfirmed());
    CHECK(outcome->blocksSent <=
          bundle.streamHeader().totalBlocks() + bundle.streamHeader().firstBodyBlock() + 1);
    return transfers >= at;
}

} // namespace

TEST_CASE("a bus reset before any transfer of a first installation does not end it",
          "[update][bus reset]")
{
    const auto bundle = verifiedRelease(firstRelease());
    int at = 1;
    for (bool isReached = true; isReached; ++at) {
        UpdateBench bench;
        isReached = updateWithResetAt(bench, bundle, at);
    }
    CHECK(at > 60); // header, body blocks, each with its status
}

TEST_CASE("a bus reset before any transfer of an update does not end it", "[update][bus reset]")
{
    const auto bundle = verifiedRelease(secondRelease());
    int at = 1;
    for (bool isReached = true; isReached; ++at) {
        UpdateBench bench;
        bench.install(firstRelease());
        isReached = updateWithResetAt(bench, bundle, at);
    }
    CHECK(at > 60);
}
