// Downloads from beginning to end, and what interrupts them.
#include "update_bench.h"

using namespace update_bench;

TEST_CASE("a plain DFU tool fills the inactive slot without any vendor request", "[update-mode]")
{
    const Slot active = GENERATE(Slot::A, Slot::B);
    const std::size_t transferBytes = GENERATE(4096U, 1024U, 1000U, 64U);
    UpdateBench bench;
    bench.install(active);
    const auto before = bench.contents(active);
    bench.start();
    REQUIRE(bench.sendPlain(newSet().stream, transferBytes));
    CHECK(bench.holds(newSet(), other(active)));
    CHECK(bench.contents(active) == before);
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.activeSlot == static_cast<std::uint8_t>(other(active)));
    CHECK(status.slot(other(active)).state == SlotState::Ready);
    CHECK(status.slot(other(active)).setId == newSet().header.setId);
    CHECK(status.slot(other(active)).isVerified == 1);
    CHECK(status.slot(active).state == SlotState::Confirmed);
    CHECK(status.floorCounter == 1); // what the confirmed set has, so that it stays allowed
    CHECK(status.downloadSlot == noSet);
}

TEST_CASE("our tool sends exactly the blocks that are missing", "[update-mode]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    REQUIRE(bench.sendOurs(newSet()));
    CHECK(bench.blocksSent == newSet().header.totalBlocks());
    CHECK(bench.holds(newSet(), Slot::B));
    CHECK(bench.slotState(Slot::B) == SlotState::Ready);
}

TEST_CASE("a device without any set takes its first one and starts in dfuERROR", "[update-mode]")
{
    UpdateBench bench;
    bench.start(UpdateReason::NoValidSet);
    CHECK(bench.status().state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrFirmware);
    REQUIRE(bench.clearStatus());
    REQUIRE(bench.sendPlain(newSet().stream));
    CHECK(bench.holds(newSet(), Slot::A));
    CHECK(bench.deviceStatus().activeSlot == 0);
}

TEST_CASE("GET_MISSING wants the header until it knows the stream", "[update-mode]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    std::size_t total = 0;
    CHECK(bench.missing(&total) == std::vector<std::uint32_t>{0});
    CHECK(total == 1);
    REQUIRE(bench.beginUpdate(newSet()));
    CHECK(bench.missing(&total) == std::vector<std::uint32_t>{0});
    CHECK(total == 1);
    REQUIRE(bench.send(0, blockOf(newSet().stream, 0)).state == State::DownloadIdle);
    CHECK(bench.missing(&total).size() == newSet().header.totalBlocks() - 1);
    CHECK(total == newSet().header.totalBlocks());
}

TEST_CASE("after a reset only unfinished sectors are sent again", "[update-mode][resume]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    const StreamHeader& header = newSet().header;
    const std::size_t sent = header.firstBodyBlock() + 13; // M7: 7 blocks, M4: 6; a sector has 4
    CHECK_FALSE(bench.sendOurs(newSet(), sent));
    bench.run(100);
    const DeviceStatus before = bench.deviceStatus();
    CHECK(before.downloadSlot == 1);
    CHECK(before.downloadHash == prefix<16>(headerHash(newSet())));

    bench.start();
    bench.blocksSent = 0;
    REQUIRE(bench.sendOurs(newSet()));
    CHECK(bench.blocksSent == header.totalBlocks() - 8);
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("a finished sector that has rotted since is wanted again", "[update-mode][resume]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 9));
    bench.run(100);
    SECTION("it reads differently")
    {
        bench.flash.poke(bench.map.slot(Core::M7, Slot::B).address + 64, Bytes(32, 0x11));
    }
    SECTION("it cannot be read")
    {
        bench.flash.damage(bench.map.slot(Core::M7, Slot::B).address + 64, virtual_h755::Cell::Bad);
    }
    bench.start();
    bench.blocksSent = 0;
    REQUIRE(bench.sendOurs(newSet()));
    CHECK(bench.blocksSent == newSet().header.totalBlocks() - 4);
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("a plain tool repeats everything after a reset and finished sectors are compared",
          "[update-mode][resume]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 13));
    bench.run(100);
    const std::uint32_t erases = bench.deviceStatus().flashErases;
    CHECK(erases >= 4);
    bench.start();
    REQUIRE(bench.sendPlain(newSet().stream));
    CHECK(bench.holds(newSet(), Slot::B));
    const std::uint32_t sectors = 3 + 4; // newSet fills them all
    CHECK(bench.deviceStatus().flashErases == sectors - 2);
}

TEST_CASE("a resume with nothing left to send ends with the final check", "[update-mode][resume]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.totalBlocks()));
    CHECK(bench.slotState(Slot::B) == SlotState::Checking);
    SECTION("after a reset header and slot data are sent again")
    {
        bench.start();
        bench.blocksSent = 0;
        REQUIRE(bench.sendOurs(newSet()));
        CHECK(bench.blocksSent == newSet().header.firstBodyBlock());
    }
    SECTION("after a bus reset the header alone")
    {
        bench.mode->busReset();
        bench.blocksSent = 0;
        REQUIRE(bench.sendOurs(newSet()));
        CHECK(bench.blocksSent == 1);
    }
    CHECK(bench.slotState(Slot::B) == SlotState::Ready);
}

TEST_CASE("a bus reset at any block loses nothing that was taken", "[update-mode][resume]")
{
    const std::size_t cut = static_cast<std::size_t>(GENERATE(range(1, 25)));
    const bool isPlain = GENERATE(false, true);
    CAPTURE(cut, isPlain);
    REQUIRE(cut < newSet().header.totalBlocks());
    UpdateBench bench{FlashTiming::atSpeed(100)};
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), cut));
    bench.mode->busReset();
    CHECK(bench.state() == State::Idle);
    bench.blocksSent = 0;
    if (isPlain) {
        REQUIRE(bench.sendPlain(newSet().stream));
    } else {
        REQUIRE(bench.sendOurs(newSet()));
        // The header opens every transfer; slot data counts once it is complete.
        const std::size_t kept = cut < newSet().header.firstBodyBlock() ? 1 : cut;
        CHECK(bench.blocksSent == newSet().header.totalBlocks() - kept + 1);
    }
    CHECK(bench.holds(newSet(), Slot::B));
    CHECK(bench.slotState(Slot::B) == SlotState::Ready);
}

