#include "core/report/journal_json.h"

#include "contract/journal_word.h"
#include "core/bundle/text_forms.h"
#include "core/report/device_words.h"
#include "core/report/json_line.h"

#include <algorithm>

namespace updater {
namespace {

using contract::JournalType;
using contract::JournalWord;

bool isBlank(contract::ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

void addState(JsonLine& line, const JournalWord& word)
{
    const auto state = contract::decode<contract::StatePayload>(word.payload);
    line.text("kind", "state")
        .text("activeSlot", slotName(word.set))
        .text("slotA", updater::word(state.state(contract::Slot::A)))
        .text("slotB", updater::word(state.state(contract::Slot::B)))
        .text("reason", updater::word(state.reason))
        .number("floorCounter", state.floorCounter)
        .number("floorKeyIndex", state.floorKeyIndex)
        .number("crashStarts", state.crashStarts())
        .number("powerOffStarts", state.powerOffStarts())
        .text("setIdA", hexText(state.setIds[0]))
        .text("setIdB", hexText(state.setIds[1]));
}

void addSectorDone(JsonLine& line, const JournalWord& word)
{
    const auto done = contract::decode<contract::SectorDonePayload>(word.payload);
    line.text("kind", "sector-done")
        .text("slot", slotName(word.set))
        .text("core", done.core == 0 ? "m7" : "m4")
        .number("sector", done.sectorOfSlot);
}

void addTrial(JsonLine& line, const JournalWord& word)
{
    const auto trial = contract::decode<contract::TrialPayload>(word.payload);
    line.text("kind", "trial")
        .text("slot", slotName(word.set))
        .number("startNumber", trial.startNumber)
        .text("lastReset", updater::word(trial.lastReset));
}

void addConfirm(JsonLine& line, const JournalWord& word)
{
    const auto confirm = contract::decode<contract::ConfirmPayload>(word.payload);
    line.text("kind", "confirm")
        .text("slot", slotName(word.set))
        .text("setId", hexText(confirm.setId));
}

void addWord(JsonLine& line, const JournalWord& word)
{
    switch (word.type) {
    case JournalType::State: addState(line, word); break;
    case JournalType::DownloadBegin:
        line.text("kind", "download-begin").text("slot", slotName(word.set));
        break;
    case JournalType::SectorDone: addSectorDone(line, word); break;
    case JournalType::Trial: addTrial(line, word); break;
    case JournalType::Confirm: addConfirm(line, word); break;
    }
    line.number("sequence", word.sequence);
}

} // namespace

std::string journalJson(contract::ByteView sector)
{
    constexpr std::size_t wordBytes = contract::flashWordBytes;
    std::string lines;
    for (std::size_t at = 0; at + wordBytes <= sector.size(); at += wordBytes) {
        const auto bytes = sector.subspan(at).first<wordBytes>();
        if (isBlank(bytes)) continue;
        JsonLine line("journal");
        line.number("word", at / wordBytes);
        if (const auto word = contract::decodeJournalWord(bytes)) {
            addWord(line, *word);
        } else {
            line.text("kind", "void");
        }
        lines += line.text("raw", hexText(bytes)).str() + '\n';
    }
    return lines;
}

} // namespace updater
