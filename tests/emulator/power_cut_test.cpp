// The supply is cut while the real ELF updates itself. Every fork is what a cut at that operation
// leaves; a device that wakes up with it must come back by itself.
#include "emulator/emulator_bench.h"

#include <catch2/catch.hpp>
#include <cstdio>

using namespace emulator;
using virtual_h755::BackupRegisters;
using virtual_h755::Cell;
using virtual_h755::FlashContents;
using virtual_h755::Mode;
using virtual_h755::Tear;

namespace {

constexpr contract::Version first{1, 0, 0, 0};
constexpr contract::Version second{1, 1, 0, 0};
constexpr std::array tears{Tear::TornBad, Tear::TornFlaky, Tear::TornBlank, Tear::Clean,
                           Tear::TornGood};

/// A cut's result as the words that differ from the board before the update.
struct Fork {
    struct Word {
        std::uint32_t index = 0;
        Cell cell = Cell::Erased;
        contract::ByteArray<contract::flashWordBytes> bytes{};
    };
    std::uint64_t operation = 0;
    std::vector<Word> words;
    BackupRegisters backup{};
};

Fork forkOf(const FlashContents& base, const FlashContents& cut)
{
    Fork fork;
    for (std::uint32_t index = 0; index < base.cells.size(); ++index) {
        const auto place = static_cast<std::ptrdiff_t>(index * contract::flashWordBytes);
        const auto end = place + static_cast<std::ptrdiff_t>(contract::flashWordBytes);
        const bool isSame = base.cells[index] == cut.cells[index] &&
                            std::equal(base.bytes.begin() + place, base.bytes.begin() + end,
                                       cut.bytes.begin() + place);
        if (isSame) continue;
        Fork::Word& word = fork.words.emplace_back();
        word.index = index;
        word.cell = cut.cells[index];
        std::copy(cut.bytes.begin() + place, cut.bytes.begin() + end, word.bytes.begin());
    }
    return fork;
}

FlashContents contentsOf(const FlashContents& base, const Fork& fork)
{
    FlashContents contents = base;
    for (const Fork::Word& word : fork.words) {
        contents.cells[word.index] = word.cell;
        std::copy(word.bytes.begin(), word.bytes.end(),
                  contents.bytes.begin() +
                      static_cast<std::ptrdiff_t>(word.index * contract::flashWordBytes));
    }
    return contents;
}

/// Updates a board once and forks it at the operations that `isWanted` names.
std::vector<Fork> forksOfUpdate(const virtual_h755::BoardState& board,
                                const updater::VerifiedBundle& release,
                                const std::function<bool(std::uint64_t)>& isWanted)
{
    EmulatorBench bench(board.flash, board.backup);
    virtual_h755::FlashModel& flash = bench.device->flash();
    std::vector<Fork> forks;
    flash.onOperation([&] {
        const std::uint64_t operation = flash.operations();
        if (!isWanted(operation)) return;
        const Tear tear = tears.at(operation % tears.size());
        const Tear otherTear = tears.at(operation / tears.size() % tears.size());
        Fork& fork =
            forks.emplace_back(forkOf(board.flash, flash.contentsIfCutNow(tear, otherTear)));
        fork.operation = operation;
        fork.backup = bench.device->backupRegisters();
    });
    bench.install(release);
    flash.onOperation(nullptr);
    return forks;
}

/// Runs a valid set, or waits for the updater with an answer to every question.
bool hasRecovered(EmulatorBench& bench)
{
    bench.runUntil(
        [&] {
            const Mode mode = bench.device->mode();
            return mode == Mode::Application ||
                   (mode == Mode::Bootloader && bench.device->isAttached());
        },
        20'000);
    if (bench.device->mode() == Mode::Application) return true;
    return bench.status().lastFault.count == 0;
}

void recoverAll(const virtual_h755::BoardState& board, const std::vector<Fork>& forks,
                const updater::VerifiedBundle& release, std::size_t completeEvery)
{
    std::size_t applications = 0;
    for (std::size_t i = 0; i < forks.size(); ++i) {
        INFO("cut at operation " << forks[i].operation);
        EmulatorBench bench(contentsOf(board.flash, forks[i]), forks[i].backup);
        CHECK(hasRecovered(bench));
        CHECK(bench.device->chip().m7().busFaults() == 0);
        if (bench.device->mode() == Mode::Application) ++applications;
        if (i % completeEvery != 0) continue;
        const auto outcome = bench.update(release);
        INFO((outcome ? "" : outcome.error().detail));
        CHECK(outcome.has_value());
    }
    std::printf("%zu cuts, all recovered, %zu of them straight into an application\n", forks.size(),
                applications);
}

constexpr unsigned shards = 2;

void cutSmallUpdate(unsigned shard)
{
    const auto board = boardWith(exampleRelease(Size::Small, first));
    const auto next = exampleRelease(Size::Small, second);
    const auto forks = forksOfUpdate(
        board, next, [&](std::uint64_t operation) { return operation % shards == shard; });
    CHECK(forks.size() > 100);
    recoverAll(board, forks, next, 40);
}

void cutFullUpdate(unsigned shard)
{
    constexpr std::uint64_t stride = 137; // prime: all tears, both cores, all places
    const auto board = boardWith(exampleRelease(Size::Full, first));
    const auto next = exampleRelease(Size::Full, second);
    const auto forks = forksOfUpdate(board, next, [&](std::uint64_t operation) {
        return operation % stride == 0 && operation / stride % shards == shard;
    });
    CHECK(forks.size() >= 100);
    recoverAll(board, forks, next, 1000);
}

} // namespace

TEST_CASE("Cuts at every flash operation of a small update, even ones", "[power-cuts]")
{
    cutSmallUpdate(0);
}

TEST_CASE("Cuts at every flash operation of a small update, odd ones", "[power-cuts]")
{
    cutSmallUpdate(1);
}

TEST_CASE("Cuts at 100 operations of a full update, first half of the sample", "[power-cuts]")
{
    cutFullUpdate(0);
}

TEST_CASE("Cuts at 100 operations of a full update, second half of the sample", "[power-cuts]")
{
    cutFullUpdate(1);
}
