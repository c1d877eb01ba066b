#include "core/report/journal_json.h"

#include "core/bundle/text_forms.h"
#include "core/report/journal_entries.h"
#include "core/report/json_line.h"

namespace updater {
namespace {

void add(JsonLine& line, const JournalField& field)
{
    if (const auto* number = std::get_if<std::uint64_t>(&field.value)) {
        line.number(field.key, *number);
    } else {
        line.text(field.key, std::get<std::string>(field.value));
    }
}

} // namespace

std::string journalJson(contract::ByteView sector)
{
    std::string lines;
    for (const JournalEntry& entry : journalEntries(sector)) {
        JsonLine line("journal");
        line.number("word", entry.word).text("kind", entry.kind);
        for (const JournalField& field : entry.fields)
            add(line, field);
        lines += line.text("raw", hexText(entry.raw)).str() + '\n';
    }
    return lines;
}

} // namespace updater
