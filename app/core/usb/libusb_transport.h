// The real bus, through libusb 1.0. The only user of libusb.
#pragma once

#include "core/usb/usb_transport.h"

struct libusb_context;
struct libusb_device;

namespace updater {

class LibusbTransport final : public UsbTransport {
public:
    /// Fails with InternalError if libusb cannot be initialised.
    static Result<std::unique_ptr<LibusbTransport>> create();
    ~LibusbTransport() override;
    LibusbTransport(const LibusbTransport&) = delete;
    LibusbTransport& operator=(const LibusbTransport&) = delete;

    Result<std::vector<UsbDevice>> devices() override;
    Result<std::unique_ptr<UsbConnection>> open(const UsbDevice& device) override;
    void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) override;
    Clock& clock() override { return m_clock; }
    std::vector<UsbNode> tree() override;
    Result<std::vector<UsbDevice>> romLoaders() override;

private:
    explicit LibusbTransport(std::shared_ptr<libusb_context> context);

    /// A device whose serial number has been read. It cannot change without a new enumeration, and
    /// reading it again would disturb another program's session with that device.
    struct Known {
        std::shared_ptr<libusb_device> reference;
        UsbDevice device;
    };

    std::optional<UsbDevice> describe(libusb_device* device) const;

    std::shared_ptr<libusb_context> m_context; ///< shared with open connections
    std::vector<Known> m_known;                ///< released before the context
    SteadyClock m_clock;
    int m_hotplugHandle = 0;
    bool m_hasHotplug = false;
    bool m_hasChanged = false; ///< set by the hot-plug callback, since the last wait
};

} // namespace updater
