#include "virtual/device.h"

#include "contract/dfu.h"

namespace virtual_h755 {

void DownloadCounters::count(const boot::SetupPacket& packet, const ControlOutcome& outcome)
{
    constexpr std::uint8_t classOut = 0x21;
    const bool isDownload =
        packet.requestType == classOut &&
        packet.request == static_cast<std::uint8_t>(contract::dfu::Request::Download);
    if (!isDownload || outcome.kind != ControlOutcome::Kind::Done || outcome.bytes == 0) return;
    bytes += outcome.bytes;
    ++blocks;
}

} // namespace virtual_h755
