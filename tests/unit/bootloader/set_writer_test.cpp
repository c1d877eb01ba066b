// Both banks at once, fed straight from a stream.
#include "bootloader/set_writer.h"

#include "bootloader/slot_data.h"
#include "update_bench.h"

using namespace update_bench;
using boot::SlotWriter;
using virtual_h755::FlashOperation;

namespace {

struct WriterBench : UpdateBench {
    std::unique_ptr<std::array<std::uint8_t, maximumSlotDataBytes>> slotDataMemory =
        std::make_unique<std::array<std::uint8_t, maximumSlotDataBytes>>();
    std::vector<std::uint8_t> ring = std::vector<std::uint8_t>(boot::UpdateMemory::ringBytes);
    boot::SlotData slotData{crypto, *slotDataMemory};
    std::optional<boot::SetWriter> writer;
    const SignedSet& set;

    explicit WriterBench(FlashTiming timing = FlashTiming::instant(),
                         const SignedSet& signedSet = newSet())
        : UpdateBench(timing), set(signedSet)
    {
        journal.emplace(board, map);
        journal->replay();
        slotData.start(set.header);
        for (std::uint32_t block = 1; block < set.header.firstBodyBlock(); ++block)
            REQUIRE(slotData.take(block, blockOf(set.stream, block)) == Status::Ok);
        writer.emplace(board, crypto, map, *journal, ring);
        restart(Slot::B);
    }
    void restart(Slot slot, std::array<boot::SectorMask, 2> finished = {})
    {
        writer->start({slot,
                       {slotData.contentOf(Core::M7, slot), slotData.contentOf(Core::M4, slot)},
                       finished});
        REQUIRE(journal->appendDownloadBegin(slot, {}));
        writer->begin();
    }
    void step()
    {
        writer->poll();
        board.idle();
    }
    SlotWriter::Push push(std::uint32_t block)
    {
        return writer->push(bodyBlockAt(set.header, block), blockOf(set.stream, block));
    }
    void feed(std::uint32_t block)
    {
        for (int i = 0; i < 10'000; ++i) {
            const SlotWriter::Push result = push(block);
            REQUIRE(result != SlotWriter::Push::OutOfOrder);
            if (result == SlotWriter::Push::Taken) return;
            step();
        }
        FAIL("no room");
    }
    void feedAll()
    {
        for (std::uint32_t block = set.header.firstBodyBlock(); block < set.header.totalBlocks();
             ++block)
            feed(block);
        for (int i = 0; i < 100'000 && !writer->isComplete(); ++i) {
            step();
            REQUIRE(writer->failure() == Status::Ok);
        }
        REQUIRE(writer->isComplete());
    }
};

} // namespace

TEST_CASE("what is written is the image for that slot, patched or not", "[set-writer]")
{
    const Slot slot = GENERATE(Slot::A, Slot::B);
    WriterBench bench;
    bench.restart(slot);
    bench.feedAll();
    CHECK(bench.holds(newSet(), slot));
}

TEST_CASE("a TLV area may cross into a block and a sector of its own", "[set-writer]")
{
    const std::uint32_t bytesToEnd = GENERATE(0U, 4U, 32U, 64U, 200U, 400U);
    // The M7's body ends just before its second sector, or exactly at its end.
    const std::uint32_t payload = 16384 - imageHeaderBytes - bytesToEnd;
    const SignedSet& set = release({.version = {1, 3, 0, 0}, .payloadBytes = {payload, 5000}});
    WriterBench bench{FlashTiming::instant(), set};
    bench.feedAll();
    CHECK(bench.holds(set, Slot::B));
    const std::uint32_t sectors = bytesToEnd == 400 ? 1 + 1 : 2 + 1; // the TLVs take about 300
    CHECK(bench.writer->erases() == sectors);
    REQUIRE(bench.journal->view().download);
    CHECK(bench.journal->view().download->finishedCount == sectors);
}

