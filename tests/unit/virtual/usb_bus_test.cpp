// Runs under virtual-h755 --devices 2 --control: everything here goes through the real libusb.
#include "usb_client.h"

#include "branding/branding.h"
#include "contract/dfu.h"

#include <catch2/catch.hpp>

using namespace usb_client;

namespace {

const std::string firstSerial = "31002A000F51383634333738";
const std::string secondSerial = "32002A000F51383634333738";

} // namespace

TEST_CASE("both devices are on the bus under serial numbers of their own", "[virtual][usb]")
{
    Context usb;
    REQUIRE(usb.serials() == std::vector{firstSerial, secondSerial});
}

TEST_CASE("descriptors come from the bootloader's own code", "[virtual][usb]")
{
    Context usb;
    const Handle device = open(usb, firstSerial);
    REQUIRE(device);
    std::array<std::uint8_t, 18> descriptor{};
    REQUIRE(readDeviceDescriptor(device.get(), descriptor) == 18);
    REQUIRE((descriptor[10] | descriptor[11] << 8) == branding::bootloaderProductId);
    libusb_config_descriptor* configuration = nullptr;
    REQUIRE(libusb_get_active_config_descriptor(libusb_get_device(device.get()), &configuration) ==
            0);
    REQUIRE(configuration->interface[0].altsetting[0].bInterfaceClass ==
            contract::dfu::interfaceClass);
    libusb_free_config_descriptor(configuration);
}

TEST_CASE("interface, configuration and reset work as with a kernel", "[virtual][usb]")
{
    Context usb;
    const Handle device = open(usb, firstSerial);
    REQUIRE(libusb_kernel_driver_active(device.get(), 0) == 0);
    REQUIRE(libusb_set_configuration(device.get(), 1) == 0);
    REQUIRE(libusb_claim_interface(device.get(), 0) == 0);
    REQUIRE(libusb_set_interface_alt_setting(device.get(), 0, 0) == 0);
    REQUIRE(libusb_clear_halt(device.get(), 0) == 0);
    REQUIRE(libusb_reset_device(device.get()) == 0);
    REQUIRE(libusb_release_interface(device.get(), 0) == 0);
}

TEST_CASE("a request that the device does not know is a pipe error", "[virtual][usb]")
{
    Context usb;
    const Handle device = open(usb, firstSerial);
    REQUIRE(libusb_control_transfer(device.get(), 0xC0, 0x7F, 0, 0, nullptr, 0, 1000) ==
            LIBUSB_ERROR_PIPE);
}

TEST_CASE("a bulk transfer has no endpoint to go to", "[virtual][usb]")
{
    Context usb;
    const Handle device = open(usb, firstSerial);
    std::array<std::uint8_t, 64> data{};
    int bytes = 0;
    REQUIRE(libusb_bulk_transfer(device.get(), 0x01, data.data(), static_cast<int>(data.size()),
                                 &bytes, 100) != 0);
}

TEST_CASE("pulling and plugging a cable is a hot-plug event each", "[virtual][usb]")
{
    Context usb;
    struct Seen {
        int arrived = 0;
        int left = 0;
    } seen;
    libusb_hotplug_callback_handle callback = 0;
    const auto count = [](libusb_context*, libusb_device*, libusb_hotplug_event event, void* user) {
        auto& counts = *static_cast<Seen*>(user);
        ++(event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED ? counts.arrived : counts.left);
        return 0;
    };
    REQUIRE(libusb_hotplug_register_callback(
                usb.context, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                0, branding::vendorId, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, count,
                &seen, &callback) == 0);
    for (int round = 1; round <= 3; ++round) {
        REQUIRE(command("2 unplug") == "ok\n");
        REQUIRE(usb.waitUntil([&] { return seen.left == round; }));
        REQUIRE(usb.serials() == std::vector{firstSerial});
        REQUIRE(command("2 plug") == "ok\n");
        REQUIRE(usb.waitUntil([&] { return seen.arrived == round; }));
        REQUIRE(usb.serials() == std::vector{firstSerial, secondSerial});
    }
    libusb_hotplug_deregister_callback(usb.context, callback);
}

TEST_CASE("an open handle of a device that has left says so and does not reach its successor",
          "[virtual][usb]")
{
    Context usb;
    const Handle device = open(usb, secondSerial);
    std::array<std::uint8_t, 18> descriptor{};
    REQUIRE(readDeviceDescriptor(device.get(), descriptor) == 18);
    (void)command("2 unplug");
    REQUIRE(readDeviceDescriptor(device.get(), descriptor) == LIBUSB_ERROR_NO_DEVICE);
    (void)command("2 plug");
    REQUIRE(usb.waitUntil([&] { return usb.serials().size() == 2; }));
    REQUIRE(readDeviceDescriptor(device.get(), descriptor) == LIBUSB_ERROR_NO_DEVICE);
}

TEST_CASE("a cut of the power takes the device away until it returns", "[virtual][usb]")
{
    Context usb;
    REQUIRE(command("2 cut bad") == "ok\n");
    REQUIRE(status(2, "mode") == "off");
    REQUIRE(usb.waitUntil([&] { return usb.serials() == std::vector{firstSerial}; }));
    REQUIRE(command("2 power-on") == "ok\n");
    REQUIRE(usb.waitUntil([&] { return usb.serials().size() == 2; }));
    REQUIRE(status(2, "mode") == "bootloader");
}

TEST_CASE("a reset device comes back by itself", "[virtual][usb]")
{
    Context usb;
    const std::string before = status(2, "generation");
    REQUIRE(command("2 reset") == "ok\n");
    REQUIRE(usb.waitUntil([&] { return status(2, "attached") == "yes"; }));
    REQUIRE(status(2, "generation") != before);
}

TEST_CASE("a cable that was pulled can come back by itself", "[virtual][usb]")
{
    const std::string before = status(2, "generation");
    REQUIRE(command("2 replug-after-ms 50") == "ok\n");
    REQUIRE(command("2 unplug") == "ok\n");
    Context usb;
    REQUIRE(usb.waitUntil([&] { return status(2, "plugged") == "yes"; }));
    REQUIRE(status(2, "generation") != before);
}

TEST_CASE("wrong commands are refused", "[virtual][usb]")
{
    const std::string line = GENERATE("", "fly", "3 plug", "0 plug", "cut sideways",
                                      "application sleep", "unplug-at-bytes many", "button");
    REQUIRE(command(line).rfind("error: ", 0) == 0);
}
