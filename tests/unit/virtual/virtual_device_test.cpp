#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using contract::ResetCause;
using contract::Slot;
using test_support::tinyMap;
using Kind = ControlOutcome::Kind;

namespace {

constexpr std::uint64_t second = 1'000'000;

const bundler::SignedSet& release()
{
    static const bundler::SignedSet set =
        test_support::makeRelease(tinyMap, {.version = {1, 2, 3, 0}});
    return set;
}

struct Rig {
    SimulatedClock clock;
    VirtualDevice device{tinyMap, brandedIdentity(), clock};

    void install(Slot slot)
    {
        for (const contract::Core core : contract::cores) {
            device.flash().poke(tinyMap.slot(core, slot).address,
                                release().images[index(core)][index(slot)]);
        }
    }
    void behave(ApplicationBehaviour::Kind kind, std::uint32_t afterMs)
    {
        device.applicationBehaviour().kind = kind;
        device.applicationBehaviour().afterMs = afterMs;
    }
    /// Switches on, and waits until the device has appeared.
    void start()
    {
        device.powerOn();
        device.run(second / 10);
    }
    std::vector<std::uint8_t> request(std::uint8_t type, std::uint8_t number, std::uint16_t value,
                                      std::uint16_t length)
    {
        std::vector<std::uint8_t> data(length);
        const ControlOutcome outcome = device.control({type, number, value, 0, length}, data);
        REQUIRE(outcome.kind == Kind::Done);
        data.resize(outcome.bytes);
        return data;
    }
    std::vector<std::uint8_t> deviceDescriptor() { return request(0x80, 6, 0x0100, 18); }
    std::uint16_t productId()
    {
        const auto descriptor = deviceDescriptor();
        return static_cast<std::uint16_t>(descriptor[10] | descriptor[11] << 8);
    }
    contract::RuntimeStatus runtimeStatus()
    {
        const auto bytes =
            request(contract::vendor::interfaceIn, 1, 0, contract::RuntimeStatus::encodedBytes);
        REQUIRE(bytes.size() == contract::RuntimeStatus::encodedBytes);
        return contract::decode<contract::RuntimeStatus>(
            std::span<const std::uint8_t, contract::RuntimeStatus::encodedBytes>(bytes));
    }
    ControlOutcome detach()
    {
        return device.control({0x21, 0, contract::dfu::detachTimeoutMs, 0, 0}, {});
    }
};

} // namespace

TEST_CASE("an empty board waits in the bootloader", "[virtual][device]")
{
    Rig rig;
    REQUIRE_FALSE(rig.device.isAttached());
    rig.start();
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    REQUIRE(rig.device.isAttached());
    REQUIRE(rig.device.generation() == 1);
    REQUIRE(rig.productId() == branding::bootloaderProductId);
}

TEST_CASE("a board with a signed set runs it on both cores", "[virtual][device]")
{
    const Slot slot = GENERATE(Slot::A, Slot::B);
    Rig rig;
    rig.install(slot);
    rig.start();
    REQUIRE(rig.device.mode() == Mode::Application);
    REQUIRE(rig.device.startResult().run == slot);
    REQUIRE(rig.device.isM4Running());
    REQUIRE(rig.productId() == branding::runtimeProductId);
    REQUIRE(rig.runtimeStatus().setId == release().header.setId);
}

TEST_CASE("the running release shows in bcdDevice", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.start();
    const auto descriptor = rig.deviceDescriptor();
    REQUIRE((descriptor[12] | descriptor[13] << 8) == 0x0123);
}

TEST_CASE("both modes have the same serial number", "[virtual][device]")
{
    Rig empty;
    empty.start();
    Rig installed;
    installed.install(Slot::A);
    installed.start();
    const auto serial = [](Rig& rig) { return rig.request(0x80, 6, 0x0303, 255); };
    REQUIRE(serial(empty).size() == 2 + 2 * 24);
    REQUIRE(serial(empty) == serial(installed));
}

TEST_CASE("an application that confirms is Confirmed at the next start", "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.behave(ApplicationBehaviour::Kind::Confirm, 300);
    rig.start();
    REQUIRE(rig.runtimeStatus().state == contract::SlotState::Trial);
    rig.device.run(second);
    REQUIRE(rig.runtimeStatus().state == contract::SlotState::Confirmed);
    rig.device.powerOff();
    rig.start();
    REQUIRE_FALSE(rig.device.startResult().isTrial);
    REQUIRE(rig.runtimeStatus().state == contract::SlotState::Confirmed);
}

TEST_CASE("an application that never confirms is given up by the watchdog",
          "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.behave(ApplicationBehaviour::Kind::NeverConfirm, 0);
    rig.start();
    rig.device.run(60 * second);
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    REQUIRE(rig.device.board().facts().resetCause == ResetCause::Watchdog);
    REQUIRE(rig.device.startResult().reason == contract::UpdateReason::TrialFailed);
}

TEST_CASE("a hanging application does not answer, and the watchdog resets it",
          "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.behave(ApplicationBehaviour::Kind::Hang, 200);
    rig.start();
    rig.device.run(second);
    REQUIRE(rig.device.isAttached());
    REQUIRE(rig.device.control({0x80, 6, 0x0100, 0, 18}, {}).kind == Kind::Silent);
    rig.device.run(60 * second);
    REQUIRE(rig.device.board().facts().resetCause == ResetCause::Watchdog);
    REQUIRE(rig.device.mode() == Mode::Bootloader);
}

