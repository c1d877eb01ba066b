#include "client_fixture.h"

#include "contract/hand_off.h"
#include "contract/image_format.h"

#include <catch2/catch.hpp>

using namespace client_test;
using contract::Core;
using contract::Slot;
using contract::SlotState;

static_assert(H755_SET_TRIAL == static_cast<int>(SlotState::Trial));
static_assert(H755_SET_CONFIRMED == static_cast<int>(SlotState::Confirmed));
static_assert(H755_FLASH_BASE == contract::h755FlashMap.baseAddress);

namespace {

bool operator==(const h755_version& left, const contract::Version& right)
{
    return contract::Version{left.major, left.minor, left.revision, left.build} == right;
}

SlotState stateOf(const ClientFixture& device)
{
    h755_hand_off handOff{};
    REQUIRE(h755_client_hand_off(&device.client, &handOff));
    return static_cast<SlotState>(handOff.state);
}

} // namespace

TEST_CASE("the client's slot offsets are those of the flash map", "[boot-client]")
{
    constexpr std::uint32_t offsets[2][2] = H755_SLOT_OFFSETS;
    for (const Core core : contract::cores) {
        for (const Slot slot : contract::slots) {
            CHECK(H755_FLASH_BASE + offsets[contract::index(core)][contract::index(slot)] ==
                  contract::h755FlashMap.slot(core, slot).address);
        }
    }
}

TEST_CASE("the hand-off tells slot, state, flags, set id and versions", "[boot-client]")
{
    ClientFixture device;
    const Slot slot = GENERATE(Slot::A, Slot::B);
    device.leaveHandOff(slot, SlotState::Trial);
    device.putImage(Core::M7, slot, m7Version);
    device.putImage(Core::M4, slot, m4Version);

    h755_hand_off handOff{};
    REQUIRE(h755_client_hand_off(&device.client, &handOff));
    CHECK(handOff.slot == contract::index(slot));
    CHECK(handOff.state == H755_SET_TRIAL);
    CHECK(handOff.flags == 5);
    CHECK(std::equal(setId.begin(), setId.end(), handOff.set_id));
    CHECK((handOff.release_version == releaseVersion));
    CHECK((handOff.core_versions[H755_CORE_M7] == m7Version));
    CHECK((handOff.core_versions[H755_CORE_M4] == m4Version));
}

TEST_CASE("a hand-off record with one changed register is none", "[boot-client]")
{
    ClientFixture device;
    const auto number = GENERATE(range(static_cast<unsigned>(H755_BACKUP_HAND_OFF_MAGIC),
                                       static_cast<unsigned>(H755_BACKUP_HAND_OFF_CRC) + 1));
    device.board.setBackup(number, device.backup(number) ^ 0x100);
    h755_hand_off handOff{};
    CHECK_FALSE(h755_client_hand_off(&device.client, &handOff));
}

TEST_CASE("a hand-off record for a slot that does not exist is none", "[boot-client]")
{
    ClientFixture device;
    device.leaveHandOff(static_cast<Slot>(2), SlotState::Trial);
    h755_hand_off handOff{};
    CHECK_FALSE(h755_client_hand_off(&device.client, &handOff));
}

TEST_CASE("the version of an image that cannot be read is 0.0.0", "[boot-client]")
{
    ClientFixture device;
    device.putImage(Core::M7, Slot::A, m7Version);
    device.flash.damage(contract::h755FlashMap.slot(Core::M7, Slot::A).address,
                        virtual_h755::Cell::Bad);
    h755_hand_off handOff{};
    REQUIRE(h755_client_hand_off(&device.client, &handOff));
    CHECK((handOff.core_versions[H755_CORE_M7] == contract::Version{}));
    CHECK((handOff.core_versions[H755_CORE_M4] == contract::Version{})); // blank: no magic
}

TEST_CASE("confirm programs the ticket and the trial is confirmed", "[boot-client]")
{
    ClientFixture device;
    REQUIRE(h755_client_confirm(&device.client));
    CHECK(device.wordAtTicket() == ClientFixture::confirmWord());
    CHECK(device.programs() == 1);
    CHECK(stateOf(device) == SlotState::Confirmed);
}

TEST_CASE("confirm passes by a word that cannot take the ticket", "[boot-client]")
{
    using virtual_h755::Cell;
    ClientFixture device;
    SECTION("an ECC error")
    {
        device.flash.damage(ticketAddress, Cell::Bad);
    }
    SECTION("something else written")
    {
        device.flash.poke(ticketAddress, std::vector<std::uint8_t>(32, 0xA5));
    }
    SECTION("a worn cell")
    {
        device.flash.failIn({ticketAddress, 32}, 1);
    }
    SECTION("looks blank, but is marginal")
    {
        device.flash.damage(ticketAddress, Cell::WeakBlank);
        device.flash.setSeed(GENERATE(range(1U, 20U)));
        REQUIRE(h755_client_confirm(&device.client));
        bool isReadable = false;
        for (std::uint32_t i = 0; i < H755_TICKET_TRIES; ++i) {
            isReadable |= device.wordAtTicket(i) == ClientFixture::confirmWord() &&
                          device.flash.cellAt(ticketAddress + i * 32) != Cell::Bad;
        }
        CHECK(isReadable); // what it read back counts, wherever that was
        return;
    }
    REQUIRE(h755_client_confirm(&device.client));
    CHECK(device.wordAtTicket(1) == ClientFixture::confirmWord());
}

