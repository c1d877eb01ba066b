// The bus as the core sees it: which of our devices are there, and control transfers to one of
// them. Everything a device says is hostile until checked.
#pragma once

#include "contract/layout.h"
#include "core/result.h"
#include "core/usb/clock.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace updater {

using contract::ByteSpan;
using contract::ByteView;

enum class DeviceMode : std::uint8_t {
    Application,
    Bootloader,
    RomLoader, ///< an STM32 in its ROM's DFU mode: not ours by any id, known by its port only
};

/// One of our devices as it is enumerated now. After a re-enumeration it is another UsbDevice.
struct UsbDevice {
    std::uint8_t bus = 0;
    std::uint8_t address = 0;
    std::string portPath; ///< "1-2.3": bus, then the ports from the root hub on
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::uint16_t bcdDevice = 0;
    DeviceMode mode = DeviceMode::Application;
    std::string serial;           ///< printable ASCII; empty if it could not be read
    std::optional<Error> problem; ///< why the device cannot be opened

    bool isSameEnumeration(const UsbDevice& device) const
    {
        return bus == device.bus && address == device.address && mode == device.mode;
    }
};

/// Anything on the bus, ours or not, hubs included: what can be known without opening it.
struct UsbNode {
    std::string portPath; ///< as in UsbDevice; a bus number alone is its root hub
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::uint8_t deviceClass = 0; ///< 9 is a hub
    std::string_view speed;       ///< "full", "high", ...

    bool operator==(const UsbNode&) const = default;
};

/// The first fields of a SETUP packet (USB 2.0 9.3); wLength follows from the data.
struct SetupFields {
    std::uint8_t requestType = 0;
    std::uint8_t request = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
};

/// How a control transfer ended. A stall is the device's "no": what it means only the caller knows.
struct TransferEnd {
    bool isStalled = false;
    std::size_t bytes = 0; ///< moved in the data stage
};

/// A device that is open, with its DFU interface claimed. Destruction releases it.
class UsbConnection {
public:
    /// usbfs takes no more in one control transfer.
    static constexpr std::size_t maximumBytes = 4096;

    virtual ~UsbConnection() = default;

    /// Fails with ConnectionLost, DeviceSilent or TransferFailed. `out.size()` is wLength.
    virtual Result<TransferEnd> controlIn(const SetupFields& setup, ByteSpan out,
                                          std::uint32_t timeoutMs) = 0;
    virtual Result<TransferEnd> controlOut(const SetupFields& setup, ByteView bytes,
                                           std::uint32_t timeoutMs) = 0;

    /// Number of the DFU interface, wIndex of class requests.
    virtual std::uint16_t interfaceNumber() const = 0;
};

class UsbTransport {
public:
    virtual ~UsbTransport() = default;

    /// Our devices (by the brand's USB ids), each enumeration once.
    virtual Result<std::vector<UsbDevice>> devices() = 0;

    /// Boards in ST's ROM loader (0483:df11). Serial numbers there repeat and name nobody.
    virtual Result<std::vector<UsbDevice>> romLoaders() { return std::vector<UsbDevice>(); }

    /// Fails with PermissionDenied, DriverMissing, DeviceBusy or ConnectionLost.
    virtual Result<std::unique_ptr<UsbConnection>> open(const UsbDevice& device) = 0;

    /// Returns when something may have been plugged or unplugged, after `timeoutMs`, or when
    /// stopped. It may return early: list again and compare.
    virtual void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) = 0;

    virtual Clock& clock() = 0;

    /// Everything on the bus, for reports; empty where the bus cannot tell.
    virtual std::vector<UsbNode> tree() { return {}; }
};

} // namespace updater
