// A journal that says anything, over slots that hold anything: replay, decision, start, and every
// append on top of it.
#include "bootloader/decide_boot.h"
#include "fuzz_input.h"
#include "fuzzed_device.h"
#include "virtual/identity_from_branding.h"

using namespace contract;
using namespace fuzz;
using virtual_h755::Cell;

namespace {

constexpr std::size_t mostWords = 100;

/// Ids of real sets, so that states can be true; else the input's.
SetIdPrefix readSetId(Input& input, const Releases& releases)
{
    const std::size_t which = input.below(8);
    if (which < releases.sets.size()) return prefix<6>(releases.sets[which].header.setId);
    SetIdPrefix id{};
    std::ranges::copy(input.take(id.size()), id.begin());
    return id;
}

ByteArray<20> readPayload(Input& input, JournalType type, const Releases& releases)
{
    ByteArray<20> payload{};
    if (type != JournalType::State) {
        std::ranges::copy(input.take(input.below(21)), payload.begin());
        return payload;
    }
    StatePayload state;
    state.slotStates = input.number();
    state.reason = static_cast<Reason>(input.number());
    state.floorCounter = input.number();
    state.floorKeyIndex = static_cast<std::uint8_t>(input.below(4) % 3);
    state.starts = input.number();
    for (SetIdPrefix& id : state.setIds)
        id = readSetId(input, releases);
    return encode(state);
}

/// Words as the bootloader writes them, with any contents, between words that a cut has left.
class JournalWriter {
public:
    /// `isReliable`: each word reads the same each time.
    JournalWriter(virtual_h755::FlashModel& flash, const Releases& releases, bool isReliable)
        : m_flash(flash), m_releases(releases), m_isReliable(isReliable)
    {
    }

    void write(Input& input)
    {
        const std::size_t words = std::min<std::size_t>(input.below(128), mostWords);
        for (std::size_t i = 0; i < words && !input.isEmpty(); ++i)
            writeOne(input);
    }

private:
    void writeOne(Input& input)
    {
        switch (input.below(8)) {
        case 0: ++m_index; break; // blank
        case 1: damageNext(Cell::Bad); break;
        case 2: damageNext(m_isReliable ? Cell::Erased : Cell::WeakBlank); break;
        case 3: put(input.take(flashWordBytes)); break;
        case 4: put(m_last); break;
        case 5:
            put(m_last);
            m_flash.damage(address() - flashWordBytes, m_isReliable ? Cell::OneBit : Cell::Flaky);
            break;
        default: put(readWord(input)); break;
        }
    }

    void damageNext(Cell cell)
    {
        m_flash.damage(address(), cell);
        ++m_index;
    }

    ByteArray<flashWordBytes> readWord(Input& input)
    {
        JournalWord word;
        word.type = static_cast<JournalType>(1 + input.below(5));
        const std::uint8_t set = input.number();
        word.set = set < 2 ? set : set < 128 ? noSet : set;
        m_sequence += static_cast<std::uint32_t>(1 + input.below(3) / 2);
        word.sequence = m_sequence;
        word.payload = readPayload(input, word.type, m_releases);
        return encode(word);
    }

    void put(ByteView bytes)
    {
        std::ranges::copy(bytes, m_last.begin());
        m_flash.poke(address(), m_last);
        ++m_index;
    }

    std::uint32_t address() const
    {
        return m_releases.map.journal.address + m_index * flashWordBytes;
    }