TEST_CASE("confirm gives up after four words", "[boot-client]")
{
    ClientFixture device;
    for (std::uint32_t i = 0; i < H755_TICKET_TRIES; ++i)
        device.flash.damage(ticketAddress + 32 * i, virtual_h755::Cell::Bad);
    CHECK_FALSE(h755_client_confirm(&device.client));
    CHECK(device.programs() == 0);
    CHECK(stateOf(device) == SlotState::Trial);
}

TEST_CASE("confirm of a confirmed set is true and writes nothing", "[boot-client]")
{
    ClientFixture device;
    device.leaveHandOff(Slot::A, SlotState::Confirmed);
    CHECK(h755_client_confirm(&device.client));
    CHECK(device.programs() == 0);
}

TEST_CASE("confirming again after a restart of the client writes no second word", "[boot-client]")
{
    ClientFixture device;
    REQUIRE(h755_client_confirm(&device.client));
    device.startClient();
    CHECK(h755_client_confirm(&device.client));
    CHECK(device.programs() == 1);
}

TEST_CASE("a damaged ticket is not redeemed", "[boot-client]")
{
    ClientFixture device;
    const auto number = GENERATE(range(static_cast<unsigned>(H755_BACKUP_TICKET_WORD),
                                       static_cast<unsigned>(H755_BACKUP_TICKET_CRC) + 1));
    device.board.setBackup(number, device.backup(number) ^ 1);
    CHECK_FALSE(h755_client_confirm(&device.client));
    CHECK(device.programs() == 0);
}

TEST_CASE("without a hand-off record nothing is confirmed", "[boot-client]")
{
    ClientFixture device;
    device.board.setBackup(H755_BACKUP_HAND_OFF_CRC, 0);
    CHECK_FALSE(h755_client_confirm(&device.client));
    CHECK(device.programs() == 0);
}

TEST_CASE("poll feeds a trial until its deadline, and never again", "[boot-client]")
{
    ClientFixture device;
    device.passMs(confirmDeadlineMs - 1);
    h755_client_poll(&device.client);
    CHECK(device.feeds == 1);
    device.passMs(1);
    h755_client_poll(&device.client);
    CHECK(device.feeds == 1);
    device.passMs((std::uint64_t{1} << 32) - confirmDeadlineMs); // the tick reads as at the start
    h755_client_poll(&device.client);
    CHECK(device.feeds == 1);
}

TEST_CASE("poll feeds for ever once confirmed", "[boot-client]")
{
    ClientFixture device;
    SECTION("by this client")
    {
        REQUIRE(h755_client_confirm(&device.client));
    }
    SECTION("earlier")
    {
        device.leaveHandOff(Slot::A, SlotState::Confirmed);
    }
    SECTION("or started without a bootloader")
    {
        device.board.setBackup(H755_BACKUP_HAND_OFF_MAGIC, 0);
    }
    device.passMs(10 * confirmDeadlineMs);
    h755_client_poll(&device.client);
    CHECK(device.feeds == 1);
}

TEST_CASE("a confirm that comes late, but before the watchdog, still counts", "[boot-client]")
{
    ClientFixture device;
    device.passMs(confirmDeadlineMs);
    h755_client_poll(&device.client);
    REQUIRE(h755_client_confirm(&device.client));
    h755_client_poll(&device.client);
    CHECK(device.feeds == 1);
}

TEST_CASE("healthy clears the start and tap counters", "[boot-client]")
{
    ClientFixture device;
    device.board.setBackup(H755_BACKUP_STARTS, 0x0104);
    h755_client_healthy(&device.client);
    CHECK(device.backup(H755_BACKUP_STARTS) == 0);
}

TEST_CASE("entering update mode leaves the request and resets", "[boot-client]")
{
    ClientFixture device;
    h755_client_enter_update_mode(&device.client);
    CHECK(device.backup(H755_BACKUP_REQUEST) == H755_BOOT_REQUEST_UPDATE);
    CHECK(device.resets == 1);
}

TEST_CASE("the M4 is healthy when the running slot's M4 says so", "[boot-client]")
{
    ClientFixture device;
    const Slot slot = GENERATE(Slot::A, Slot::B);
    device.leaveHandOff(slot, SlotState::Trial);
    CHECK_FALSE(h755_client_is_m4_healthy(&device.client));

    const auto report = [&device](Slot reporting) {
        const std::uint32_t image = contract::h755FlashMap.slot(Core::M4, reporting).address;
        device.board.setBackup(H755_BACKUP_M4_HEALTH,
                               H755_M4_HEALTH_MAGIC ^ (image + contract::imageHeaderBytes));
    };
    report(slot == Slot::A ? Slot::B : Slot::A);
    CHECK_FALSE(h755_client_is_m4_healthy(&device.client));
    report(slot);
    CHECK(h755_client_is_m4_healthy(&device.client));
    device.board.setBackup(H755_BACKUP_HAND_OFF_CRC, 1);
    CHECK_FALSE(h755_client_is_m4_healthy(&device.client));
}
