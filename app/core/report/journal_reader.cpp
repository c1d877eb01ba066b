#include "core/report/journal_reader.h"

#include <algorithm>

namespace updater {
namespace {

constexpr std::uint16_t maximumPages =
    contract::h755FlashMap.journal.bytes / contract::vendor::journalPageBytes;

} // namespace

Result<> readJournal(UsbConnection& connection, Bytes& sector)
{
    VendorClient client(connection);
    for (std::uint16_t page = 0; page < maximumPages; ++page) {
        const Result<JournalPage> read = client.journalPage(page);
        // Behind the sector's end, or while the flash is busy.
        if (!read && read.error().code == ErrorCode::NotAllowed) return {};
        if (!read) return tl::unexpected(read.error());
        if (std::ranges::all_of(*read, [](std::uint8_t byte) { return byte == 0xFF; })) break;
        sector.insert(sector.end(), read->begin(), read->end());
    }
    return {};
}

} // namespace updater
