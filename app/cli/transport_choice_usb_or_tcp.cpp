#include "cli/transport_choice.h"
#include "core/usb/libusb_transport.h"
#include "core/usb/redirected_transport.h"

#include <algorithm>

namespace cli {
namespace {

/// The value of `--device tcp:ADDRESS`, which is taken out; empty if there is none.
std::string takeAddress(std::vector<std::string>& arguments)
{
    constexpr std::string_view prefix = "tcp:";
    const auto option = std::ranges::find(arguments, "--device");
    if (option == arguments.end() || std::next(option) == arguments.end()) return {};
    const std::string device = *std::next(option);
    if (!device.starts_with(prefix)) return {};
    arguments.erase(option, std::next(option, 2));
    return device.substr(prefix.size());
}

template <typename Transport>
Result<std::unique_ptr<updater::UsbTransport>>
asTransport(Result<std::unique_ptr<Transport>> transport)
{
    if (!transport) return tl::unexpected(std::move(transport).error());
    return std::unique_ptr<updater::UsbTransport>(*std::move(transport));
}

} // namespace

OpenTransport chooseTransport(std::vector<std::string>& arguments)
{
    const std::string address = takeAddress(arguments);
    return [address] {
        return address.empty() ? asTransport(updater::LibusbTransport::create())
                               : asTransport(updater::RedirectedTransport::create(address));
    };
}

} // namespace cli
