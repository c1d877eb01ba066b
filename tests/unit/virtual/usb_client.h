// A libusb program's view of the devices that virtual-h755 shows, and a hand on their cables.
#pragma once

#include <libusb.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace usb_client {

/// Sends a line to the control socket of the surrounding virtual-h755; returns the answer.
std::string command(const std::string& line);

/// Value of `key` in the status line of a device (from 1).
std::string status(unsigned device, const std::string& key);

struct Context {
    libusb_context* context = nullptr;

    Context();
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    /// Serial numbers of our devices on the bus, sorted.
    std::vector<std::string> serials();

    /// Handles events until the condition holds; false after `limitMs`.
    bool waitUntil(const std::function<bool()>& condition, int limitMs = 5000);
};

using Handle = std::unique_ptr<libusb_device_handle, decltype(&libusb_close)>;

/// The device with this serial number; null if there is none.
Handle open(Context& context, const std::string& serial);

/// GET_DESCRIPTOR(DEVICE): bytes read, or libusb's error.
int readDeviceDescriptor(libusb_device_handle* handle, std::array<std::uint8_t, 18>& out);

} // namespace usb_client