TEST_CASE("another release takes over from an unfinished one", "[update-mode]")
{
    UpdateBench bench{FlashTiming::atSpeed(20)};
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 9));
    REQUIRE(bench.abort());
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.sendPlain(third.stream));
    CHECK(bench.holds(third, Slot::B));
    CHECK(bench.deviceStatus().slot(Slot::B).setId == third.header.setId);
}

TEST_CASE("another release that arrives during an erase waits for its end", "[update-mode][R11]")
{
    UpdateBench bench{FlashTiming::datasheet()};
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 9));
    REQUIRE(bench.flash.untilNextEndUs());
    REQUIRE(bench.abort());
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.sendPlain(third.stream));
    CHECK(bench.holds(third, Slot::B));
}

TEST_CASE("an unconfirmed trial gives way and its own slot is overwritten", "[update-mode][R5]")
{
    const SlotState unconfirmed = GENERATE(SlotState::Ready, SlotState::Trial);
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(1, SlotState::Confirmed, unconfirmed);
    bench.start();
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    CHECK_FALSE(bench.sendOurs(third, third.header.firstBodyBlock() + 1));
    CHECK(bench.deviceStatus().activeSlot == 0);
    CHECK(bench.journal->view().state.reason == Reason::Superseded);
    REQUIRE(bench.abort());
    REQUIRE(bench.sendOurs(third));
    CHECK(bench.holds(oldSet(), Slot::A));
    CHECK(bench.holds(third, Slot::B));
}

TEST_CASE("a trial without a valid fallback stays while the other slot is written",
          "[update-mode][R5]")
{
    UpdateBench bench;
    bench.place(newSet(), Slot::B);
    bench.decide(1, SlotState::Invalid, SlotState::Trial);
    bench.start();
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.sendPlain(third.stream));
    CHECK(bench.holds(newSet(), Slot::B));
    CHECK(bench.holds(third, Slot::A));
}

TEST_CASE("before the first erase the journal holds the staying set twice", "[update-mode][R5]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Confirmed);
    bench.start();
    std::size_t programsBeforeErase = 0;
    bool hasErased = false;
    bench.flash.onOperation([&] {
        const bool isErase =
            bench.flash.history().back().kind == virtual_h755::FlashOperation::Kind::Erase;
        hasErased |= isErase;
        programsBeforeErase += hasErased ? 0 : 1;
    });
    REQUIRE(bench.sendPlain(newSet().stream));
    CHECK(hasErased);
    CHECK(programsBeforeErase == 3); // State twice, DownloadBegin
}

