// The smallest host that can update: DFU 1.1 and the vendor requests, straight onto the virtual
// device. Independent of app/core on purpose, so that these tests judge the device alone.
#pragma once

#include "bundler/set_builder.h"
#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"
#include "virtual/virtual_device.h"

#include <optional>

namespace power_loss {

class UpdateHost {
public:
    UpdateHost(virtual_h755::VirtualDevice& device, const bundler::SignedSet& set)
        : m_device(device), m_set(set)
    {
    }

    /// Brings the device to the set, running and confirmed, over as many re-enumerations as that
    /// takes (at most `maximumConnections`). False if it does not get there or the device is off.
    bool bringToSet();

    /// One update mode session: everything that is missing, then the activation.
    bool send();

    std::optional<contract::RuntimeStatus> runtimeStatus();
    std::optional<contract::DeviceStatus> deviceStatus();

private:
    static constexpr int maximumConnections = 6;

    bool out(std::uint8_t type, std::uint8_t request, std::uint16_t value, contract::ByteView data);
    std::optional<bundler::Bytes> in(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                                     std::uint16_t length);
    bool download(std::uint32_t block, contract::ByteView data);
    bool waitForEndOfBlock();
    bool clearError();
    bool waitForDevice();
    bool isDone();

    virtual_h755::VirtualDevice& m_device;
    const bundler::SignedSet& m_set;
};

} // namespace power_loss
