#include "support/tiny_map.h"
#include "virtual/flash_model.h"

#include <catch2/catch.hpp>

#include <set>

using namespace virtual_h755;
using boot::FlashResult;
using boot::ReadResult;
using test_support::tinyMap;

namespace {

using Word = contract::ByteArray<contract::flashWordBytes>;

constexpr std::uint32_t slotA = tinyMap.slot(contract::Core::M7, contract::Slot::A).address;
constexpr std::uint32_t bank2 = tinyMap.slot(contract::Core::M4, contract::Slot::A).address;
constexpr std::uint32_t journal = tinyMap.journal.address;
constexpr std::uint32_t wordsOfSector = tinyMap.sectorBytes / contract::flashWordBytes;

Word wordOf(std::uint8_t value)
{
    Word word;
    word.fill(value);
    return word;
}

struct Cut {
    SimulatedClock clock;
    FlashModel flash{tinyMap, clock};

    void cutNext(Tear tear) { flash.cutPowerAt(flash.operations() + 1, tear); }

    /// Programs a journal word, loses power meanwhile, and gets it back.
    void tearWord(Tear tear)
    {
        cutNext(tear);
        REQUIRE_THROWS_AS(flash.startProgram(journal, wordOf(0x22)), PowerLoss);
        flash.powerOn();
    }
    /// The same for the erase of a sector full of 0x33.
    void tearErase(Tear tear)
    {
        flash.poke(slotA, std::vector<std::uint8_t>(tinyMap.sectorBytes, 0x33));
        cutNext(tear);
        REQUIRE_THROWS_AS(flash.startErase(tinyMap.sectorAt(slotA)), PowerLoss);
        flash.powerOn();
    }
    ReadResult read(std::uint32_t address)
    {
        Word word;
        return flash.read(address, word);
    }
    std::set<ReadResult> manyReads(std::uint32_t address)
    {
        std::set<ReadResult> results;
        for (int i = 0; i < 100; ++i)
            results.insert(read(address));
        return results;
    }
    std::set<Cell> cellsOfSector(std::uint32_t address)
    {
        std::set<Cell> cells;
        for (std::uint32_t i = 0; i < wordsOfSector; ++i)
            cells.insert(flash.cellAt(address + i * contract::flashWordBytes));
        return cells;
    }
};

} // namespace

TEST_CASE("without power every access throws until it is back", "[virtual][tear]")
{
    Cut cut;
    cut.flash.cutPower(Tear::Clean);
    REQUIRE_THROWS_AS(cut.read(slotA), PowerLoss);
    REQUIRE_THROWS_AS(cut.flash.poll(0), PowerLoss);
    REQUIRE_THROWS_AS(cut.flash.startErase({0, 1}), PowerLoss);
    REQUIRE_THROWS_AS(cut.flash.checkPower(), PowerLoss);
    cut.flash.powerOn();
    REQUIRE(cut.read(slotA) == ReadResult::Blank);
}

TEST_CASE("a clean cut leaves a word as it was", "[virtual][tear]")
{
    Cut cut;
    cut.tearWord(Tear::Clean);
    REQUIRE(cut.flash.cellAt(journal) == Cell::Erased);
}

TEST_CASE("a torn word may be good", "[virtual][tear]")
{
    Cut cut;
    cut.tearWord(Tear::TornGood);
    REQUIRE(cut.manyReads(journal) == std::set{ReadResult::Ok});
}

TEST_CASE("a torn word may be an ECC error", "[virtual][tear]")
{
    Cut cut;
    cut.tearWord(Tear::TornBad);
    REQUIRE(cut.manyReads(journal) == std::set{ReadResult::Bad});
    REQUIRE_THROWS_AS(cut.flash.startProgram(journal, wordOf(1)), RuleViolation);
}

TEST_CASE("a torn word may read differently from read to read", "[virtual][tear]")
{
    Cut cut;
    cut.tearWord(Tear::TornFlaky);
    REQUIRE(cut.manyReads(journal) == std::set{ReadResult::Ok, ReadResult::Blank, ReadResult::Bad});
}

