// The other half of the dialect: our vendor requests (docs/protocol.md, "Vendor requests"). Every
// length and every field of a reply is checked; an unknown value is ReplyMalformed, never a
// default.
#pragma once

#include "contract/device_status.h"
#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"
#include "core/usb/usb_transport.h"

namespace updater {

/// Which blocks of the stream the device still wants.
class MissingBlocks {
public:
    MissingBlocks() = default;
    MissingBlocks(std::uint16_t count, contract::ByteView bitmap);

    std::uint32_t totalBlocks() const { return static_cast<std::uint32_t>(m_wanted.size()); }
    bool isWanted(std::uint32_t block) const { return block < m_wanted.size() && m_wanted[block]; }
    std::uint32_t wantedBlocks() const;

private:
    std::vector<bool> m_wanted;
};

/// Words that cannot be read are all zeros (docs/protocol.md, GET_JOURNAL).
using JournalPage = contract::ByteArray<contract::vendor::journalPageBytes>;

/// The bootloader's reply to GET_STATUS, or what a report says it was: every length and field is
/// checked. ProtocolUnknown if it is of another version, else ReplyMalformed.
Result<contract::DeviceStatus> checkedStatus(contract::ByteView reply);

class VendorClient {
public:
    explicit VendorClient(UsbConnection& connection) : m_connection(connection) {}

    /// GET_STATUS of the bootloader. ProtocolUnknown if it speaks another version.
    Result<contract::DeviceStatus> deviceStatus();

    /// GET_STATUS of a running application.
    Result<contract::RuntimeStatus> runtimeStatus();

    /// Starts the download of the stream whose encoded header has this SHA-256, or resumes it.
    Result<> beginUpdate(const contract::Digest& headerHash);
    Result<MissingBlocks> missing();

    /// The bootloader's journal: a page of the journal sector as it is in flash. NotAllowed behind
    /// the sector's end and while a download is under way.
    Result<JournalPage> journalPage(std::uint16_t page);

    Result<> stay();
    Result<> reboot(contract::vendor::RebootTarget target);
    Result<> selectSet(contract::Slot slot);

private:
    Result<std::size_t> receive(std::uint8_t requestType, contract::vendor::Request request,
                                std::uint16_t value, std::uint16_t index, contract::ByteSpan out);
    Result<> send(contract::vendor::Request request, std::uint16_t value, contract::ByteView bytes);

    UsbConnection& m_connection;
};

/// What a refused stream header means to the user.
ErrorCode errorOf(contract::StreamFault fault);

} // namespace updater
