#include "core/dfu/vendor_client.h"

#include "support/scripted_connection.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::DeviceStatus;
using contract::RuntimeStatus;
using test_support::ScriptedConnection;
using test_support::ScriptedReply;

namespace {

ScriptedReply replyOf(std::vector<std::uint8_t> bytes)
{
    return {.bytes = std::move(bytes), .isStalled = false, .error = {}};
}

template <typename Status>
std::vector<std::uint8_t> bytesOf(const Status& status)
{
    const auto bytes = contract::encode(status);
    return {bytes.begin(), bytes.end()};
}

Result<DeviceStatus> readDevice(std::vector<std::uint8_t> bytes)
{
    ScriptedConnection connection({replyOf(std::move(bytes))});
    return VendorClient(connection).deviceStatus();
}

Result<RuntimeStatus> readRuntime(std::vector<std::uint8_t> bytes)
{
    ScriptedConnection connection({replyOf(std::move(bytes))});
    return VendorClient(connection).runtimeStatus();
}

template <typename Change>
ErrorCode refusalOfDevice(Change&& change)
{
    DeviceStatus status;
    change(status);
    const Result<DeviceStatus> read = readDevice(bytesOf(status));
    REQUIRE_FALSE(read);
    return read.error().code;
}

const ScriptedReply stall{.bytes = {}, .isStalled = true, .error = {}};

} // namespace

TEST_CASE("a device status comes back field by field", "[vendor]")
{
    DeviceStatus status;
    status.productId = 755001;
    status.activeSlot = 1;
    status.slotStatus[1].state = contract::SlotState::Confirmed;
    status.slotStatus[1].securityCounter = 3;
    ScriptedConnection connection({replyOf(bytesOf(status))});
    const Result<DeviceStatus> read = VendorClient(connection).deviceStatus();
    REQUIRE(read);
    CHECK(*read == status);
    CHECK(connection.requests()[0].requestType == 0xC0);
    CHECK(connection.requests()[0].request == 0x01);
}

