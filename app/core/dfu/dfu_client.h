// The standard half of the dialect: DFU 1.1 class requests (USB DFU 1.1 chapters 3, 6 and 7).
#pragma once

#include "contract/dfu.h"
#include "core/usb/usb_transport.h"

namespace updater {

class DfuClient {
public:
    DfuClient(UsbConnection& connection, Clock& clock) : m_connection(connection), m_clock(clock) {}

    /// DFU_GETSTATUS; unknown states and status values are ReplyMalformed.
    Result<contract::dfu::StatusReply> status();

    /// Brings the device to dfuIDLE, whatever an earlier host has left (CLRSTATUS, ABORT).
    Result<> prepare();

    /// One DNLOAD with 1 to 4096 bytes, and GETSTATUS until the device takes the next one. An error
    /// that the device reports comes back as `errorOf(status)`.
    Result<> download(std::uint16_t block, contract::ByteView bytes);

    /// The zero-length DNLOAD, and GETSTATUS until the device is in dfuIDLE again.
    Result<> finish(std::uint16_t block);

    Result<> abort();

    /// Run time: asks the application to restart into the bootloader.
    Result<> detach();

private:
    Result<> send(contract::dfu::Request request, std::uint16_t value, contract::ByteView bytes);
    Result<> downloadAndWait(std::uint16_t block, contract::ByteView bytes,
                             contract::dfu::State wanted);
    Result<> waitWhileBusy(contract::dfu::State wanted);

    UsbConnection& m_connection;
    Clock& m_clock;
};

/// What a DFU error status means to the user (wire.md, "Errors").
ErrorCode errorOf(contract::dfu::Status status);

} // namespace updater
