#include "client_fixture.h"

#include "bootloader/control_request.h"
#include "contract/dfu.h"
#include "contract/hand_off.h"
#include "contract/vendor_requests.h"

#include <catch2/catch.hpp>

using namespace client_test;
namespace dfu = contract::dfu;

static_assert(H755_CONTROL_BYTES == contract::RuntimeStatus::encodedBytes);

namespace {

constexpr std::uint8_t classIn = 0xA1;
constexpr std::uint8_t classOut = 0x21;

struct Answer {
    h755_reply reply = H755_NOT_OURS;
    std::vector<std::uint8_t> data;
};

Answer send(ClientFixture& device, const boot::SetupPacket& packet)
{
    std::array<std::uint8_t, H755_CONTROL_BYTES> out{};
    std::size_t bytes = 0;
    const auto setup = contract::encode(packet);
    const h755_reply reply = h755_client_control(&device.client, setup.data(), out.data(), &bytes);
    return {reply, {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(bytes)}};
}

boot::SetupPacket dfuRequest(std::uint8_t type, dfu::Request request, std::uint16_t length)
{
    return {type, static_cast<std::uint8_t>(request), 0, 0, length};
}

boot::SetupPacket getStatus(std::uint16_t length)
{
    return {contract::vendor::interfaceIn,
            static_cast<std::uint8_t>(contract::vendor::Request::GetStatus), 0, 0, length};
}

contract::RuntimeStatus statusOf(ClientFixture& device)
{
    const Answer answer = send(device, getStatus(contract::RuntimeStatus::encodedBytes));
    REQUIRE(answer.reply == H755_SEND);
    REQUIRE(answer.data.size() == contract::RuntimeStatus::encodedBytes);
    return contract::decode<contract::RuntimeStatus>(
        std::span<const std::uint8_t, contract::RuntimeStatus::encodedBytes>{answer.data});
}

} // namespace

TEST_CASE("the run-time descriptor is DFU 1.1's with the product's values", "[boot-client][usb]")
{
    constexpr std::uint8_t bytes[] = {H755_RUNTIME_DESCRIPTOR(3, 7)};
    const contract::ByteArray<18> expected{9,
                                           4,
                                           3,
                                           0,
                                           0,
                                           dfu::interfaceClass,
                                           dfu::interfaceSubClass,
                                           dfu::runtimeProtocol,
                                           7, //
                                           9,
                                           dfu::functionalDescriptorType,
                                           dfu::ourAttributes,
                                           dfu::detachTimeoutMs & 0xFF,
                                           dfu::detachTimeoutMs >> 8,
                                           dfu::transferBytes & 0xFF,
                                           dfu::transferBytes >> 8,
                                           dfu::bcdDfuVersion & 0xFF,
                                           dfu::bcdDfuVersion >> 8};
    REQUIRE(sizeof bytes == H755_RUNTIME_DESCRIPTOR_BYTES);
    CHECK(std::equal(expected.begin(), expected.end(), bytes));
}

TEST_CASE("the run-time status tells what runs, and changes with the confirm", "[boot-client][usb]")
{
    ClientFixture device;
    device.putImage(contract::Core::M7, contract::Slot::A, m7Version);
    device.putImage(contract::Core::M4, contract::Slot::A, m4Version);
    contract::RuntimeStatus expected;
    expected.slot = 0;
    expected.state = contract::SlotState::Trial;
    expected.productId = productId;
    expected.setId = setId;
    expected.releaseVersion = releaseVersion;
    expected.coreVersions = {m7Version, m4Version};
    CHECK((statusOf(device) == expected));

    REQUIRE(h755_client_confirm(&device.client));
    expected.state = contract::SlotState::Confirmed;
    CHECK((statusOf(device) == expected));
}

TEST_CASE("without a hand-off record the run-time status names no set", "[boot-client][usb]")
{
    ClientFixture device;
    device.board.setBackup(H755_BACKUP_HAND_OFF_MAGIC, 0);
    contract::RuntimeStatus expected;
    expected.productId = productId;
    CHECK((statusOf(device) == expected));
}

