// Downloads onto flash that fails, is slow or cannot be written.
#include "update_bench.h"

using namespace update_bench;

TEST_CASE("a flash that fails is reported, once its retry has failed too", "[update-mode][flash]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    bench.settle();
    const Region sector{bench.map.slot(Core::M4, Slot::B).address, bench.map.sectorBytes};
    SECTION("one failing erase is repeated")
    {
        bench.flash.failIn(sector, 1);
        CHECK(bench.sendPlain(newSet().stream));
    }
    SECTION("two are errERASE")
    {
        bench.flash.failIn(sector, 2);
        CHECK_FALSE(bench.sendPlain(newSet().stream));
        CHECK(bench.lastStatus.status == Status::ErrErase);
    }
    SECTION("a failing word is errPROG")
    {
        bench.flash.failIn({sector.address + 4096, 32}, 1);
        CHECK_FALSE(bench.sendPlain(newSet().stream));
        CHECK(bench.lastStatus.status == Status::ErrProg);
        bench.run(100);
        REQUIRE(bench.clearStatus());
        CHECK(bench.sendPlain(newSet().stream));
    }
    SECTION("a word that does not keep what was programmed is errVERIFY")
    {
        const std::uint32_t address = sector.address + 4096;
        bench.flash.onOperation([&bench, address] {
            const auto& operation = bench.flash.history().back();
            if (operation.kind == virtual_h755::FlashOperation::Kind::Program &&
                operation.address == address)
                bench.flash.damage(address, virtual_h755::Cell::WeakBlank);
        });
        CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 6));
        bench.run(100);
        CHECK(bench.status().status == Status::ErrVerify); // long before the final check
    }
    CHECK(bench.holds(oldSet(), Slot::A));
}

TEST_CASE("a write-protected journal refuses updates while a set is valid", "[update-mode][R2]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Confirmed);
    bench.flash.optionBytes().writeProtectionBank1 = 0x7F; // sector 7
    bench.start();
    const auto before = bench.contents(Slot::B);
    CHECK_FALSE(bench.sendPlain(newSet().stream));
    CHECK(bench.lastStatus.status == Status::ErrVendor);
    CHECK(bench.lastStatus.stringIndex == 7);
    CHECK(bench.deviceStatus().journalHealth == JournalHealth::ReadOnly);
    CHECK(bench.contents(Slot::B) == before);
}

TEST_CASE("without a valid set a write-protected journal does not stand in the way",
          "[update-mode][R2]")
{
    UpdateBench bench;
    bench.flash.optionBytes().writeProtectionBank1 = 0x7F;
    bench.start(UpdateReason::NoValidSet);
    REQUIRE(bench.clearStatus());
    REQUIRE(bench.sendPlain(newSet().stream));
    CHECK(bench.holds(newSet(), Slot::A));
}

TEST_CASE("a programmed word that does not read back ends the download at once",
          "[update-mode][flash][R10]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    bench.settle();
    const std::uint32_t word = bench.map.slot(Core::M4, Slot::B).address + 4096;
    bench.flash.onOperation([&] {
        const auto& operation = bench.flash.history().back();
        const bool isIt = operation.address == word &&
                          operation.kind == virtual_h755::FlashOperation::Kind::Program;
        if (isIt) bench.flash.damage(word, virtual_h755::Cell::WeakBlank);
    });
    CHECK_FALSE(bench.sendPlain(newSet().stream));
    CHECK(bench.lastStatus.status == Status::ErrVerify);
    const auto& history = bench.flash.history();
    const auto last = std::find_if(history.rbegin(), history.rend(), [&](const auto& operation) {
        return bench.map.slot(Core::M4, Slot::B).contains(operation.address);
    });
    CHECK(last->address == word);
}

TEST_CASE("an erase in a download may take ten seconds", "[update-mode][flash][R7]")
{
    UpdateBench bench{FlashTiming{100, 9'900'000, true}};
    bench.install();
    bench.start();
    bench.settle();
    CHECK(bench.sendPlain(newSet().stream));
}

TEST_CASE("a body cannot write where a compaction leaves the State", "[update-mode][refusal][R9]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    bench.settle();
    Bytes stream = newSet().stream;
    const JournalWord forged{JournalType::State, 1, 1'000'000, encode(StatePayload{})};
    const auto word = encode(forged);
    const std::uint32_t first = newSet().header.firstBodyBlock() * streamBlockBytes;
    std::copy(word.begin(), word.end(), stream.begin() + first + carriedStateOffset);
    CHECK_FALSE(bench.sendPlain(stream));
    CHECK(bench.lastStatus.status == Status::ErrFile);
    bench.start();
    CHECK_FALSE(bench.journal->view().isSuperseded);
    CHECK(bench.journal->view().activeSlot == 0);
}