TEST_CASE("a device status of the wrong length is refused", "[vendor][hostile]")
{
    const std::size_t length =
        GENERATE(0U, 1U, 4U, DeviceStatus::encodedBytes - 1, DeviceStatus::encodedBytes + 1, 512U);
    std::vector<std::uint8_t> bytes = bytesOf(DeviceStatus{});
    bytes.resize(length);
    CHECK(readDevice(bytes).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a device status that names another length than its own is refused", "[vendor][hostile]")
{
    CHECK(refusalOfDevice([](DeviceStatus& s) { ++s.structureBytes; }) ==
          ErrorCode::ReplyMalformed);
}

TEST_CASE("a device status of another protocol version is refused", "[vendor]")
{
    CHECK(refusalOfDevice([](DeviceStatus& s) { s.protocol = 2; }) == ErrorCode::ProtocolUnknown);
}

TEST_CASE("a device status with an unknown value is refused", "[vendor][hostile]")
{
    using Change = void (*)(DeviceStatus&);
    const Change change = GENERATE(values<Change>({
        [](DeviceStatus& s) { s.slotStatus[0].state = static_cast<contract::SlotState>(8); },
        [](DeviceStatus& s) { s.slotStatus[1].state = static_cast<contract::SlotState>(255); },
        [](DeviceStatus& s) { s.slotStatus[0].reason = static_cast<contract::Reason>(9); },
        [](DeviceStatus& s) { s.slotStatus[0].m7Fault = static_cast<contract::ImageFault>(23); },
        [](DeviceStatus& s) { s.slotStatus[1].m4Fault = static_cast<contract::ImageFault>(23); },
        [](DeviceStatus& s) { s.slotStatus[0].isVerified = 2; },
        [](DeviceStatus& s) { s.resetCause = static_cast<contract::ResetCause>(6); },
        [](DeviceStatus& s) { s.updateReason = static_cast<contract::UpdateReason>(11); },
        [](DeviceStatus& s) { s.journalHealth = static_cast<contract::JournalHealth>(3); },
        [](DeviceStatus& s) { s.streamFault = static_cast<contract::StreamFault>(12); },
        [](DeviceStatus& s) { s.activeSlot = 2; },
        [](DeviceStatus& s) { s.downloadSlot = 2; },
    }));
    CHECK(refusalOfDevice(change) == ErrorCode::ReplyMalformed);
}

TEST_CASE("a run-time status comes back field by field", "[vendor]")
{
    RuntimeStatus status;
    status.state = contract::SlotState::Trial;
    status.slot = 0;
    status.productId = 755001;
    ScriptedConnection connection({replyOf(bytesOf(status))});
    const Result<RuntimeStatus> read = VendorClient(connection).runtimeStatus();
    REQUIRE(read);
    CHECK(*read == status);
    CHECK(connection.requests()[0].requestType == 0xC1);
    CHECK(connection.requests()[0].index == 3);
}

TEST_CASE("a run-time status of the wrong length is refused", "[vendor][hostile]")
{
    const std::size_t length =
        GENERATE(0U, 1U, 2U, RuntimeStatus::encodedBytes - 1, RuntimeStatus::encodedBytes + 1);
    std::vector<std::uint8_t> bytes = bytesOf(RuntimeStatus{});
    bytes.resize(length);
    CHECK(readRuntime(bytes).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a run-time status with a state that no application has is refused", "[vendor][hostile]")
{
    const unsigned state = GENERATE(1U, 2U, 3U, 6U, 7U, 8U, 255U);
    RuntimeStatus status;
    status.state = static_cast<contract::SlotState>(state);
    CHECK(readRuntime(bytesOf(status)).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("firmware that does not know GET_STATUS is of another generation", "[vendor]")
{
    ScriptedConnection connection({stall});
    CHECK(VendorClient(connection).runtimeStatus().error().code == ErrorCode::ProtocolUnknown);
    CHECK(VendorClient(connection).deviceStatus().error().code == ErrorCode::ProtocolUnknown);
}

TEST_CASE("a stalled vendor request is not allowed in the device's state", "[vendor]")
{
    ScriptedConnection connection({stall});
    VendorClient client(connection);
    CHECK(client.beginUpdate({}).error().code == ErrorCode::NotAllowed);
    CHECK(client.missing().error().code == ErrorCode::NotAllowed);
    CHECK(client.stay().error().code == ErrorCode::NotAllowed);
    CHECK(client.reboot(contract::vendor::RebootTarget::Normal).error().code ==
          ErrorCode::NotAllowed);
    CHECK(client.selectSet(contract::Slot::B).error().code == ErrorCode::NotAllowed);
}

TEST_CASE("the bitmap of missing blocks is read bit by bit", "[vendor]")
{
    ScriptedConnection connection({replyOf({10, 0, 0b1000'0001, 0b10})});
    const Result<MissingBlocks> missing = VendorClient(connection).missing();
    REQUIRE(missing);
    CHECK(missing->totalBlocks() == 10);
    CHECK(missing->wantedBlocks() == 3);
    CHECK(missing->isWanted(0));
    CHECK_FALSE(missing->isWanted(1));
    CHECK(missing->isWanted(7));
    CHECK(missing->isWanted(9));
    CHECK_FALSE(missing->isWanted(10));
}

TEST_CASE("a bitmap whose length contradicts its count is refused", "[vendor][hostile]")
{
    const auto bytes = GENERATE(values<std::vector<std::uint8_t>>(
        {{}, {8}, {8, 0}, {9, 0, 1}, {8, 0, 1, 0}, {1, 2, 0}, {0xFF, 0xFF, 1, 2, 3}}));
    ScriptedConnection connection({replyOf(bytes)});
    CHECK(VendorClient(connection).missing().error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("every stream fault of the device has its own meaning", "[vendor]")
{
    using contract::StreamFault;
    CHECK(errorOf(StreamFault::Product) == ErrorCode::WrongProduct);
    CHECK(errorOf(StreamFault::Hardware) == ErrorCode::WrongHardware);
    CHECK(errorOf(StreamFault::Counter) == ErrorCode::CounterTooLow);
    CHECK(errorOf(StreamFault::Bootloader) == ErrorCode::BootloaderTooOld);
    CHECK(errorOf(StreamFault::Key) == ErrorCode::RefusedSignature);
    CHECK(errorOf(StreamFault::Signature) == ErrorCode::RefusedSignature);
    for (const StreamFault fault :
         {StreamFault::Magic, StreamFault::FormatVersion, StreamFault::Flags, StreamFault::Bounds})
        CHECK(errorOf(fault) == ErrorCode::RefusedStream);
}

TEST_CASE("a journal page of the wrong length is refused", "[vendor][hostile]")
{
    const std::size_t length = GENERATE(0U, 32U, 4095U);
    ScriptedConnection connection({replyOf(std::vector<std::uint8_t>(length))});
    CHECK(VendorClient(connection).journalPage(3).error().code == ErrorCode::ReplyMalformed);
    CHECK(connection.requests()[0].request == 0x07);
    CHECK(connection.requests()[0].value == 3);
}

TEST_CASE("a refused journal page is NotAllowed", "[vendor]")
{
    ScriptedConnection connection({stall});
    CHECK(VendorClient(connection).journalPage(0).error().code == ErrorCode::NotAllowed);
}
