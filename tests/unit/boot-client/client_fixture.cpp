#include "client_fixture.h"

#include "contract/hand_off.h"

#include <algorithm>

namespace client_test {

namespace {

ClientFixture& fixtureOf(void* context)
{
    return *static_cast<ClientFixture*>(context);
}

contract::ByteArray<32> encodedConfirm()
{
    const contract::ConfirmPayload payload{setId, {}};
    return contract::encode(
        contract::JournalWord{contract::JournalType::Confirm, 0, 12, contract::encode(payload)});
}

void storeWords(virtual_h755::VirtualBoard& board, unsigned first, contract::ByteView bytes)
{
    contract::Decoder decoder{bytes};
    for (unsigned i = 0; i < bytes.size() / 4; ++i) {
        std::uint32_t value = 0;
        decoder(value);
        board.setBackup(first + i, value);
    }
}

} // namespace

ClientFixture::ClientFixture()
{
    port.context = this;
    port.read_backup = [](void* context, unsigned number) {
        return fixtureOf(context).board.backup(number);
    };
    port.write_backup = [](void* context, unsigned number, std::uint32_t value) {
        fixtureOf(context).board.setBackup(number, value);
    };
    port.read_flash = [](void* context, std::uint32_t address, void* out, std::size_t bytes) {
        return fixtureOf(context).flash.read(address, {static_cast<std::uint8_t*>(out), bytes}) !=
               boot::ReadResult::Bad;
    };
    port.program_flash_word = [](void* context, std::uint32_t address, const std::uint8_t* word) {
        return fixtureOf(context).program(address, word);
    };
    port.feed_watchdog = [](void* context) { ++fixtureOf(context).feeds; };
    port.now_ms = [](void* context) { return fixtureOf(context).board.nowMs(); };
    port.reset = [](void* context) { ++fixtureOf(context).resets; };
    port.flash_base = H755_FLASH_BASE;
    constexpr std::uint32_t offsets[2][2] = H755_SLOT_OFFSETS;
    std::copy_n(&offsets[0][0], 4, &port.slot_offsets[0][0]);

    leaveHandOff(contract::Slot::A, contract::SlotState::Trial);
    leaveTicket();
    startClient();
}

void ClientFixture::leaveHandOff(contract::Slot slot, contract::SlotState state)
{
    const auto slotNumber = static_cast<std::uint32_t>(contract::index(slot));
    board.setBackup(H755_BACKUP_HAND_OFF_MAGIC, H755_HAND_OFF_MAGIC);
    board.setBackup(H755_BACKUP_HAND_OFF_STATE,
                    slotNumber | static_cast<std::uint32_t>(state) << 8 | 0x0005'0000U);
    storeWords(board, H755_BACKUP_HAND_OFF_SET_ID, setId);
    storeWords(board, H755_BACKUP_HAND_OFF_RELEASE, contract::encode(releaseVersion));
    sealRecord(H755_BACKUP_HAND_OFF_MAGIC, H755_BACKUP_HAND_OFF_RELEASE + 1);
}

void ClientFixture::leaveTicket()
{
    storeWords(board, H755_BACKUP_TICKET_WORD, encodedConfirm());
    board.setBackup(H755_BACKUP_TICKET_ADDRESS, ticketAddress);
    sealRecord(H755_BACKUP_TICKET_WORD, H755_BACKUP_TICKET_ADDRESS);
}

void ClientFixture::putImage(contract::Core core, contract::Slot slot,
                             const contract::Version& version)
{
    contract::ImageHeader header;
    header.version = version;
    flash.poke(contract::h755FlashMap.slot(core, slot).address, contract::encode(header));
}

std::vector<std::uint8_t> ClientFixture::wordAtTicket(std::uint32_t index) const
{
    return flash.peek(ticketAddress + index * contract::flashWordBytes, contract::flashWordBytes);
}

std::vector<std::uint8_t> ClientFixture::confirmWord()
{
    const contract::ByteArray<32> word = encodedConfirm();
    return {word.begin(), word.end()};
}

void ClientFixture::sealRecord(unsigned first, unsigned last)
{
    std::vector<std::uint8_t> bytes(4 * (last - first + 1));
    contract::Encoder encoder{bytes};
    for (unsigned number = first; number <= last; ++number)
        encoder(board.backup(number));
    board.setBackup(last + 1, contract::crc32(bytes));
}

bool ClientFixture::program(std::uint32_t address, const std::uint8_t* word)
{
    flash.startProgram(address, std::span<const std::uint8_t, contract::flashWordBytes>{
                                    word, contract::flashWordBytes});
    return boot::waitFor(board, 0) == boot::FlashResult::Done;
}

} // namespace client_test
