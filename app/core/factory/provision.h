// Programs a unit through ST's ROM loader: a blank board's first time, or one that has lost its
// bootloader (stm32h755.md 7.3).
#pragma once

#include "core/factory/factory_bundle.h"
#include "core/update/followed_device.h"

#include <functional>

namespace updater {

struct ProvisionedUnit {
    std::string portPath;
    std::string uniqueId;                   ///< empty where the loader does not tell
    std::optional<std::uint8_t> romVersion; ///< 0x90 for V9.0
};

class Provisioning {
public:
    /// `portPath` names the board ("1-2"); empty: the only one in its ROM loader. Serial numbers of
    /// ROM loaders repeat, so ports alone name boards. NoRomLoader, SeveralDevices,
    /// NamedDeviceMissing, WrongChip, ReadProtected, or why the board cannot be opened.
    static Result<Provisioning> begin(UsbTransport& transport, const std::string& portPath);

    const ProvisionedUnit& unit() const { return m_unit; }

    /// Erases, writes and reads back, sector by sector, the bootloader last. Nothing is read before
    /// it has been erased: a word torn by a power cut stops the loader (stm32h755.md 8.2, 7).
    /// WriteProtected where another bootloader is in place: that takes an ST-LINK. `progress` gets
    /// the bytes that are safely in the flash, and how many there are.
    Result<> write(const FactoryBundle& bundle,
                   const std::function<void(std::size_t, std::size_t)>& progress,
                   const std::stop_token& stop);

    /// Behind BOOT0 low and a power cycle, by hand: waits until this very unit reports that it runs
    /// the release, confirmed. DeviceDidNotReturn or ConfirmationTimeout after `timeoutMs`;
    /// ProvisioningIncomplete if its bootloader misses the option bytes, which need an ST-LINK.
    Result<contract::RuntimeStatus>
    waitForStart(const FactoryBundle& bundle, std::uint64_t timeoutMs, const std::stop_token& stop);

private:
    Provisioning(UsbTransport& transport, std::unique_ptr<UsbConnection> connection,
                 ProvisionedUnit unit)
        : m_transport(&transport), m_connection(std::move(connection)), m_unit(std::move(unit))
    {
    }
    Result<std::string> startedUnit() const;

    UsbTransport* m_transport;
    std::unique_ptr<UsbConnection> m_connection;
    ProvisionedUnit m_unit;
};

} // namespace updater