TEST_CASE("a finished sector's digest in the journal is that of its content", "[set-writer]")
{
    WriterBench bench;
    bench.feedAll();
    REQUIRE(bench.journal->view().download);
    const boot::Download& download = *bench.journal->view().download;
    CHECK(download.finishedCount == 3 + 4);
    for (std::size_t i = 0; i < download.finishedCount; ++i) {
        const boot::FinishedSector& sector = download.finished[i];
        const Bytes& image = newSet().images[index(sector.core)][index(Slot::B)];
        Bytes padded = image;
        padded.resize((image.size() + 31) / 32 * 32, 0xFF);
        const std::size_t start = sector.sectorOfSlot * bench.map.sectorBytes;
        const std::size_t bytes =
            std::min<std::size_t>(bench.map.sectorBytes, padded.size() - start);
        const Digest digest = boot::BearSslCrypto{}.sha256(ByteView{padded}.subspan(start, bytes));
        CHECK(sector.digest == prefix<16>(digest));
    }
}

TEST_CASE("neither bank waits for the other or for a host that is ahead", "[set-writer][speed]")
{
    WriterBench bench{FlashTiming::datasheet()};
    const std::uint64_t startUs = bench.clock.nowUs();
    bench.feedAll();
    const double elapsedMs = static_cast<double>(bench.clock.nowUs() - startUs) / 1000;
    const std::size_t m4Bytes = newSet().images[1][1].size();
    const double slowerBankMs = 4 * 1000 + static_cast<double>(m4Bytes) / 32 * 0.1;
    CHECK(elapsedMs <= 1.02 * slowerBankMs);
}

TEST_CASE("words that are erased anyway are not programmed", "[set-writer][R8]")
{
    WriterBench bench;
    bench.feedAll();
    for (const FlashOperation& operation : bench.flash.history()) {
        if (operation.kind == FlashOperation::Kind::Program)
            CHECK_FALSE(boot::isErased(operation.word));
    }
    // The header fill of both images: 31 of its 32 words.
    std::size_t words = 0;
    for (const Core core : cores)
        words += (newSet().images[index(core)][1].size() + 31) / 32;
    CHECK(bench.writer->programs() <= words - 2 * 31);
}

TEST_CASE("a block that is already there is compared and not programmed again", "[set-writer][R4]")
{
    WriterBench bench;
    const std::uint32_t first = newSet().header.firstBodyBlock();
    for (std::uint32_t block = first; block < first + 12; ++block)
        bench.feed(block);
    for (int i = 0; i < 5000; ++i)
        bench.step();
    const std::uint32_t programs = bench.writer->programs();
    for (std::uint32_t block = first; block < first + 12; ++block)
        bench.feed(block);
    for (int i = 0; i < 100; ++i)
        bench.step();
    CHECK(bench.writer->programs() == programs);
    CHECK(bench.writer->failure() == Status::Ok);
    bench.feedAll();
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("finished sectors are left alone", "[set-writer][resume]")
{
    WriterBench bench;
    bench.feedAll();
    const std::uint64_t operations = bench.flash.operations();
    std::array<boot::SectorMask, 2> finished;
    for (std::uint32_t sector = 0; sector < 4; ++sector) {
        if (sector < 3) finished[0].add(sector);
        finished[1].add(sector);
    }
    bench.restart(Slot::B, finished);
    CHECK(bench.writer->wantsNone());
    for (int i = 0; i < 100; ++i)
        bench.step();
    CHECK(bench.writer->isComplete());
    CHECK(bench.flash.operations() == operations + 1); // DownloadBegin
}

TEST_CASE("blocks come in order per core, and the ring says when it is full", "[set-writer]")
{
    WriterBench bench{FlashTiming::datasheet()};
    const auto push = [&](Core core, std::uint32_t number) {
        return bench.writer->push({core, number}, Bytes(streamBlockBytes));
    };
    CHECK(push(Core::M7, 1) == SlotWriter::Push::OutOfOrder);
    CHECK(push(Core::M7, newSet().header.bodyBlocks(Core::M7)) == SlotWriter::Push::OutOfOrder);
    CHECK(bench.writer->wants({Core::M7, 0}));
    CHECK(push(Core::M7, 0) == SlotWriter::Push::Taken);
    CHECK_FALSE(bench.writer->wants({Core::M7, 0}));
    CHECK(push(Core::M4, 1) == SlotWriter::Push::OutOfOrder);
    // Repeats fill the ring while the bank erases.
    int taken = 1;
    while (push(Core::M7, 0) == SlotWriter::Push::Taken)
        ++taken;
    CHECK(taken == 32);
    CHECK(bench.writer->untilRoomMs() >= 1);
}
