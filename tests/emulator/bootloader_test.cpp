// The ELF that is written to chips, on the models, from its first instruction to the application.
#include "emulator/emulator_bench.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace emulator;
using contract::ResetCause;
using contract::Slot;
using contract::SlotState;
using contract::UpdateReason;
using virtual_h755::ApplicationBehaviour;
using virtual_h755::Cell;
using virtual_h755::Mode;

namespace {

constexpr contract::Version first{1, 0, 0, 0};
constexpr contract::Version second{1, 1, 0, 0};

const updater::VerifiedBundle& release(const contract::Version& version)
{
    static const auto one = exampleRelease(Size::Small, first);
    static const auto two = exampleRelease(Size::Small, second);
    return version == first ? one : two;
}

/// Made once and copied by each test.
const virtual_h755::BoardState& installedBoard()
{
    static const virtual_h755::BoardState state = boardWith(release(first));
    return state;
}

struct InstalledBench : EmulatorBench {
    InstalledBench() : EmulatorBench(installedBoard().flash, installedBoard().backup) {}
};

constexpr std::uint32_t inSlot(contract::Core core, Slot slot, std::uint32_t offset)
{
    return contract::h755FlashMap.slot(core, slot).address + offset;
}

} // namespace

TEST_CASE("An empty device starts into update mode and says why", "[emulator]")
{
    EmulatorBench bench;
    REQUIRE(bench.reachesUpdateMode());
    const contract::DeviceStatus status = bench.status();
    CHECK(status.updateReason == UpdateReason::NoValidSet);
    CHECK(status.resetCause == ResetCause::PowerOn);
    CHECK(status.uniqueId == bench.device->mutableFacts().uniqueId);
    CHECK(status.siliconRevision == 0x2003);
    CHECK(status.romVersion == 0x92);
    CHECK(status.optionBytes.writeProtectionBank1 == 0xFE);
    CHECK(status.lastFault.count == 0);
}

TEST_CASE("The first install ends in a confirmed application on both cores", "[emulator]")
{
    EmulatorBench bench;
    const auto outcome = bench.update(release(first));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(bench.device->isM4Running());
    CHECK(bench.device->chip().flash().busyPolls() > 0);
    CHECK(bench.device->chip().flash().unguardedBusyPolls() == 0);
}

TEST_CASE("An update goes to the other slot and runs from there", "[emulator]")
{
    InstalledBench bench;
    const auto outcome = bench.update(release(second));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
    const std::uint32_t pc = bench.device->chip().m7().system().vectorTable();
    CHECK(contract::h755FlashMap.slot(contract::Core::M7, Slot::B).contains(pc));
}

