#include "contract/journal_word.h"
#include "core/report/journal_entries.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::JournalType;
using contract::JournalWord;

namespace {

constexpr std::size_t wordBytes = contract::flashWordBytes;

template <typename Payload>
JournalWord wordWith(JournalType type, std::uint8_t set, const Payload& payload)
{
    return {type, set, 7, contract::encode(payload)};
}

std::string textOf(const JournalWord& word)
{
    const auto bytes = contract::encode(word);
    const auto entries = journalEntries(bytes);
    return entries.size() == 1 ? journalText(entries.front()) : std::string();
}

} // namespace

TEST_CASE("each kind of journal word is told with what it holds", "[journal]")
{
    contract::StatePayload state;
    state.setState(contract::Slot::A, contract::SlotState::Confirmed);
    state.setState(contract::Slot::B, contract::SlotState::Reverted);
    state.reason = contract::Reason::PowerOff;
    state.floorCounter = 3;
    state.starts = 0x21;
    state.setIds[1] = {1, 2, 3, 4, 5, 0xAB};
    CHECK(textOf(wordWith(JournalType::State, 0, state)) ==
          "state: activeSlot A, slotA confirmed, slotB reverted, reason unconfirmed-at-power-off, "
          "floorCounter 3, floorKeyIndex 0, crashStarts 1, powerOffStarts 2, "
          "setIdA 000000000000, setIdB 0102030405ab, sequence 7");
    CHECK(textOf(wordWith(JournalType::DownloadBegin, 1, contract::DownloadBeginPayload{})) ==
          "download-begin: slot B, sequence 7");
    CHECK(textOf(wordWith(JournalType::SectorDone, 1,
                          contract::SectorDonePayload{.core = 1, .sectorOfSlot = 2})) ==
          "sector-done: slot B, core m4, sector 2, sequence 7");
    CHECK(textOf(wordWith(JournalType::Trial, 0,
                          contract::TrialPayload{.startNumber = 2,
                                                 .lastReset = contract::ResetCause::Watchdog})) ==
          "trial: slot A, startNumber 2, lastReset watchdog, sequence 7");
    CHECK(textOf(wordWith(JournalType::Confirm, 0, contract::ConfirmPayload{})) ==
          "confirm: slot A, setId 00000000000000000000000000000000, sequence 7");
}

TEST_CASE("a word that counts for nothing is told as void, a blank one not at all", "[journal]")
{
    std::vector<std::uint8_t> sector(3 * wordBytes, 0xFF);
    const auto word = contract::encode(JournalWord{JournalType::DownloadBegin, 0, 1, {}});
    std::copy(word.begin(), word.end(), sector.begin() + 2 * wordBytes);
    CHECK(journalEntries(sector).size() == 1);
    sector[3 * wordBytes - 1] ^= 1; // its CRC
    const auto entries = journalEntries(sector);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].word == 2);
    CHECK(journalText(entries[0]) == "void");
    CHECK(std::ranges::equal(entries[0].raw, contract::ByteView(sector).last(wordBytes)));
}