TEST_CASE("a full journal is compacted without blocking EP0", "[update-mode][R9]")
{
    UpdateBench bench{FlashTiming::datasheet()};
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Confirmed);
    for (int i = 0; i < 130; ++i)
        bench.decide(0, SlotState::Confirmed, i % 2 == 0 ? SlotState::Ready : SlotState::Confirmed);
    bench.start();
    REQUIRE(bench.journal->needsCompaction());
    REQUIRE(bench.sendOurs(newSet()));
    CHECK_FALSE(bench.journal->needsCompaction());
    CHECK(bench.journal->view().wordsUsed < 40);
    CHECK(bench.holds(newSet(), Slot::B));

    std::vector<std::uint32_t> erased;
    for (const auto& operation : bench.flash.history()) {
        if (operation.kind == virtual_h755::FlashOperation::Kind::Erase)
            erased.push_back(operation.address);
    }
    REQUIRE(erased.size() > 2);
    CHECK(erased[0] == bench.map.slot(Core::M7, Slot::B).address);
    CHECK(erased[1] == bench.map.journal.address);
    const auto& history = bench.flash.history();
    const auto compaction =
        std::find_if(history.begin(), history.end(), [&](const auto& operation) {
            return operation.address == bench.map.journal.address &&
                   operation.kind == virtual_h755::FlashOperation::Kind::Erase;
        });
    CHECK((compaction - 1)->address == erased[0] + carriedStateOffset + flashWordBytes);
}

TEST_CASE("both banks erase and program at the same time", "[update-mode][speed]")
{
    const SignedSet& full =
        release({.version = {2, 0, 0, 0}, .counter = 2, .payloadBytes = {47000, 64000}});
    UpdateBench bench{FlashTiming::datasheet()};
    bench.install();
    bench.start();
    bench.settle();
    const std::uint64_t startUs = bench.clock.nowUs();
    REQUIRE(bench.sendOurs(full));
    const double elapsedMs = static_cast<double>(bench.clock.nowUs() - startUs) / 1000;
    const double slowerBankMs = 4 * 1000 + 65536 / 32 * 0.1; // M4: 4 erases, 2048 words
    CHECK(elapsedMs >= slowerBankMs);
    CHECK(elapsedMs <= 1.10 * slowerBankMs);
}

TEST_CASE("EP0 is answered within 10 ms, a signature check apart", "[update-mode][speed]")
{
    UpdateBench bench{FlashTiming::datasheet()};
    bench.install();
    bench.start();
    std::uint64_t longestUs = 0;
    int longer = 0;
    const auto poll = [&] {
        const std::uint64_t beforeUs = bench.clock.nowUs();
        bench.mode->poll();
        const std::uint64_t tookUs = bench.clock.nowUs() - beforeUs;
        longer += tookUs > 10'000 ? 1 : 0;
        longestUs = std::max(longestUs, tookUs);
        if (tookUs == 0) bench.board.idle();
    };
    for (int i = 0; i < 2000; ++i)
        poll();
    REQUIRE(bench.beginUpdate(newSet()));
    for (std::uint32_t block = 0; block < newSet().header.totalBlocks(); ++block) {
        REQUIRE(bench.download(block, blockOf(newSet().stream, block)));
        while (bench.status().state == State::DownloadBusy)
            poll();
        REQUIRE(bench.lastStatus.state == State::DownloadIdle);
    }
    CHECK(longer <= 2 + 1 + 2); // images found at the start, stream header, new images
    CHECK(longestUs <= 50'000);
}

TEST_CASE("nothing beyond the content is erased or written", "[update-mode]")
{
    const SignedSet& tiny =
        release({.version = {1, 5, 0, 0}, .counter = 2, .payloadBytes = {1024, 2048}});
    UpdateBench bench;
    bench.install();
    bench.start();
    REQUIRE(bench.sendPlain(tiny.stream));
    CHECK(bench.deviceStatus().flashErases == 2);
    CHECK(bench.holds(tiny, Slot::B));
}

TEST_CASE("a resume that uses up the journal's reserve goes on, and the next download compacts",
          "[update-mode][R9][resume]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 13));
    bench.run(100);
    bench.start();
    // Up to the reserve of 256 words: the State that a resume begins with is the one too many.
    StatePayload state = bench.journal->view().state;
    state.floorCounter = 0; // which rises, so that it has to be written
    for (std::uint8_t i = 0; bench.map.journalWords() - bench.journal->view().wordsUsed > 257;
         ++i) {
        state.starts = i;
        REQUIRE(bench.journal->commit(0, state));
    }
    bench.start();
    REQUIRE_FALSE(bench.journal->needsCompaction());
    REQUIRE(bench.journal->view().download->finishedCount == 2);
    REQUIRE(bench.sendOurs(newSet()));
    CHECK(bench.holds(newSet(), Slot::B));
    CHECK(bench.journal->needsCompaction());
    std::size_t sectors = 0;
    for (const Core core : cores)
        sectors += 1 + (newSet().images[index(core)][1].size() - 1) / bench.map.sectorBytes;
    CHECK(bench.deviceStatus().flashErases == sectors - 2); // the finished ones were left out
}
