#include "bootloader/hand_off.h"

namespace boot {

using namespace contract;

namespace {

constexpr std::size_t registerBytes = 4;

/// Registers are stored as 32-bit values; records are little-endian bytes.
void store(Board& board, unsigned first, ByteView bytes)
{
    Decoder decoder{bytes};
    for (unsigned i = 0; i < bytes.size() / registerBytes; ++i) {
        std::uint32_t value = 0;
        decoder(value);
        board.setBackup(first + i, value);
    }
}

void load(const Board& board, unsigned first, ByteSpan bytes)
{
    Encoder encoder{bytes};
    for (unsigned i = 0; i < bytes.size() / registerBytes; ++i)
        encoder(board.backup(first + i));
}

/// Writes the CRC over [first, crcRegister) into `crcRegister`.
template <unsigned first, unsigned crcRegister>
void seal(Board& board)
{
    ByteArray<(crcRegister - first) * registerBytes> bytes{};
    load(board, first, bytes);
    board.setBackup(crcRegister, crc32(bytes));
}

void clear(Board& board, unsigned first, unsigned last)
{
    for (unsigned number = first; number <= last; ++number)
        board.setBackup(number, 0);
}

} // namespace

void clearHandOff(Board& board)
{
    clear(board, H755_BACKUP_HAND_OFF_MAGIC, H755_BACKUP_HAND_OFF_CRC);
    clear(board, H755_BACKUP_TICKET_WORD, H755_BACKUP_TICKET_CRC);
    board.setBackup(H755_BACKUP_M4_HEALTH, 0);
}

void writeHandOff(Board& board, const HandOff& record)
{
    board.setBackup(H755_BACKUP_HAND_OFF_MAGIC, H755_HAND_OFF_MAGIC);
    board.setBackup(H755_BACKUP_HAND_OFF_STATE, static_cast<std::uint32_t>(record.slot) |
                                                    static_cast<std::uint32_t>(record.state) << 8 |
                                                    static_cast<std::uint32_t>(record.flags) << 16);
    store(board, H755_BACKUP_HAND_OFF_SET_ID, record.setId);
    store(board, H755_BACKUP_HAND_OFF_RELEASE, encode(record.releaseVersion));
    seal<H755_BACKUP_HAND_OFF_MAGIC, H755_BACKUP_HAND_OFF_CRC>(board);
}

void writeTicket(Board& board, const Journal::Ticket& ticket)
{
    store(board, H755_BACKUP_TICKET_WORD, ticket.word);
    board.setBackup(H755_BACKUP_TICKET_ADDRESS, ticket.address);
    seal<H755_BACKUP_TICKET_WORD, H755_BACKUP_TICKET_CRC>(board);
}

h755_boot_request takeRequest(Board& board)
{
    const std::uint32_t value = board.backup(H755_BACKUP_REQUEST);
    board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_NONE);
    switch (value) {
    case H755_BOOT_REQUEST_UPDATE: return H755_BOOT_REQUEST_UPDATE;
    case H755_BOOT_REQUEST_ROM: return H755_BOOT_REQUEST_ROM;
    default: return H755_BOOT_REQUEST_NONE;
    }
}

StartCounter startCounter(const Board& board)
{
    const std::uint32_t value = board.backup(H755_BACKUP_STARTS);
    return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)};
}

void setStartCounter(Board& board, const StartCounter& counter)
{
    board.setBackup(H755_BACKUP_STARTS,
                    counter.unhealthyStarts | static_cast<std::uint32_t>(counter.resetTaps) << 8);
}

FaultRecord faultRecord(const Board& board)
{
    ByteArray<FaultRecord::encodedBytes> bytes{};
    load(board, H755_BACKUP_FAULT_COUNT, bytes);
    return decode<FaultRecord>(bytes);
}

void setFaultRecord(Board& board, const FaultRecord& record)
{
    store(board, H755_BACKUP_FAULT_COUNT, encode(record));
}

} // namespace boot
