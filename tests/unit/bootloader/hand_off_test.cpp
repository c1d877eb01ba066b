#include "bootloader/hand_off.h"

#include "support/tiny_map.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>

using namespace contract;

namespace {

struct RegisterBoard {
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{test_support::tinyMap, clock};
    virtual_h755::VirtualBoard board{flash, clock};
};

/// As boot-client checks it: CRC-32 over the registers' little-endian bytes.
std::uint32_t crcOver(const boot::Board& board, unsigned first, unsigned last)
{
    std::array<std::uint8_t, 4 * H755_BACKUP_REGISTERS> bytes{};
    Encoder encoder{bytes};
    for (unsigned number = first; number <= last; ++number)
        encoder(board.backup(number));
    return crc32(ByteView{bytes}.first(encoder.offset()));
}

} // namespace

TEST_CASE("the hand-off record fills its registers as contract/hand_off.h says", "[hand_off]")
{
    RegisterBoard it;
    writeHandOff(it.board,
                 {Slot::B, SlotState::Trial, 0x0107, {1, 2, 3, 4, 5, 6, 7, 8}, {9, 8, 7, 6}});
    CHECK(it.board.backup(1) == H755_HAND_OFF_MAGIC);
    CHECK(it.board.backup(2) == 0x0107'0401);
    CHECK(it.board.backup(3) == 0x0403'0201);
    CHECK(it.board.backup(4) == 0x0807'0605);
    CHECK(it.board.backup(5) == 0);
    CHECK(it.board.backup(7) == 0x0007'0809);
    CHECK(it.board.backup(8) == 6);
    CHECK(it.board.backup(9) == crcOver(it.board, 1, 8));
}

TEST_CASE("the ticket fills its registers as contract/hand_off.h says", "[hand_off]")
{
    RegisterBoard it;
    boot::Journal::Ticket ticket;
    for (std::size_t i = 0; i < ticket.word.size(); ++i)
        ticket.word[i] = static_cast<std::uint8_t>(i);
    ticket.address = 0x0800'7040;
    writeTicket(it.board, ticket);
    CHECK(it.board.backup(10) == 0x0302'0100);
    CHECK(it.board.backup(17) == 0x1F1E'1D1C);
    CHECK(it.board.backup(18) == 0x0800'7040);
    CHECK(it.board.backup(19) == crcOver(it.board, 10, 18));
}

TEST_CASE(
    "clearing leaves neither record nor ticket nor the M4's health valid, and nothing else changed",
    "[hand_off]")
{
    RegisterBoard it;
    it.board.backupRegisters().fill(0x5A5A'5A5A);
    clearHandOff(it.board);
    for (unsigned number = 0; number < H755_BACKUP_REGISTERS; ++number) {
        const bool isCleared = (number >= 1 && number <= 19) || number == 27;
        CHECK(it.board.backup(number) == (isCleared ? 0 : 0x5A5A'5A5A));
    }
    // All zero is not a valid record: the CRC of zeros is not zero.
    CHECK(it.board.backup(9) != crcOver(it.board, 1, 8));
    CHECK(it.board.backup(19) != crcOver(it.board, 10, 18));
}

TEST_CASE("a request is taken once, and only a known one", "[hand_off]")
{
    struct Row {
        std::uint32_t value;
        h755_boot_request request;
    };
    const auto row = GENERATE(values<Row>({{H755_BOOT_REQUEST_UPDATE, H755_BOOT_REQUEST_UPDATE},
                                           {H755_BOOT_REQUEST_ROM, H755_BOOT_REQUEST_ROM},
                                           {0x5550'4453, H755_BOOT_REQUEST_NONE},
                                           {0xFFFF'FFFF, H755_BOOT_REQUEST_NONE}}));
    RegisterBoard it;
    it.board.setBackup(H755_BACKUP_REQUEST, row.value);
    CHECK(takeRequest(it.board) == row.request);
    CHECK(takeRequest(it.board) == H755_BOOT_REQUEST_NONE);
    CHECK(it.board.backup(H755_BACKUP_REQUEST) == 0);
}

TEST_CASE("start counter and fault record come back as written", "[hand_off]")
{
    RegisterBoard it;
    setStartCounter(it.board, {4, 1});
    CHECK(it.board.backup(H755_BACKUP_STARTS) == 0x0104);
    CHECK(startCounter(it.board).unhealthyStarts == 4);
    CHECK(startCounter(it.board).resetTaps == 1);
    const FaultRecord fault{2, 0x8200, 0x0804'0000, 0x1234};
    setFaultRecord(it.board, fault);
    CHECK(faultRecord(it.board) == fault);
    CHECK(it.board.backup(H755_BACKUP_FAULT_COUNT) == 2);
    CHECK(it.board.backup(H755_BACKUP_FAULT_COUNT + 3) == 0x1234);
}
