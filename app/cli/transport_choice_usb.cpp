#include "cli/transport_choice.h"
#include "core/usb/libusb_transport.h"

namespace cli {

OpenTransport chooseTransport(std::vector<std::string>& /*arguments*/)
{
    return []() -> Result<std::unique_ptr<updater::UsbTransport>> {
        TRY_ASSIGN(std::unique_ptr<updater::LibusbTransport> transport,
                   updater::LibusbTransport::create());
        return transport;
    };
}

} // namespace cli