TEST_CASE("the application is in appIDLE without an error", "[boot-client][usb]")
{
    ClientFixture device;
    CHECK(send(device, dfuRequest(classIn, dfu::Request::GetState, 1)).data ==
          std::vector<std::uint8_t>{static_cast<std::uint8_t>(dfu::State::AppIdle)});
    CHECK(send(device, dfuRequest(classIn, dfu::Request::GetStatus, 6)).data ==
          std::vector<std::uint8_t>(6, 0));
}

TEST_CASE("no reply is longer than the host asked for", "[boot-client][usb]")
{
    ClientFixture device;
    CHECK(send(device, getStatus(4)).data.size() == 4);
    CHECK(send(device, getStatus(0)).data.empty());
    CHECK(send(device, getStatus(0xFFFF)).data.size() == contract::RuntimeStatus::encodedBytes);
}

TEST_CASE("DETACH restarts into update mode after its status stage", "[boot-client][usb]")
{
    ClientFixture device;
    REQUIRE(send(device, dfuRequest(classOut, dfu::Request::Detach, 0)).reply == H755_ACKNOWLEDGE);
    CHECK(device.resets == 0);
    h755_client_control_completed(&device.client);
    CHECK(device.resets == 1);
    CHECK(device.backup(H755_BACKUP_REQUEST) == H755_BOOT_REQUEST_UPDATE);
}

TEST_CASE("a DETACH whose status stage never came is forgotten", "[boot-client][usb]")
{
    ClientFixture device;
    send(device, dfuRequest(classOut, dfu::Request::Detach, 0));
    send(device, dfuRequest(classIn, dfu::Request::GetState, 1));
    h755_client_control_completed(&device.client);
    CHECK(device.resets == 0);
}

TEST_CASE("what is not for the DFU interface is left to the application", "[boot-client][usb]")
{
    ClientFixture device;
    device.client.usb_interface = 2;
    const auto packet = GENERATE(boot::SetupPacket{0x80, 6, 0x0100, 0, 18},  // GET_DESCRIPTOR
                                 boot::SetupPacket{0x81, 10, 0, 2, 1},       // GET_INTERFACE
                                 boot::SetupPacket{0xC0, 1, 0, 2, 48},       // device recipient
                                 boot::SetupPacket{0xA2, 3, 0, 2, 6},        // endpoint recipient
                                 boot::SetupPacket{classIn, 3, 0, 0, 6},     // other interface
                                 boot::SetupPacket{classIn, 3, 0, 0x102, 6}, // and another
                                 boot::SetupPacket{0xC1, 1, 0, 1, 48});
    CHECK(send(device, packet).reply == H755_NOT_OURS);
}

TEST_CASE("every other request to the DFU interface stalls", "[boot-client][usb]")
{
    ClientFixture device;
    const auto packet = GENERATE(boot::SetupPacket{classOut, 1, 0, 0, 64}, // DNLOAD
                                 boot::SetupPacket{classIn, 2, 0, 0, 64},  // UPLOAD
                                 boot::SetupPacket{classOut, 4, 0, 0, 0},  // CLRSTATUS
                                 boot::SetupPacket{classOut, 6, 0, 0, 0},  // ABORT
                                 boot::SetupPacket{classOut, 0, 0, 0, 8},  // DETACH with data
                                 boot::SetupPacket{classIn, 0, 0, 0, 0},  // DETACH, wrong direction
                                 boot::SetupPacket{classOut, 3, 0, 0, 6}, // GETSTATUS likewise
                                 boot::SetupPacket{classIn, 7, 0, 0, 6},  // unknown
                                 boot::SetupPacket{0xC1, 2, 0, 0, 48},    // vendor, unknown
                                 boot::SetupPacket{0x41, 1, 0, 0, 0});    // vendor, out
    CHECK(send(device, packet).reply == H755_STALL);
    h755_client_control_completed(&device.client);
    CHECK(device.resets == 0);
}
