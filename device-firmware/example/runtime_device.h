// The USB side of a running firmware: chapter 9 of USB 2.0 for one configuration with nothing but
// the DFU run-time interface, whose requests boot-client answers. A real firmware adds its own
// interfaces. The virtual device's application is this one as well.
#pragma once

#include "boot-client/boot_client.h"
#include "bootloader/control_request.h"

#include <string_view>

namespace example {

struct UsbIdentity {
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::string_view vendorName; ///< ASCII, up to 126 characters
    std::string_view productName;
    contract::ByteArray<12> uniqueId{}; ///< the serial number, as the bootloader shows it
};

class RuntimeDevice final : public boot::ControlHandler {
public:
    /// `client` has been initialised, outlives this object, and is not moved.
    RuntimeDevice(h755_client& client, const UsbIdentity& identity);

    boot::SetupAnswer setup(const boot::SetupPacket& packet) override;
    [[nodiscard]] bool received() override { return false; }
    void completed() override;
    void busReset() override { m_configuration = 0; }

private:
    boot::SetupAnswer standardRequest(const boot::SetupPacket& packet);
    boot::SetupAnswer descriptor(std::uint16_t value);
    boot::SetupAnswer stringDescriptor(std::uint8_t number);
    boot::SetupAnswer reply(std::uint8_t value);
    std::size_t putText(std::string_view text);
    std::size_t putSerial();
    void putCharacter(std::size_t index, char character);

    h755_client& m_client;
    const UsbIdentity m_identity;
    bool m_isOurs = false; ///< the transfer in progress is boot-client's
    std::uint8_t m_configuration = 0;
    contract::ByteArray<18> m_deviceDescriptor{};
    contract::ByteArray<254> m_reply{}; ///< the longest string descriptor
};

} // namespace example
