#include "support/tiny_map.h"
#include "virtual/flash_model.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using boot::FlashResult;
using boot::ReadResult;
using test_support::tinyMap;

namespace {

using Word = contract::ByteArray<contract::flashWordBytes>;

constexpr std::uint32_t slotA = tinyMap.slot(contract::Core::M7, contract::Slot::A).address;
constexpr std::uint32_t bank2 = tinyMap.slot(contract::Core::M4, contract::Slot::A).address;
constexpr std::uint32_t journal = tinyMap.journal.address;

Word wordOf(std::uint8_t value)
{
    Word word;
    word.fill(value);
    return word;
}

struct Flash {
    SimulatedClock clock;
    FlashModel model;

    explicit Flash(FlashTiming timing = FlashTiming::datasheet()) : model(tinyMap, clock, timing) {}

    FlashResult finish(std::uint8_t bank)
    {
        clock.sleepUs(1'000'000);
        return model.poll(bank);
    }
    FlashResult erase(std::uint32_t address)
    {
        model.startErase(tinyMap.sectorAt(address));
        return finish(tinyMap.bankOf(address));
    }
    FlashResult program(std::uint32_t address, std::uint8_t value = 0x11)
    {
        model.startProgram(address, wordOf(value));
        return finish(tinyMap.bankOf(address));
    }
    ReadResult read(std::uint32_t address)
    {
        Word word;
        return model.read(address, word);
    }
};

} // namespace

TEST_CASE("an erased and programmed word reads back", "[virtual][flash]")
{
    Flash flash;
    REQUIRE(flash.erase(slotA) == FlashResult::Done);
    REQUIRE(flash.program(slotA + 32, 0x5A) == FlashResult::Done);
    Word word{};
    REQUIRE(flash.model.read(slotA + 32, word) == ReadResult::Ok);
    REQUIRE(word == wordOf(0x5A));
    REQUIRE(flash.read(slotA) == ReadResult::Blank);
}

TEST_CASE("a word is programmed once per erase", "[virtual][flash]")
{
    Flash flash;
    (void)flash.erase(slotA);
    (void)flash.program(slotA);
    REQUIRE_THROWS_AS(flash.program(slotA), RuleViolation);
    (void)flash.erase(slotA);
    REQUIRE(flash.program(slotA) == FlashResult::Done);
}

TEST_CASE("a slot sector is programmed only in the power cycle of its erase", "[virtual][flash]")
{
    Flash flash;
    REQUIRE_THROWS_AS(flash.program(slotA), RuleViolation);
    (void)flash.erase(slotA);
    flash.model.powerOn();
    REQUIRE_THROWS_AS(flash.program(slotA), RuleViolation);
}

TEST_CASE("virgin journal words may be programmed in any power cycle", "[virtual][flash]")
{
    Flash flash;
    REQUIRE(flash.program(journal) == FlashResult::Done);
    flash.model.powerOn();
    REQUIRE(flash.program(journal + 32) == FlashResult::Done);
}

TEST_CASE("an unaligned program is a violation", "[virtual][flash]")
{
    Flash flash;
    REQUIRE_THROWS_AS(flash.program(journal + 16), RuleViolation);
}

TEST_CASE("an all-0xFF word is not programmed", "[virtual][flash]")
{
    Flash flash;
    REQUIRE_THROWS_AS(flash.program(journal, 0xFF), RuleViolation);
}

TEST_CASE("accesses outside the flash are violations", "[virtual][flash]")
{
    Flash flash;
    const std::uint32_t end = tinyMap.baseAddress + tinyMap.totalBytes();
    REQUIRE_THROWS_AS(flash.read(end), RuleViolation);
    REQUIRE_THROWS_AS(flash.read(tinyMap.baseAddress - 32), RuleViolation);
    REQUIRE_THROWS_AS(flash.read(end - 16), RuleViolation);
    REQUIRE_THROWS_AS(flash.model.startErase({2, 0}), RuleViolation);
    REQUIRE_THROWS_AS(flash.model.startErase({0, 8}), RuleViolation);
}

TEST_CASE("a read that spans both banks is a violation", "[virtual][flash]")
{
    Flash flash;
    REQUIRE_THROWS_AS(flash.read(bank2 - 16), RuleViolation);
}

TEST_CASE("a write-protected sector reports WriteProtected once and stays as it is",
          "[virtual][flash]")
{
    Flash flash;
    flash.model.poke(tinyMap.bootloader.address, wordOf(0x77));
    REQUIRE(flash.erase(tinyMap.bootloader.address) == FlashResult::WriteProtected);
    REQUIRE(flash.model.poll(0) == FlashResult::Done);
    REQUIRE(flash.program(tinyMap.bootloader.address + 32) == FlashResult::WriteProtected);
    REQUIRE(flash.model.cellAt(tinyMap.bootloader.address) == Cell::Programmed);
    REQUIRE(flash.model.operations() == 0);
}

