// A bus whose one device answers as the input says: honestly, or anything else, at any time.
#pragma once

#include "contract/device_status.h"
#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"
#include "core/usb/usb_transport.h"
#include "fuzz_input.h"

namespace fuzz {

class HostileBus final : public updater::UsbTransport {
public:
    /// The device that it plays honestly, at first: in its bootloader, or running another release.
    HostileBus(Input& input, const contract::StreamHeader& header, bool startsInApplication);

    updater::Result<std::vector<updater::UsbDevice>> devices() override;
    updater::Result<std::unique_ptr<updater::UsbConnection>>
    open(const updater::UsbDevice& device) override;
    void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) override;
    updater::Clock& clock() override { return m_clock; }

    std::uint64_t requests() const { return m_requests; }
    /// True if the last run-time status that was sent names this set, Confirmed.
    bool saidConfirmed(const contract::SetId& setId) const;
    /// True if the last bootloader status that was sent names this set in some slot.
    bool saidHeld(const contract::SetId& setId) const;

private:
    friend class HostileConnection;

    class InstantClock final : public updater::Clock {
    public:
        std::uint64_t nowMs() const override { return m_nowMs; }
        void sleepMs(std::uint32_t ms) override { m_nowMs += ms; }

    private:
        std::uint64_t m_nowMs = 0;
    };

    updater::Result<updater::TransferEnd> answerIn(const updater::SetupFields& setup,
                                                   contract::ByteSpan out, std::uint32_t timeoutMs);
    updater::Result<updater::TransferEnd>
    answerOut(const updater::SetupFields& setup, contract::ByteView bytes, std::uint32_t timeoutMs);
    updater::Result<updater::TransferEnd> fail(std::uint32_t timeoutMs);
    Bytes honestReply(const updater::SetupFields& setup) const;
    contract::DeviceStatus honestStatus() const;
    void obey(const updater::SetupFields& setup, std::size_t bytes);
    void remember(const updater::SetupFields& setup, contract::ByteView reply);
    updater::UsbDevice honestDevice() const;
    void spoil(updater::UsbDevice& device);

    Input& m_input;
    const contract::StreamHeader& m_header;
    InstantClock m_clock;
    bool m_isApplication;
    bool m_isInstalled = false;
    std::uint8_t m_address = 1;
    contract::dfu::State m_state = contract::dfu::State::Idle;
    std::uint64_t m_requests = 0;
    Bytes m_lastRuntime; ///< replies as they were sent
    Bytes m_lastBootloader;
};

} // namespace fuzz
