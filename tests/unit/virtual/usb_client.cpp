#include "usb_client.h"

#include "branding/branding.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace usb_client {

namespace {

std::string serialOf(libusb_device_handle* handle, const libusb_device_descriptor& descriptor)
{
    std::array<unsigned char, 64> text{};
    const int bytes = libusb_get_string_descriptor_ascii(
        handle, descriptor.iSerialNumber, text.data(), static_cast<int>(text.size()));
    return {text.begin(), text.begin() + std::max(bytes, 0)};
}

/// Opens each of our devices in turn.
void visit(libusb_context* context, const std::function<void(Handle, const std::string&)>& visitor)
{
    libusb_device** list = nullptr;
    const ssize_t count = libusb_get_device_list(context, &list);
    for (ssize_t i = 0; i < count; ++i) {
        libusb_device_descriptor descriptor{};
        libusb_device_handle* handle = nullptr;
        const bool isOurs = libusb_get_device_descriptor(list[i], &descriptor) == 0 &&
                            descriptor.idVendor == branding::vendorId;
        if (!isOurs || libusb_open(list[i], &handle) != 0) continue;
        visitor(Handle(handle, &libusb_close), serialOf(handle, descriptor));
    }
    libusb_free_device_list(list, 1);
}

} // namespace

std::string command(const std::string& line)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, std::getenv("H755_VIRTUAL_CONTROL"),
                 sizeof address.sun_path - 1);
    const int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    if (connect(connection, generic, sizeof address) != 0) throw std::runtime_error("no socket");
    const std::string text = line + "\n";
    (void)!write(connection, text.data(), text.size());
    shutdown(connection, SHUT_WR);
    std::string answer;
    std::array<char, 4096> chunk{};
    for (ssize_t bytes = 0; (bytes = read(connection, chunk.data(), chunk.size())) > 0;)
        answer.append(chunk.data(), static_cast<std::size_t>(bytes));
    close(connection);
    return answer;
}

std::string status(unsigned device, const std::string& key)
{
    const std::string all = command("status");
    const std::size_t line = all.find("device=" + std::to_string(device) + " ");
    const std::size_t start = all.find(" " + key + "=", line);
    if (line == std::string::npos || start == std::string::npos) return "no such key";
    const std::size_t value = start + key.size() + 2;
    return all.substr(value, all.find_first_of(" \n", value) - value);
}

Context::Context()
{
    if (libusb_init(&context) != 0) throw std::runtime_error("libusb_init");
}

Context::~Context()
{
    libusb_exit(context);
}

std::vector<std::string> Context::serials()
{
    std::vector<std::string> found;
    visit(context, [&](Handle, const std::string& serial) { found.push_back(serial); });
    std::sort(found.begin(), found.end());
    return found;
}

bool Context::waitUntil(const std::function<bool()>& condition, int limitMs)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(limitMs);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        timeval shortly{0, 10'000};
        libusb_handle_events_timeout_completed(context, &shortly, nullptr);
    }
    return true;
}

Handle open(Context& context, const std::string& serial)
{
    Handle result(nullptr, &libusb_close);
    visit(context.context, [&](Handle handle, const std::string& found) {
        if (found == serial) result = std::move(handle);
    });
    return result;
}

int readDeviceDescriptor(libusb_device_handle* handle, std::array<std::uint8_t, 18>& out)
{
    return libusb_control_transfer(handle, 0x80, LIBUSB_REQUEST_GET_DESCRIPTOR, 0x0100, 0,
                                   out.data(), static_cast<std::uint16_t>(out.size()), 1000);
}

} // namespace usb_client
