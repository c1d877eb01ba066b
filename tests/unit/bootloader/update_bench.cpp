#include "update_bench.h"

#include <map>
#include <tuple>

namespace update_bench {

namespace {

/// Longer than any honest dfuDNBUSY of the small map.
constexpr int pollLimit = 20'000;

auto keyOf(const ReleaseSpec& spec)
{
    return std::tuple(spec.version.major, spec.version.minor, spec.version.revision, spec.counter,
                      spec.payloadBytes, spec.seed, spec.flags, spec.productId,
                      spec.hardwareMinimum, spec.hardwareMaximum, spec.keyIndex,
                      spec.minimumBootloader.major, spec.isSingleLink);
}

} // namespace

const SignedSet& release(const ReleaseSpec& spec)
{
    static std::map<decltype(keyOf(spec)), SignedSet> cache;
    const auto key = keyOf(spec);
    if (const auto found = cache.find(key); found != cache.end()) return found->second;
    return cache.emplace(key, test_support::makeRelease(test_support::smallMap, spec))
        .first->second;
}

const SignedSet& oldSet()
{
    return release({.version = {1, 0, 0, 0}, .counter = 1, .payloadBytes = {20000, 30000}});
}

const SignedSet& newSet()
{
    constexpr std::uint32_t m7Bytes = 10 * streamBlockBytes - imageHeaderBytes - 64;
    return release(
        {.version = {1, 1, 0, 0}, .counter = 2, .payloadBytes = {m7Bytes, 50000}, .seed = 7});
}

UpdateBench::UpdateBench(FlashTiming timing, const FlashMap& flashMap)
    : map(flashMap), flash(flashMap, clock, timing),
      m_memory(std::make_unique<boot::UpdateMemory>())
{
    board.mutableFacts().hardwareRevision = 1;
    board.mutableFacts().uniqueId = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
}

void UpdateBench::place(const SignedSet& set, Slot slot)
{
    for (const Core core : cores)
        flash.poke(map.slot(core, slot).address, set.images[index(core)][index(slot)]);
}

void UpdateBench::decide(std::uint8_t activeSlot, SlotState a, SlotState b)
{
    board.reset(ResetCause::Software);
    boot::Journal log{board, map};
    log.replay();
    StatePayload state = log.view().state;
    state.setState(Slot::A, a);
    state.setState(Slot::B, b);
    REQUIRE(log.commit(activeSlot, state));
}

void UpdateBench::install(Slot slot)
{
    place(oldSet(), slot);
    const bool isA = slot == Slot::A;
    decide(static_cast<std::uint8_t>(slot), isA ? SlotState::Confirmed : SlotState::Empty,
           isA ? SlotState::Empty : SlotState::Confirmed);
}

void UpdateBench::start(UpdateReason reason)
{
    mode.reset();
    board.reset(ResetCause::Software);
    m_memory = std::make_unique<boot::UpdateMemory>();
    m_memory->slotData.fill(0xA5); // RAM holds anything after a reset
    m_memory->ring.fill(0x5A);
    journal.emplace(board, map);
    if (reason != UpdateReason::FaultRepeated) journal->replay();
    mode.emplace(board, crypto, map, identity, *journal, *m_memory, reason);
}

void UpdateBench::run(std::uint32_t ms)
{
    const std::uint64_t endUs = clock.nowUs() + std::uint64_t{ms} * 1000;
    do {
        const std::uint64_t beforeUs = clock.nowUs();
        mode->poll();
        if (clock.nowUs() == beforeUs) board.idle();
    } while (clock.nowUs() < endUs);
}

std::optional<Bytes> UpdateBench::in(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                                     std::uint16_t index, std::uint16_t length)
{
    run(0);
    const boot::SetupAnswer answer = mode->setup({type, request, value, index, length});
    if (answer.kind != boot::SetupAnswer::Kind::Send) return std::nullopt;
    const std::size_t bytes = std::min<std::size_t>(length, answer.data.size());
    Bytes result(answer.data.begin(), answer.data.begin() + static_cast<std::ptrdiff_t>(bytes));
    mode->completed();
    return result;
}

bool UpdateBench::out(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                      std::uint16_t index, ByteView data)
{
    using Kind = boot::SetupAnswer::Kind;
    run(0);
    const auto length = static_cast<std::uint16_t>(data.size());
    const boot::SetupAnswer answer = mode->setup({type, request, value, index, length});
    if (answer.kind == Kind::Receive) {
        REQUIRE(answer.buffer.size() >= length);
        std::copy(data.begin(), data.end(), answer.buffer.begin());
        if (!mode->received()) return false;
    } else if (answer.kind != Kind::Acknowledge) {
        return false;
    }
    mode->completed();
    return true;
}

StatusReply UpdateBench::status()
{
    const std::optional<Bytes> bytes = in(0xA1, 3, 0, 0, 6);
    REQUIRE(bytes);
    REQUIRE(bytes->size() == 6);
    lastStatus =
        decode<StatusReply>(std::span<const std::uint8_t, StatusReply::encodedBytes>{*bytes});
    REQUIRE(lastStatus.pollTimeoutMs() >= 1);
    return lastStatus;
}

State UpdateBench::state()
{
    const std::optional<Bytes> bytes = in(0xA1, 5, 0, 0, 1);
    REQUIRE(bytes);
    return static_cast<State>(bytes->at(0));
}

bool UpdateBench::download(std::uint32_t block, ByteView bytes)
{
    return out(0x21, 1, static_cast<std::uint16_t>(block), 0, bytes);
}

StatusReply UpdateBench::send(std::uint32_t block, ByteView bytes)
{
    REQUIRE(download(block, bytes));
    for (int i = 0; i < pollLimit; ++i) {
        const StatusReply reply = status();
        if (reply.state != State::DownloadBusy) return reply;
        run(reply.pollTimeoutMs());
    }
    FAIL("the device stays busy");
    return {};
}

bool UpdateBench::finish()
{
    const bool isAccepted = download(0, {});
    return status().state == State::Idle && isAccepted;
}

DeviceStatus UpdateBench::deviceStatus()
{
    const std::optional<Bytes> bytes = in(0xC0, 1, 0, 0, 0xFFFF);
    REQUIRE(bytes);
    REQUIRE(bytes->size() == DeviceStatus::encodedBytes);
    return decode<DeviceStatus>(std::span<const std::uint8_t, DeviceStatus::encodedBytes>{*bytes});
}

bool UpdateBench::beginUpdate(const SignedSet& set)
{
    return out(vendor::deviceOut, 2, 0, 0, headerHash(set));
}

std::vector<std::uint32_t> UpdateBench::missing(std::size_t* total)
{
    const std::optional<Bytes> bytes = in(vendor::deviceIn, 3, 0, 0, 66);
    REQUIRE(bytes);
    const auto count = static_cast<std::size_t>(bytes->at(0) | bytes->at(1) << 8);
    REQUIRE(bytes->size() == 2 + (count + 7) / 8);
    if (total != nullptr) *total = count;
    std::vector<std::uint32_t> result;
    for (std::uint32_t block = 0; block < count; ++block) {
        if ((bytes->at(2 + block / 8) >> block % 8 & 1) != 0) result.push_back(block);
    }
    return result;
}

bool UpdateBench::vendorOut(vendor::Request request, std::uint16_t value)
{
    return out(vendor::deviceOut, static_cast<std::uint8_t>(request), value, 0);
}

bool UpdateBench::sendPlain(const Bytes& stream, std::size_t transferBytes)
{
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < stream.size(); at += transferBytes) {
        const std::size_t bytes = std::min(transferBytes, stream.size() - at);
        if (send(number++, ByteView{stream}.subspan(at, bytes)).state != State::DownloadIdle)
            return false;
        ++blocksSent;
    }
    return finish();
}

