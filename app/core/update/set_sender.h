// Sends a verified set to a device in the bootloader: what it still wants of it, and nothing twice.
#pragma once

#include "core/bundle/verified_bundle.h"
#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"
#include "core/update/progress_meter.h"

#include <stop_token>

namespace updater {

class SetSender {
public:
    SetSender(UsbConnection& connection, Clock& clock, const VerifiedBundle& bundle,
              ProgressMeter& meter);

    /// Begins or resumes the download and ends it. `stop` and `endMs` (OverallTimeout) act between
    /// two blocks; what has reached the device stays there.
    Result<> send(std::stop_token stop, std::uint64_t endMs);

private:
    Result<> sendAll();
    bool isDownloadLost(const Error& error);
    Result<> sendHeader();
    Result<> sendWanted();
    Result<> sendBlock(std::uint32_t block);
    Error explain(Error error);

    DfuClient m_dfu;
    VendorClient m_vendor;
    Clock& m_clock;
    const VerifiedBundle& m_bundle;
    ProgressMeter& m_meter;
    std::stop_token m_stop;
    std::uint64_t m_endMs = 0;
    bool m_isDownloading = false;     ///< a block has been sent, so dfuIDLE is over
    std::uint32_t m_wantedBlocks = 0; ///< that the device still wants
};

} // namespace updater
