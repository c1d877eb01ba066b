// The smallest host that can update: DFU 1.1 and the vendor requests, straight onto the virtual
// device. Independent of app/core on purpose, so that these tests judge the device alone.
#pragma once

#include "bundler/set_builder.h"
#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"
#include "virtual/virtual_device.h"

#include <optional>

namespace power_loss {

/// Every request returns whether the device did as asked; also false when it is not there.
class UpdateHost {
public:
    explicit UpdateHost(virtual_h755::VirtualDevice& device) : m_device(device) {}

    /// At run time.
    std::optional<contract::RuntimeStatus> runtimeStatus();
    bool detach();

    /// In update mode.
    std::optional<contract::DeviceStatus> deviceStatus();
    bool selectSet(contract::Slot slot);
    bool reboot();

    /// Announces the set and sends its header, which starts or resumes.
    bool begin(const bundler::SignedSet& set);
    /// The stream's blocks that the device still wants. Nothing if it does not say.
    std::optional<std::vector<std::uint32_t>> missing(const bundler::SignedSet& set);
    /// Sends a block and waits until the device has taken it.
    bool sendBlock(const bundler::SignedSet& set, std::uint32_t block);
    bool sendBlock(std::uint32_t number, contract::ByteView bytes);
    /// The zero-length block behind the last one.
    bool activate(const bundler::SignedSet& set);

    /// Waits up to two seconds for the device on the bus.
    bool waitForDevice();

private:
    bool out(std::uint8_t type, std::uint8_t request, std::uint16_t value, contract::ByteView data);
    std::optional<bundler::Bytes> in(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                                     std::uint16_t length);
    bool vendorOut(contract::vendor::Request request, std::uint16_t value);
    bool waitForEndOfBlock();
    bool clearError();

    virtual_h755::VirtualDevice& m_device;
};

} // namespace power_loss
