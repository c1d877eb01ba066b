// Another maker's device on the bus: it can be seen, and nothing of ours has any business with it.
#pragma once

#include "virtual/usb_function.h"

#include <optional>
#include <string_view>

namespace virtual_h755 {

struct UsbIds {
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
};

/// "0483:df11".
std::optional<UsbIds> parseUsbIds(std::string_view text);

class Neighbour final : public UsbFunction {
public:
    explicit Neighbour(UsbIds ids) : m_ids(ids) {}

    /// Answers what the kernel asks of a new device; stalls everything else.
    ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) override;
    void busReset() override {}

private:
    UsbIds m_ids;
};

} // namespace virtual_h755
