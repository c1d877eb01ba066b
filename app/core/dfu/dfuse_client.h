// ST's dialect of DFU, as far as a ROM loader may be trusted with it (AN3156). What its versions do
// wrong is modelled in device-firmware/virtual/rom_*, and what nobody has documented is listed in
// docs/hardware-validation.md. Never sent: mass erase, leave, read-unprotect, option bytes.
#pragma once

#include "contract/device_status.h"
#include "contract/dfu.h"
#include "core/usb/usb_transport.h"

namespace updater {

class DfuseClient {
public:
    DfuseClient(UsbConnection& connection, Clock& clock) : m_connection(connection), m_clock(clock)
    {
    }

    /// First of all: refuses other chips (WrongChip) and protected ones (ReadProtected), leads the
    /// loader to dfuIDLE whatever an earlier host has left, and learns its version.
    Result<> begin();

    /// The loader's version byte, 0x90 for V9.0; nothing if it does not tell.
    std::optional<std::uint8_t> version() const { return m_version; }

    /// The chip's unique id, where the loader lets it be read: its serial number is none.
    Result<contract::UniqueId> uniqueId();

    /// Erases the sector that contains `address`, and returns when the flash is idle again, which
    /// takes up to 5 s. Success says nothing if the sector is write-protected.
    Result<> eraseSector(std::uint32_t address);

    /// Programs whole blocks of `blockBytes` from `address` on, without the flash words at the end
    /// of each that are 0xFF: they stay erased. At most 64 KB. The same holds for success.
    Result<> program(std::uint32_t address, ByteView bytes);

    /// Reads; at most 64 KB.
    Result<std::vector<std::uint8_t>> read(std::uint32_t address, std::uint32_t bytes);

    /// The loader refuses more, and shorter blocks would go astray.
    static constexpr std::uint32_t blockBytes = 1024;
    static constexpr std::uint32_t regionBytes = 64 * 1024;

private:
    Result<contract::dfu::StatusReply> status();
    Result<TransferEnd> send(contract::dfu::Request request, std::uint16_t value, ByteView bytes);
    Result<> require(contract::dfu::Request request, std::uint16_t value, ByteView bytes);
    Result<> toIdle();
    Result<> programAlone(std::uint32_t address, ByteView content);
    Result<> download(std::uint16_t block, ByteView bytes);
    Result<contract::dfu::StatusReply> waitWhileBusy(std::uint64_t startMs);
    Result<> command(std::uint8_t number, std::uint32_t address);
    void waitUntil(std::uint64_t ms);
    void learnVersion();

    UsbConnection& m_connection;
    Clock& m_clock;
    std::optional<std::uint8_t> m_version;
};

} // namespace updater