TEST_CASE("operations take the datasheet's time", "[virtual][flash]")
{
    Flash flash;
    flash.model.startErase(tinyMap.sectorAt(slotA));
    flash.clock.sleepUs(999'999);
    REQUIRE(flash.model.poll(0) == FlashResult::Busy);
    flash.clock.sleepUs(1);
    REQUIRE(flash.model.poll(0) == FlashResult::Done);
    flash.model.startProgram(slotA, wordOf(1));
    REQUIRE(flash.model.untilNextEndUs() == 100U);
    flash.clock.sleepUs(99);
    REQUIRE(flash.model.poll(0) == FlashResult::Busy);
    flash.clock.sleepUs(1);
    REQUIRE(flash.model.poll(0) == FlashResult::Done);
}

TEST_CASE("every access to a busy bank is a violation", "[virtual][flash]")
{
    Flash flash;
    flash.model.startErase(tinyMap.sectorAt(slotA));
    REQUIRE_THROWS_AS(flash.read(journal), RuleViolation);
    REQUIRE_THROWS_AS(flash.model.startProgram(journal, wordOf(1)), RuleViolation);
    REQUIRE_THROWS_AS(flash.model.startErase(tinyMap.sectorAt(journal)), RuleViolation);
}

TEST_CASE("the other bank works while one is busy", "[virtual][flash]")
{
    Flash flash;
    flash.model.startErase(tinyMap.sectorAt(slotA));
    flash.model.startErase(tinyMap.sectorAt(bank2));
    flash.clock.sleepUs(1'000'000);
    REQUIRE(flash.model.poll(0) == FlashResult::Done);
    REQUIRE(flash.model.poll(1) == FlashResult::Done);
}

TEST_CASE("serialised banks wait for each other", "[virtual][flash]")
{
    FlashTiming timing = FlashTiming::datasheet();
    timing.banksInParallel = false;
    Flash flash{timing};
    flash.model.startErase(tinyMap.sectorAt(slotA));
    flash.model.startErase(tinyMap.sectorAt(bank2));
    REQUIRE(flash.clock.nowUs() == 1'000'000);
    REQUIRE(flash.model.poll(0) == FlashResult::Done);
    REQUIRE(flash.model.poll(1) == FlashResult::Busy);
    flash.clock.sleepUs(1'000'000);
    REQUIRE(flash.model.poll(1) == FlashResult::Done);
}

TEST_CASE("a word with an uncorrectable error makes the whole read Bad", "[virtual][flash]")
{
    Flash flash;
    flash.model.poke(slotA, wordOf(1));
    flash.model.damage(slotA, Cell::Bad);
    contract::ByteArray<64> two{};
    REQUIRE(flash.model.read(slotA, two) == ReadResult::Bad);
    REQUIRE(flash.read(slotA + 32) == ReadResult::Blank);
}

TEST_CASE("a plain read or a fetch of an unreadable word is a violation", "[virtual][flash]")
{
    Flash flash;
    flash.model.poke(slotA, wordOf(1));
    Word word{};
    flash.model.readPlainly(slotA, word);
    REQUIRE(word == wordOf(1));
    const contract::Region code{slotA, 32};
    flash.model.damage(slotA + 32, Cell::Bad);
    flash.model.fetch(code);
    flash.model.damage(slotA, Cell::Flaky);
    REQUIRE_THROWS_AS(flash.model.fetch(code), RuleViolation);
    flash.model.damage(slotA, Cell::Bad);
    REQUIRE_THROWS_AS(flash.model.fetch(code), RuleViolation);
    REQUIRE_THROWS_AS(flash.model.readPlainly(slotA, word), RuleViolation);
}

TEST_CASE("a bus fault cannot hide in a busy bank", "[virtual][flash]")
{
    Flash flash;
    flash.model.startErase(tinyMap.sectorAt(slotA));
    REQUIRE_FALSE(flash.model.areBothBanksBusy());
    REQUIRE_THROWS_AS(flash.model.fetch({slotA, 32}), RuleViolation);
    flash.model.startErase(tinyMap.sectorAt(bank2));
    REQUIRE(flash.model.areBothBanksBusy());
}

TEST_CASE("single-bit errors are corrected and counted", "[virtual][flash]")
{
    Flash flash;
    flash.model.poke(slotA, wordOf(7));
    flash.model.damage(slotA, Cell::OneBit);
    Word word{};
    REQUIRE(flash.model.read(slotA, word) == ReadResult::Ok);
    REQUIRE(word == wordOf(7));
    REQUIRE(flash.model.correctedErrors() == 1);
}

TEST_CASE("worn cells report Failed as often as told", "[virtual][flash]")
{
    Flash flash;
    flash.model.failIn(tinyMap.journal, 1);
    REQUIRE(flash.program(journal) == FlashResult::Failed);
    REQUIRE(flash.read(journal) == ReadResult::Bad);
    REQUIRE(flash.program(journal + 32) == FlashResult::Done);
}

TEST_CASE("operations are counted and listed", "[virtual][flash]")
{
    Flash flash;
    (void)flash.erase(slotA);
    (void)flash.program(slotA + 64);
    REQUIRE(flash.model.operations() == 2);
    REQUIRE(flash.model.history()[0].kind == FlashOperation::Kind::Erase);
    REQUIRE(flash.model.history()[0].address == slotA);
    REQUIRE(flash.model.history()[1].kind == FlashOperation::Kind::Program);
    REQUIRE(flash.model.history()[1].address == slotA + 64);
}

TEST_CASE("a restored snapshot has the contents and no erased sectors", "[virtual][flash]")
{
    Flash flash;
    (void)flash.erase(slotA);
    (void)flash.program(slotA);
    const FlashContents contents = flash.model.snapshot();
    (void)flash.erase(slotA);
    flash.model.restore(contents);
    REQUIRE(flash.model.snapshot() == contents);
    REQUIRE_THROWS_AS(flash.program(slotA + 32), RuleViolation);
}
