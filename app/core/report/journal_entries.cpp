#include "core/report/journal_entries.h"

#include "contract/journal_word.h"
#include "core/bundle/text_forms.h"
#include "core/report/device_words.h"

#include <algorithm>

namespace updater {
namespace {

using contract::JournalType;
using contract::JournalWord;
using Fields = std::vector<JournalField>;

bool isBlank(contract::ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

std::string text(std::string_view words)
{
    return std::string(words);
}

Fields stateFields(const JournalWord& word)
{
    const auto state = contract::decode<contract::StatePayload>(word.payload);
    return {{"activeSlot", slotName(word.set)},
            {"slotA", text(updater::word(state.state(contract::Slot::A)))},
            {"slotB", text(updater::word(state.state(contract::Slot::B)))},
            {"reason", text(updater::word(state.reason))},
            {"floorCounter", std::uint64_t{state.floorCounter}},
            {"floorKeyIndex", std::uint64_t{state.floorKeyIndex}},
            {"crashStarts", std::uint64_t{state.crashStarts()}},
            {"powerOffStarts", std::uint64_t{state.powerOffStarts()}},
            {"setIdA", hexText(state.setIds[0])},
            {"setIdB", hexText(state.setIds[1])}};
}

Fields sectorDoneFields(const JournalWord& word)
{
    const auto done = contract::decode<contract::SectorDonePayload>(word.payload);
    return {{"slot", slotName(word.set)},
            {"core", text(done.core == 0 ? "m7" : "m4")},
            {"sector", std::uint64_t{done.sectorOfSlot}}};
}

Fields trialFields(const JournalWord& word)
{
    const auto trial = contract::decode<contract::TrialPayload>(word.payload);
    return {{"slot", slotName(word.set)},
            {"startNumber", std::uint64_t{trial.startNumber}},
            {"lastReset", text(updater::word(trial.lastReset))}};
}

Fields confirmFields(const JournalWord& word)
{
    const auto confirm = contract::decode<contract::ConfirmPayload>(word.payload);
    return {{"slot", slotName(word.set)}, {"setId", hexText(confirm.setId)}};
}

void describe(JournalEntry& entry, const JournalWord& word)
{
    switch (word.type) {
    case JournalType::State:
        entry.kind = "state";
        entry.fields = stateFields(word);
        break;
    case JournalType::DownloadBegin:
        entry.kind = "download-begin";
        entry.fields = {{"slot", slotName(word.set)}};
        break;
    case JournalType::SectorDone:
        entry.kind = "sector-done";
        entry.fields = sectorDoneFields(word);
        break;
    case JournalType::Trial:
        entry.kind = "trial";
        entry.fields = trialFields(word);
        break;
    case JournalType::Confirm:
        entry.kind = "confirm";
        entry.fields = confirmFields(word);
        break;
    }
    entry.fields.push_back({"sequence", std::uint64_t{word.sequence}});
}

std::string valueText(const JournalField& field)
{
    const auto* number = std::get_if<std::uint64_t>(&field.value);
    return number != nullptr ? std::to_string(*number) : std::get<std::string>(field.value);
}

} // namespace

std::vector<JournalEntry> journalEntries(contract::ByteView sector)
{
    constexpr std::size_t wordBytes = contract::flashWordBytes;
    std::vector<JournalEntry> entries;
    for (std::size_t at = 0; at + wordBytes <= sector.size(); at += wordBytes) {
        const auto bytes = sector.subspan(at).first<wordBytes>();
        if (isBlank(bytes)) continue;
        JournalEntry entry{at / wordBytes, "void", {}, bytes};
        if (const auto word = contract::decodeJournalWord(bytes)) describe(entry, *word);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string journalText(const JournalEntry& entry)
{
    std::string text(entry.kind);
    for (const JournalField& field : entry.fields) {
        text += &field == &entry.fields.front() ? ": " : ", ";
        text += std::string(field.key) + ' ' + valueText(field);
    }
    return text;
}

} // namespace updater