bool UpdateBench::sendOurs(const SignedSet& set, std::size_t most)
{
    std::size_t blocksLeft = most;
    if (!beginUpdate(set)) return false;
    // Twice: only with header and slot data can the device tell which bodies it has.
    for (const bool isBodies : {false, true}) {
        std::size_t total = 0;
        const std::vector<std::uint32_t> wanted = missing(&total);
        for (std::uint32_t block = isBodies ? set.header.firstBodyBlock() : 0;
             block < (isBodies ? set.header.totalBlocks() : set.header.firstBodyBlock()); ++block) {
            const bool isWanted =
                block >= total || std::find(wanted.begin(), wanted.end(), block) != wanted.end();
            if (!isWanted) continue;
            if (blocksLeft-- == 0) return false;
            if (send(block, blockOf(set.stream, block)).state != State::DownloadIdle) return false;
            ++blocksSent;
        }
    }
    return blocksLeft != 0 && finish();
}

bool UpdateBench::holds(const SignedSet& set, Slot slot) const
{
    return std::all_of(cores.begin(), cores.end(), [&](Core core) {
        const Bytes& image = set.images[index(core)][index(slot)];
        const auto length = static_cast<std::uint32_t>(image.size());
        return flash.peek(map.slot(core, slot).address, length) == image;
    });
}

std::vector<std::uint8_t> UpdateBench::contents(Slot slot) const
{
    std::vector<std::uint8_t> result;
    for (const Core core : cores) {
        const Region& region = map.slot(core, slot);
        const auto bytes = flash.peek(region.address, region.bytes);
        result.insert(result.end(), bytes.begin(), bytes.end());
    }
    return result;
}

TwoSets::TwoSets(UpdateReason reason)
{
    place(newSet(), Slot::A);
    place(oldSet(), Slot::B);
    decide(0, SlotState::Confirmed, SlotState::Confirmed);
    start(reason);
    settle();
}

Digest headerHash(const SignedSet& set)
{
    return boot::BearSslCrypto{}.sha256(blockOf(set.stream, 0).first(StreamHeader::encodedBytes));
}

ByteView blockOf(const Bytes& stream, std::uint32_t block)
{
    return ByteView{stream}.subspan(std::size_t{block} * streamBlockBytes, streamBlockBytes);
}

} // namespace update_bench
