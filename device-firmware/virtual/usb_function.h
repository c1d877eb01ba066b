// The device's end of a USB cable.
#pragma once

#include "virtual/device.h"

namespace virtual_h755 {

/// What a bus needs of a device.
class UsbFunction {
public:
    virtual ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) = 0;
    virtual void busReset() = 0;

protected:
    ~UsbFunction() = default;
};

} // namespace virtual_h755