TEST_CASE("An update goes on where the power was cut", "[emulator]")
{
    InstalledBench bench;
    bench.runUntil([&] { return bench.device->isAttached(); }, 5'000);
    bench.transport.unplug(
        *bench.device,
        {.atBytes = 12'288, .replugAfterMs = 200, .portPath = "1-2", .cutsPower = true});
    const auto outcome = bench.update(release(second));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
    for (const std::uint32_t times : bench.transport.timesSent())
        CHECK(times <= 2);
    const auto& sent = bench.transport.timesSent();
    CHECK(std::count(sent.begin(), sent.end(), 1U) >= 3); // what the flash had kept
}

// One that never confirms needs boot-client's deadline several times, half a minute of a running
// application: the virtual device's tests have it.
TEST_CASE("A release that hangs or crashes is taken back", "[emulator]")
{
    const auto kind = GENERATE(ApplicationBehaviour::Kind::Hang, ApplicationBehaviour::Kind::Crash);
    InstalledBench bench;
    bench.runUntil([&] { return bench.device->isAttached(); }, 5'000);
    bench.device->options().applicationOf = [kind](const contract::Version& version) {
        return version == second ? ApplicationBehaviour{kind, 1} : ApplicationBehaviour{};
    };
    const auto outcome = bench.update(release(second));
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == updater::ErrorCode::Reverted);
    CHECK(bench.reachesApplication(30'000));
    const std::uint32_t vectors = bench.device->chip().m7().system().vectorTable();
    CHECK(contract::h755FlashMap.slot(contract::Core::M7, Slot::A).contains(vectors));
}

TEST_CASE("Without a valid set the device waits in update mode and can be updated", "[emulator]")
{
    virtual_h755::FlashContents damaged = installedBoard().flash;
    const std::uint32_t place = inSlot(contract::Core::M7, Slot::A, 0x500);
    damaged.bytes[place - contract::h755FlashMap.baseAddress] ^= 1;
    EmulatorBench bench(damaged, installedBoard().backup);
    REQUIRE(bench.reachesUpdateMode());
    CHECK(bench.status().updateReason == UpdateReason::NoValidSet);
    const auto outcome = bench.update(release(second));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("Two faults in a row end in the minimal update mode", "[emulator]")
{
    EmulatorBench bench;
    for (int fault = 0; fault < 2; ++fault) {
        REQUIRE(bench.reachesUpdateMode());
        const std::uint32_t resets = bench.device->chip().resets();
        bench.device->raiseBusFault();
        bench.device->run(10'000);
        CHECK(bench.device->chip().resets() == resets + 1);
    }
    REQUIRE(bench.reachesUpdateMode());
    const contract::DeviceStatus status = bench.status();
    CHECK(status.updateReason == UpdateReason::FaultRepeated);
    CHECK(status.lastFault.faultStatus == 0x8200);
    CHECK(status.lastFault.address == 0x0802'0000);
}

TEST_CASE("Unreadable words in a slot are survived", "[emulator]")
{
    const auto cell = GENERATE(Cell::Bad, Cell::Flaky, Cell::OneBit);
    const auto core = GENERATE(contract::Core::M7, contract::Core::M4);
    virtual_h755::FlashContents damaged = installedBoard().flash;
    const std::uint32_t place = inSlot(core, Slot::A, 0x600);
    damaged.cells[(place - contract::h755FlashMap.baseAddress) / 32] = cell;
    EmulatorBench bench(damaged, installedBoard().backup);
    if (cell == Cell::OneBit) {
        CHECK(bench.reachesApplication());
        CHECK(bench.device->flash().correctedErrors() > 0);
        return;
    }
    bench.runUntil([&] { return bench.device->isAttached(); }, 30'000);
    if (cell == Cell::Bad) CHECK(bench.device->mode() == Mode::Bootloader);
    if (bench.device->mode() != Mode::Bootloader) return; // this time it read well
    const auto outcome = bench.update(release(second));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("Unreadable words in the journal are survived", "[emulator]")
{
    const auto cell = GENERATE(Cell::Bad, Cell::Flaky, Cell::OneBit);
    const std::uint32_t word = GENERATE(0U, 2U);
    virtual_h755::FlashContents damaged = installedBoard().flash;
    const std::uint32_t place = contract::h755FlashMap.journal.address + 32 * word;
    damaged.cells[(place - contract::h755FlashMap.baseAddress) / 32] = cell;
    EmulatorBench bench(damaged, installedBoard().backup);
    CHECK(bench.reachesApplication());
    CHECK(bench.device->chip().m7().busFaults() == 0);
}

TEST_CASE("The ROM loader is entered only with the button held", "[emulator]")
{
    EmulatorBench bench;
    REQUIRE(bench.reachesUpdateMode());
    bench.device->backupRegisters()[H755_BACKUP_REQUEST] = H755_BOOT_REQUEST_ROM;
    SECTION("held: the ROM runs, and the request is gone")
    {
        bench.device->mutableFacts().isButtonHeld = true;
        bench.device->reset(ResetCause::Software);
        CHECK(bench.runUntil([&] { return bench.device->mode() == Mode::RomLoader; }, 100));
        CHECK(bench.device->backupRegisters()[H755_BACKUP_REQUEST] == H755_BOOT_REQUEST_NONE);
    }
    SECTION("not held: update mode")
    {
        bench.device->reset(ResetCause::Software);
        CHECK(bench.reachesUpdateMode());
        CHECK(bench.status().updateReason == UpdateReason::Requested);
    }
}

TEST_CASE("A supply that somebody else has locked wrongly still ends in update mode", "[emulator]")
{
    EmulatorBench bench;
    bench.device->powerOff(virtual_h755::Tear::Clean);
    bench.device->powerOn();
    bench.device->chip().power().lockWrongly();
    bench.device->reset(ResetCause::Pin);
    CHECK(bench.reachesUpdateMode());
    CHECK(bench.status().updateReason == UpdateReason::Requested);
}