TEST_CASE("a crashing application restarts until its trial is used up", "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.behave(ApplicationBehaviour::Kind::Crash, 200);
    rig.start();
    const std::uint32_t before = rig.device.generation();
    rig.device.run(20 * second);
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    REQUIRE(rig.device.board().facts().resetCause == ResetCause::Software);
    REQUIRE(rig.device.startResult().reason == contract::UpdateReason::TrialFailed);
    REQUIRE(rig.device.generation() == before + 2); // second trial, then update mode
}

TEST_CASE("DETACH leads to the bootloader under a new generation", "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.start();
    const std::uint32_t before = rig.device.generation();
    REQUIRE(rig.detach().kind == Kind::Done);
    REQUIRE_FALSE(rig.device.isAttached());
    REQUIRE(rig.detach().kind == Kind::Detached);
    rig.device.run(second);
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    REQUIRE(rig.device.startResult().reason == contract::UpdateReason::Requested);
    REQUIRE(rig.device.generation() == before + 1);
}

TEST_CASE("an application without vectors locks up, unreadable ones are a violation",
          "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    const std::uint32_t image = tinyMap.slot(contract::Core::M7, Slot::A).address;
    const auto isRunning = [&](std::uint32_t vectors) {
        return ApplicationModel(rig.device.board(), rig.clock, tinyMap, brandedIdentity(), {},
                                vectors)
            .isRunning();
    };
    const std::uint32_t vectors = image + contract::imageHeaderBytes;
    REQUIRE(isRunning(vectors));
    REQUIRE_FALSE(isRunning(tinyMap.slot(contract::Core::M7, Slot::B).address + 0x400));
    rig.device.flash().damage(vectors, Cell::Bad);
    REQUIRE_THROWS_AS(isRunning(vectors), RuleViolation);
    rig.device.flash().damage(vectors, Cell::Programmed);
    rig.device.flash().damage(image, Cell::Bad);
    REQUIRE_THROWS_AS(isRunning(vectors), RuleViolation);
}

TEST_CASE("the application behaves as the running image's version says", "[virtual][application]")
{
    Rig rig;
    rig.install(Slot::A);
    std::optional<contract::Version> asked;
    rig.device.options().applicationOf = [&](const contract::Version& version) {
        asked = version;
        return ApplicationBehaviour{ApplicationBehaviour::Kind::NeverConfirm};
    };
    rig.start();
    rig.device.run(second);
    REQUIRE(asked == contract::Version{1, 2, 3, 0});
    REQUIRE_FALSE(rig.device.application().isConfirmed());
    REQUIRE(rig.device.starts() == 1);
}

TEST_CASE("a pulled cable does not cut the power", "[virtual][device]")
{
    Rig rig;
    rig.start();
    rig.device.unplug();
    REQUIRE_FALSE(rig.device.isAttached());
    REQUIRE(rig.device.control({0x80, 6, 0x0100, 0, 18}, {}).kind == Kind::Detached);
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    rig.device.plug();
    REQUIRE(rig.device.isAttached());
    REQUIRE(rig.device.generation() == 2);
}

TEST_CASE("power that is cut in a flash operation is off until it returns", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.device.flash().cutPowerAt(1, Tear::TornBad);
    rig.device.powerOn();
    REQUIRE(rig.device.mode() == Mode::Off);
    REQUIRE_FALSE(rig.device.isAttached());
    rig.device.run(second);
    rig.start();
    REQUIRE(rig.device.mode() == Mode::Application);
}

TEST_CASE("a confirm that is torn leaves the set on trial", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.behave(ApplicationBehaviour::Kind::Confirm, 300);
    rig.start();
    rig.device.flash().cutPowerAt(rig.device.flash().operations() + 1, Tear::TornBad);
    rig.device.run(second);
    REQUIRE(rig.device.mode() == Mode::Off);
    rig.start();
    REQUIRE(rig.device.mode() == Mode::Application);
    REQUIRE(rig.device.startResult().isTrial);
}

TEST_CASE("without VBAT the backup registers go with the power", "[virtual][device]")
{
    Rig rig;
    rig.start();
    rig.device.board().setBackup(31, 7);
    rig.device.powerOff();
    REQUIRE(rig.device.board().backup(31) == 7);
    rig.start();
    rig.device.options().keepsBackup = false;
    rig.device.powerOff();
    REQUIRE(rig.device.board().backup(31) == 0);
}

TEST_CASE("an unknown request stalls and wLength cuts a reply short", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.start();
    REQUIRE(rig.device.control({0x80, 0x77, 0, 0, 0}, {}).kind == Kind::Stalled);
    REQUIRE(rig.request(0x80, 6, 0x0100, 8).size() == 8);
}

TEST_CASE("a control transfer costs the wire's time", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.start();
    const std::uint64_t beforeUs = rig.clock.nowUs();
    std::vector<std::uint8_t> data(255);
    (void)rig.device.control({0x80, 6, 0x0301, 0, 255}, data);
    REQUIRE(rig.clock.nowUs() == beforeUs + 106 + 4 * 53);
}

TEST_CASE("the button held at power-on stays in the bootloader", "[virtual][device]")
{
    Rig rig;
    rig.install(Slot::A);
    rig.device.board().mutableFacts().isButtonHeld = true;
    rig.start();
    REQUIRE(rig.device.mode() == Mode::Bootloader);
    REQUIRE(rig.device.startResult().reason == contract::UpdateReason::Button);
}
