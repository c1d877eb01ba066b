// What the device inspector's table says, over what real virtual devices tell.
#include "core/dfu/dfu_client.h"
#include "gui/bus_watch.h"
#include "gui/inspector_table.h"
#include "support/update_bench.h"

#include "contract/journal_word.h"

#include <catch2/catch.hpp>

using namespace gui;
using namespace test_support;

namespace {

BusSnapshot look(UpdateBench& bench)
{
    BusWatch watch(bench.transport);
    const auto snapshot = watch.look();
    REQUIRE(snapshot);
    return *snapshot;
}

void enterUpdateMode(UpdateBench& bench)
{
    auto device = updater::FollowedDevice::choose(bench.transport, {});
    REQUIRE(device);
    REQUIRE(device->observe());
    REQUIRE(updater::DfuClient(*device->connection(), bench.transport.clock()).detach());
    device->waitForRestart({});
    REQUIRE(device->waitUntilPresent(10'000, {}).value_or(false));
}

/// "-" if there is no such row.
std::string value(const InspectorRows& rows, const char* part, const char* name)
{
    const auto row = std::ranges::find_if(rows, [=](const InspectorRow& candidate) {
        return candidate.part == QLatin1String(part) && candidate.name == QLatin1String(name);
    });
    return row == rows.end() ? "-" : row->value.toStdString();
}

} // namespace

TEST_CASE("of an application there are the connection and what runs", "[inspector]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const InspectorRows rows = rowsOf(look(bench));
    CHECK(value(rows, "Connection", "Mode") == "application");
    CHECK(value(rows, "Connection", "Serial number") == "015507000000000000000000");
    CHECK(value(rows, "Connection", "USB port") == "1-1");
    CHECK(value(rows, "Application", "Release") == "1.0.0");
    CHECK(value(rows, "Application", "State") == "confirmed");
    CHECK(value(rows, "Application", "Set id").size() == 32);
    CHECK(value(rows, "Slot A", "State") == "-");
    CHECK(value(rows, "Journal", "Health") == "-");
}

TEST_CASE("of a bootloader there is everything", "[inspector]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    enterUpdateMode(bench);
    const BusSnapshot bus = look(bench);
    const auto& status = std::get<contract::DeviceStatus>(bus.chosen);
    const InspectorRows rows = rowsOf(bus);
    CHECK(value(rows, "Connection", "Mode") == "bootloader");
    CHECK(value(rows, "Start", "Why in update mode") == "requested");
    const bool isInA = status.activeSlot == 0;
    const char* full = isInA ? "Slot A" : "Slot B";
    const char* empty = isInA ? "Slot B" : "Slot A";
    CHECK(value(rows, "Start", "Active slot") == (isInA ? "A" : "B"));
    CHECK(value(rows, full, "State") == "confirmed");
    CHECK(value(rows, full, "Release") == "1.0.0");
    CHECK(value(rows, full, "M7 version") != "-");
    CHECK(value(rows, full, "Verified since power-on") == "yes");
    CHECK(value(rows, full, "Flags") == "confirms-itself (0x0001)");
    CHECK(value(rows, empty, "State") == "empty");
    CHECK(value(rows, empty, "Release") == "-"); // it would mean nothing
    CHECK(value(rows, "Journal", "Health") == "good");
    CHECK(value(rows, "Journal", "Words used") ==
          std::to_string(status.journalWordsUsed) + " / 4096");
    CHECK(value(rows, "Option bytes", "Write protection, bank 1") == "sectors 0 (0xfe)");
    CHECK(value(rows, "Option bytes", "Read protection (RDP)") == "level 0 (0xaa)");
    CHECK(value(rows, "Last fault", "Consecutive faults") == "0");
    CHECK(value(rows, "Last fault", "Address") == "-");
    CHECK(value(rows, "Updates", "Unfinished download into slot") == "none");
    CHECK(value(rows, "Updates", "Unfinished download") == "-");
}

TEST_CASE("a fault, a bad image and an unfinished download are told", "[inspector]")
{
    UpdateBench bench;
    BusSnapshot bus = look(bench);
    auto& status = std::get<contract::DeviceStatus>(bus.chosen);
    status.lastFault = {2, 0x8200, 0x2400'0010, 0x0802'0020};
    status.slotStatus[1].state = contract::SlotState::Invalid;
    status.slotStatus[1].reason = contract::Reason::Rotted;
    status.slotStatus[1].m4Fault = contract::ImageFault::Signature;
    status.downloadSlot = 1;
    status.downloadHash[0] = 0xAB;
    status.streamFault = contract::StreamFault::Counter;
    const InspectorRows rows = rowsOf(bus);
    CHECK(value(rows, "Last fault", "Consecutive faults") == "2");
    CHECK(value(rows, "Last fault", "Fault status (CFSR)") == "PRECISERR, BFARVALID (0x00008200)");
    CHECK(value(rows, "Last fault", "Address") == "0x24000010");
    CHECK(value(rows, "Last fault", "ECC error at") == "0x08020020");
    CHECK(value(rows, "Slot B", "Reason") == "rotted");
    CHECK(value(rows, "Slot B", "M7 fault") == "none");
    CHECK(value(rows, "Slot B", "M4 fault") == "signature");
    CHECK(value(rows, "Updates", "Unfinished download into slot") == "B");
    CHECK(value(rows, "Updates", "Unfinished download") == "ab000000000000000000000000000000");
    CHECK(value(rows, "Updates", "Last refusal") == "counter");
}

TEST_CASE("without a device there are no rows", "[inspector]")
{
    CHECK(rowsOf({}).empty());
    UpdateBench bench;
    BusSnapshot bus = look(bench);
    bus.chosenId.clear(); // as with several
    CHECK(rowsOf(bus).empty());
}

TEST_CASE("each journal word is a row; one that counts for nothing shows its bytes", "[inspector]")
{
    constexpr std::size_t wordBytes = contract::flashWordBytes;
    std::vector<std::uint8_t> sector(4 * wordBytes, 0xFF);
    const auto word =
        contract::encode(contract::JournalWord{contract::JournalType::DownloadBegin, 1, 9, {}});
    std::ranges::copy(word, sector.begin() + wordBytes);
    std::fill_n(sector.begin() + 2 * wordBytes, wordBytes, std::uint8_t{0});
    const InspectorRows rows = journalRows(sector);
    REQUIRE(rows.size() == 2);
    CHECK(value(rows, "Journal", "Word 1") == "download-begin: slot B, sequence 9");
    CHECK(value(rows, "Journal", "Word 2") == "void: " + std::string(64, '0'));
    CHECK(textOf(rows).toStdString() ==
          "Journal\tWord 1\tdownload-begin: slot B, sequence 9\nJournal\tWord 2\tvoid: " +
              std::string(64, '0') + '\n');
}