    virtual_h755::FlashModel& m_flash;
    const Releases& m_releases;
    const bool m_isReliable;
    std::uint32_t m_index = 0;
    std::uint32_t m_sequence = 0;
    ByteArray<flashWordBytes> m_last{};
};

/// Nothing, a release, one for the other slot, or a rotten one.
void fillSlots(FuzzedDevice& device, Input& input)
{
    const Releases& releases = device.releases();
    for (const Slot slot : slots) {
        const std::size_t what = input.below(16);
        if (what >= 2 * releases.sets.size()) continue;
        const auto& set = releases.sets[what / 2];
        const bool isRotten = what % 2 != 0 && input.flag();
        const Slot link = what % 2 != 0 && !isRotten ? other(slot) : slot;
        for (const Core core : cores) {
            const std::uint32_t address = releases.map.slot(core, slot).address;
            device.device().flash().poke(address, set.images[index(core)][index(link)]);
            if (isRotten) device.device().flash().damage(address + 1024, Cell::Bad);
        }
    }
}

void checkView(const boot::JournalView& view, const FlashMap& map)
{
    invariant(view.activeSlot <= 1 || view.activeSlot == noSet, "the active slot exists");
    invariant(view.wordsUsed <= map.journalWords(), "the log ends in its sector");
    if (!view.download) return;
    invariant(view.download->finishedCount <= view.download->finished.size(), "no sector too many");
    for (std::size_t i = 0; i < view.download->finishedCount; ++i) {
        const boot::FinishedSector& sector = view.download->finished[i];
        invariant(sector.sectorOfSlot < map.slotSectors(sector.core), "finished sectors exist");
    }
}

bool areEqual(const boot::JournalView& a, const boot::JournalView& b)
{
    const bool haveSameDownload =
        a.download.has_value() == b.download.has_value() &&
        (!a.download || (a.download->slot == b.download->slot &&
                         a.download->headerHash == b.download->headerHash &&
                         a.download->finishedCount == b.download->finishedCount));
    return a.isLost == b.isLost && a.activeSlot == b.activeSlot && a.state == b.state &&
           a.trial == b.trial && a.isTrialConfirmed == b.isTrialConfirmed && haveSameDownload &&
           a.wordsUsed == b.wordsUsed;
}

boot::KnownSet readSet(const boot::JournalView& view, Input& input)
{
    boot::KnownSet set;
    set.validity = input.flag() ? boot::Validity::Valid : boot::Validity::Invalid;
    set.isBlank = set.validity == boot::Validity::Invalid && input.flag();
    set.flags = static_cast<std::uint16_t>(input.below(8));
    set.level = {static_cast<std::uint32_t>(input.below(3)), input.number()};
    set.id = input.flag() ? view.state.setIds[input.below(2)] : SetIdPrefix{1};
    return set;
}

void checkFinal(const boot::BootAction& action, const boot::BootFacts& facts)
{
    const boot::KnownSet& chosen = facts.sets[index(action.slot)];
    const bool isStart = action.kind != boot::BootAction::Kind::UpdateMode;
    invariant(!isStart || chosen.validity == boot::Validity::Valid, "only a valid set runs");
    invariant(!isStart || !chosen.isStaged, "no set runs from a slot that it is not linked for");
    invariant(isStart || action.reason != UpdateReason::None, "update mode has a reason");
    invariant(facts.stay == UpdateReason::None || !isStart, "who must stay stays");
}

/// Every decision over this view, whatever the facts: a set runs only if it was found valid.
void decide(const boot::JournalView& view, Input& input)
{
    boot::BootFacts facts;
    facts.cause = static_cast<ResetCause>(input.below(6));
    facts.stay = static_cast<UpdateReason>(input.below(4) == 0 ? 1 + input.below(9) : 0);
    facts.canAppend = !input.flag();
    std::array<boot::KnownSet, 2> truth{readSet(view, input), readSet(view, input)};
    truth[index(Slot::B)].isStaged = input.flag();
    const bool copyWorks = input.flag();
    for (int round = 0; round < 5; ++round) {
        const boot::BootAction action = boot::decideBoot(view, facts);
        boot::KnownSet& asked = facts.sets[index(action.slot)];
        if (action.kind == boot::BootAction::Kind::Verify) {
            invariant(asked.validity == boot::Validity::Unknown, "no set is verified twice");
            asked = truth[index(action.slot)];
        } else if (action.kind == boot::BootAction::Kind::Copy) {
            invariant(action.slot == Slot::B && asked.isStaged && !facts.hasCopied &&
                          asked.validity == boot::Validity::Valid,
                      "only a valid staged set is copied, once");
            facts.hasCopied = true;
            facts.sets[index(Slot::A)] = copyWorks ? asked : truth[index(Slot::A)];
            facts.sets[index(Slot::A)].isStaged = false;
        } else {
            return checkFinal(action, facts);
        }
    }
    invariant(false, "two verifications and a copy are enough for a decision");
}

/// What the journal holds after an append is what a replay finds.
void append(boot::Journal& journal, Input& input, const Releases& releases)
{
    const Slot slot = input.flag() ? Slot::B : Slot::A;
    const std::size_t action = input.below(6);
    const auto payload = readPayload(input, JournalType::State, releases);
    ByteArray<16> hash{};
    std::ranges::copy(input.take(4), hash.begin());
    switch (action) {
    case 0:
    case 1:
        (void)journal.commit(action == 0 ? noSet : static_cast<std::uint8_t>(slot),
                             decode<StatePayload>(payload));
        break;
    case 2: (void)journal.appendDownloadBegin(slot, hash); break;
    case 3:
        (void)journal.appendSectorDone(
            slot, {cores[hash[0] % 2], static_cast<std::uint8_t>(hash[1] % 3), hash});
        break;
    case 4: (void)journal.appendTrial(slot, {.startNumber = hash[0]}); break;
    default: (void)journal.eraseAndRebuild(noSet, decode<StatePayload>(payload));
    }
}

void checkAppends(FuzzedDevice& device, Input& input)
{
    const Releases& releases = device.releases();
    virtual_h755::VirtualBoard& board = device.device().board();
    boot::Journal journal{board, releases.map};
    journal.replay();
    checkView(journal.view(), releases.map);
    decide(journal.view(), input);
    for (std::size_t appends = input.below(16); appends > 0; --appends) {
        append(journal, input, releases);
        boot::Journal again{board, releases.map};
        again.replay();
        invariant(areEqual(journal.view(), again.view()), "the view is what a replay finds");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Input input(bytes, size);
    FuzzedDevice device({MapChoice::Tiny});
    const bool isStarted = input.flag();
    fillSlots(device, input);
    JournalWriter(device.device().flash(), device.releases(), !isStarted).write(input);
    if (!isStarted) {
        checkAppends(device, input);
        return 0;
    }
    // Whatever is found decides in bounded time, and nothing but a complete release runs.
    for (int start = 0; start < 3; ++start) {
        const auto cause = static_cast<ResetCause>(input.below(6));
        device.start(cause);
        device.run(20'000);
        invariant(device.device().mode() != Mode::Off, "the device stays on");
        if (device.device().mode() == Mode::Bootloader) device.checkDeviceStatus();
        device.cutPower(static_cast<Tear>(input.below(5)));
    }
    return 0;
}
