// The ELF that is written to chips, on the models, from its first instruction to the application.
#include "emulator/emulator_bench.h"

#include <catch2/catch.hpp>

using namespace emulator;
using contract::Slot;
using contract::UpdateReason;
using virtual_h755::Mode;

TEST_CASE("An empty device starts into update mode and says why", "[emulator]")
{
    EmulatorBench bench;
    REQUIRE(bench.reachesUpdateMode());
    const contract::DeviceStatus status = bench.status();
    CHECK(status.updateReason == UpdateReason::NoValidSet);
    CHECK(status.resetCause == contract::ResetCause::PowerOn);
    CHECK(status.uniqueId == bench.device->mutableFacts().uniqueId);
    CHECK(status.siliconRevision == 0x2003);
    CHECK(status.romVersion == 0x92);
    CHECK(status.optionBytes.writeProtectionBank1 == 0xFE);
    CHECK(status.lastFault.count == 0);
    CHECK(bench.device->chip().flash().unguardedBusyPolls() == 0);
}

TEST_CASE("The first install ends in a confirmed application on both cores", "[emulator]")
{
    EmulatorBench bench;
    const auto outcome = bench.update(exampleRelease(Size::Small, {1, 0, 0, 0}));

    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(bench.device->isM4Running());
}
