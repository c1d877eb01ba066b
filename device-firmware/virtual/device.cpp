#include "virtual/device.h"

#include "contract/dfu.h"

namespace virtual_h755 {

ApplicationBehaviour DeviceOptions::behaviourOf(const contract::Version& version) const
{
    if (applicationOf) return applicationOf(version);
    const bool isMeant = !application.onlyOf || *application.onlyOf == version;
    return isMeant ? application : ApplicationBehaviour{};
}

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