TEST_CASE("a torn word may look blank, and is not good when programmed again", "[virtual][tear]")
{
    std::set<Cell> results;
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
        Cut cut;
        cut.flash.setSeed(seed);
        cut.tearWord(Tear::TornBlank);
        REQUIRE(cut.manyReads(journal) == std::set{ReadResult::Blank});
        cut.flash.startProgram(journal, wordOf(0x44));
        cut.clock.sleepUs(100);
        REQUIRE(cut.flash.poll(0) == FlashResult::Done);
        results.insert(cut.flash.cellAt(journal));
    }
    REQUIRE(results == std::set{Cell::Bad, Cell::Flaky});
}

TEST_CASE("a clean cut leaves a sector as it was", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::Clean);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::Programmed});
}

TEST_CASE("a torn erase may be complete, yet the sector must be erased again", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::TornGood);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::Erased});
    REQUIRE_THROWS_AS(cut.flash.startProgram(slotA, wordOf(1)), RuleViolation);
}

TEST_CASE("a torn erase may leave a sector that only looks blank", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::TornBlank);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::WeakBlank});
    REQUIRE(cut.read(slotA) == ReadResult::Blank);
}

TEST_CASE("a torn erase may leave old, blank and bad words mixed", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::TornBad);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::Programmed, Cell::Bad, Cell::WeakBlank});
}

TEST_CASE("a torn erase may make a whole sector unreliable", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::TornFlaky);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::Flaky});
}

TEST_CASE("a complete erase heals every kind of cell", "[virtual][tear]")
{
    Cut cut;
    cut.tearErase(Tear::TornBad);
    cut.flash.startErase(tinyMap.sectorAt(slotA));
    cut.clock.sleepUs(1'000'000);
    REQUIRE(cut.flash.poll(0) == FlashResult::Done);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::Erased});
}

TEST_CASE("a cut tears both banks' operations", "[virtual][tear]")
{
    Cut cut;
    cut.flash.poke(slotA, wordOf(1));
    cut.flash.poke(bank2, wordOf(1));
    cut.flash.cutPowerAt(2, Tear::TornFlaky, Tear::TornBlank);
    cut.flash.startErase(tinyMap.sectorAt(slotA));
    REQUIRE_THROWS_AS(cut.flash.startErase(tinyMap.sectorAt(bank2)), PowerLoss);
    REQUIRE(cut.cellsOfSector(slotA) == std::set{Cell::WeakBlank});
    REQUIRE(cut.cellsOfSector(bank2) == std::set{Cell::Flaky});
}

TEST_CASE("an operation that has ended is not torn", "[virtual][tear]")
{
    Cut cut;
    cut.flash.startProgram(journal, wordOf(1));
    cut.clock.sleepUs(100);
    cut.flash.cutPower(Tear::TornBad);
    REQUIRE(cut.flash.cellAt(journal) == Cell::Programmed);
}

TEST_CASE("a reset tears what is running", "[virtual][tear]")
{
    Cut cut;
    cut.flash.startProgram(journal, wordOf(1));
    cut.flash.powerOn();
    REQUIRE(cut.read(journal) == ReadResult::Bad);
}

TEST_CASE("a fork shows what a cut would leave, without a cut", "[virtual][tear]")
{
    Cut cut;
    std::vector<Cell> forked;
    cut.flash.onOperation([&] {
        const FlashContents contents = cut.flash.contentsIfCutNow(Tear::TornBad, Tear::TornBad);
        forked.push_back(contents.cells[(journal - tinyMap.baseAddress) / 32]);
    });
    cut.flash.startProgram(journal, wordOf(1));
    cut.clock.sleepUs(100);
    REQUIRE(cut.flash.poll(0) == FlashResult::Done);
    REQUIRE(forked == std::vector{Cell::Bad});
    REQUIRE(cut.flash.cellAt(journal) == Cell::Programmed);
}
