// The image that h755-bundle writes for new units, programmed into one.
#include "bundler/bootloader_file.h"
#include "bundler/intel_hex.h"
#include "bundler/intel_hex_writer.h"
#include "core/factory/factory_image.h"
#include "support/release_fixture.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

#include <catch2/catch.hpp>

using namespace contract;
using bundler::Bytes;
using test_support::bootloaderLike;
using test_support::ReleaseSpec;
using virtual_h755::Mode;

namespace {

const FlashMap& map = h755FlashMap;

void put(Bytes& bytes, std::size_t at, std::uint32_t word)
{
    Encoder encoder{ByteSpan{bytes}.subspan(at, 4)};
    encoder(word);
}

updater::VerifiedBundle release(const ReleaseSpec& spec)
{
    auto bundle = updater::verifyBundle(test_support::makeBundle(map, spec));
    if (!bundle) FAIL(bundle.error().detail);
    return *bundle;
}

/// The unit's flash after a programmer has taken the file.
struct Unit {
    virtual_h755::SimulatedClock clock;
    virtual_h755::VirtualDevice device{map, virtual_h755::brandedIdentity(), clock};

    explicit Unit(const ReleaseSpec& spec)
    {
        const auto pieces = updater::factoryImage(bootloaderLike(), release(spec), map);
        if (!pieces) FAIL(pieces.error().detail);
        const std::string text = bundler::intelHex(*pieces);
        const auto read = bundler::readIntelHex(text, {map.baseAddress, map.totalBytes()});
        if (!read) FAIL(read.error().detail);
        for (const FlashPieceWords& words : wordsOf(*read))
            device.flash().poke(words.address, words.bytes);
    }

    struct FlashPieceWords {
        std::uint32_t address;
        Bytes bytes;
    };
    /// Only what is not erased, as a programmer would.
    static std::vector<FlashPieceWords> wordsOf(const Bytes& flash)
    {
        std::vector<FlashPieceWords> words;
        for (std::uint32_t at = 0; at < flash.size(); at += flashWordBytes) {
            const auto first = flash.begin() + at;
            const Bytes word(first,
                             first + std::min<std::ptrdiff_t>(flashWordBytes, flash.end() - first));
            if (std::any_of(word.begin(), word.end(), [](auto byte) { return byte != 0xFF; }))
                words.push_back({map.baseAddress + at, word});
        }
        return words;
    }
};

std::string refusalOf(Bytes file)
{
    const auto bootloader = bundler::readBootloader(std::move(file), map);
    REQUIRE_FALSE(bootloader);
    return bootloader.error().detail;
}

} // namespace

TEST_CASE("a unit programmed with the factory image starts its release, on trial until confirmed")
{
    Unit unit{{}};
    const std::uint64_t operations = unit.device.flash().operations();
    unit.device.powerOn();
    unit.device.run(1'000'000);
    CHECK(unit.device.mode() == Mode::Application);
    CHECK(unit.device.startResult().isTrial);
    CHECK(unit.device.isM4Running());
    CHECK(unit.device.application().isConfirmed());
    CHECK(unit.device.flash().operations() - operations <= 4); // States, Trial, Confirm: no rebuild

    unit.device.powerOff();
    unit.device.powerOn();
    CHECK(unit.device.startResult().run == Slot::A);
    CHECK_FALSE(unit.device.startResult().isTrial);
    CHECK(unit.device.journal().view().state.state(Slot::A) == SlotState::Confirmed);
}

TEST_CASE("a factory unit whose release does not come up ends in update mode")
{
    Unit unit{{}};
    unit.device.options().application.kind = virtual_h755::ApplicationBehaviour::Kind::Crash;
    unit.device.powerOn();
    unit.device.run(5'000'000);
    CHECK(unit.device.mode() == Mode::Bootloader);
    CHECK(unit.device.startResult().reason == UpdateReason::TrialFailed);
}

TEST_CASE("a release without boot-client runs from the factory as well")
{
    Unit unit{{.flags = 0}};
    unit.device.powerOn();
    CHECK(unit.device.startResult().run == Slot::A);
    CHECK_FALSE(unit.device.startResult().isTrial);
}

TEST_CASE("the file for the programmer holds whole flash words and no erased ones")
{
    const Bytes pattern{1, 2, 3};
    Bytes piece(96, 0xFF);
    std::copy(pattern.begin(), pattern.end(), piece.begin() + 64);
    piece[0] = 0x5A;
    const std::string text = bundler::intelHex({{0x0801'FFC0, piece}});
    const std::string fill(58, 'F');
    CHECK(text == ":020000040801F1\n"
                  ":20FFC0005A" +
                      std::string(62, 'F') +
                      "E6\n"
                      ":020000040802F0\n"
                      ":20000000010203" +
                      fill +
                      "F7\n"
                      ":00000001FF\n");
}

TEST_CASE("what is no bootloader is refused")
{
    CHECK(refusalOf({}) == "the bootloader does not start with a vector table");
    CHECK(refusalOf({0x7F, 'E', 'L', 'F', 1, 1}).find("not as ELF") != std::string::npos);
    CHECK(refusalOf(Bytes(map.bootloader.bytes + 1, 0)).find("fit") != std::string::npos);
    Bytes bytes = bootloaderLike();
    SECTION("reset vector in a slot")
    {
        put(bytes, 4, 0x0802'0401);
    }
    SECTION("no Thumb code")
    {
        put(bytes, 4, 0x0800'0400);
    }
    SECTION("erased")
    {
        put(bytes, 0, 0xFFFF'FFFF);
    }
    SECTION("no stub")
    {
        bytes.resize(0x10'000);
    }
    SECTION("stub erased")
    {
        put(bytes, 0x10'004, 0xFFFF'FFFF);
    }
    CHECK_FALSE(bundler::readBootloader(bytes, map));
}

TEST_CASE("a bootloader with other keys than the release's is refused")
{
    Bytes bytes = bootloaderLike();
    bytes[0x2'001] ^= 1;
    CHECK_FALSE(updater::factoryImage(bytes, release({}), map));
    CHECK(updater::factoryImage(bytes, release({.keyIndex = 1}), map));
}
