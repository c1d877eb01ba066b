// The bootloader's journal in words: the same ones in reports and on the screen.
#pragma once

#include "contract/layout.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace updater {

struct JournalField {
    std::string_view key;
    std::variant<std::string, std::uint64_t> value;
};

struct JournalEntry {
    std::size_t word = 0;  ///< its place in the sector
    std::string_view kind; ///< "state", ...; "void" for a word that counts for nothing
    std::vector<JournalField> fields;
    contract::ByteView raw; ///< its 32 bytes, in the sector
};

/// Every word that is not blank. `sector` is a multiple of 32 bytes long and outlives the result.
std::vector<JournalEntry> journalEntries(contract::ByteView sector);

/// "trial: slot B, startNumber 1, lastReset software, sequence 7".
std::string journalText(const JournalEntry& entry);

} // namespace updater
