#include "contract/journal_word.h"

#include <catch2/catch.hpp>
#include <string_view>

using namespace contract;

namespace {

JournalWord sampleWord()
{
    JournalWord word{.type = JournalType::Trial, .set = 1, .sequence = 0x0102'0304};
    for (std::size_t i = 0; i < word.payload.size(); ++i) {
        word.payload[i] = static_cast<std::uint8_t>(i);
    }
    return word;
}

} // namespace

TEST_CASE("CRC-32 has the check value of its definition", "[journal-word]")
{
    const std::string_view text = "123456789";
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    CHECK(crc32({bytes, text.size()}) == 0xCBF4'3926);
}

TEST_CASE("a journal word fills one flash word and comes back unchanged", "[journal-word]")
{
    const ByteArray<flashWordBytes> bytes = encode(sampleWord());
    CHECK(bytes[0] == 0x4A);
    CHECK(bytes[1] == 0x75);
    CHECK(bytes[2] == 4);
    CHECK(bytes[3] == 1);
    CHECK(bytes[4] == 0x04);
    CHECK(decodeJournalWord(bytes) == sampleWord());
}

TEST_CASE("every single flipped bit makes a journal word void", "[journal-word]")
{
    const ByteArray<flashWordBytes> good = encode(sampleWord());
    for (std::size_t bit = 0; bit < 8 * flashWordBytes; ++bit) {
        ByteArray<flashWordBytes> bad = good;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1U << bit % 8);
        CAPTURE(bit);
        CHECK_FALSE(decodeJournalWord(bad));
    }
}

TEST_CASE("a word of an unknown type is void even with a good CRC", "[journal-word]")
{
    JournalWord word = sampleWord();
    word.type = static_cast<JournalType>(GENERATE(0, 7, 0xFF));
    CHECK_FALSE(decodeJournalWord(encode(word)));
}

TEST_CASE("blank and all-zero flash are not journal words", "[journal-word]")
{
    ByteArray<flashWordBytes> bytes{};
    bytes.fill(GENERATE(std::uint8_t{0x00}, std::uint8_t{0xFF}));
    CHECK_FALSE(decodeJournalWord(bytes));
}

TEST_CASE("State keeps both slots' states and both start counters apart", "[journal-word]")
{
    StatePayload state;
    state.setState(Slot::A, SlotState::Confirmed);
    state.setState(Slot::B, SlotState::Invalid);
    CHECK(state.state(Slot::A) == SlotState::Confirmed);
    CHECK(state.state(Slot::B) == SlotState::Invalid);
    state.setState(Slot::A, SlotState::Empty);
    CHECK(state.state(Slot::A) == SlotState::Empty);
    CHECK(state.state(Slot::B) == SlotState::Invalid);
    state.starts = 0x72;
    CHECK(state.crashStarts() == 2);
    CHECK(state.powerOffStarts() == 7);
}
