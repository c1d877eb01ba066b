// hostile-h755: virtual-h755 with a board that lies on the bus. What it does to its answers is in
// H755_DISTORTION; everything else works as usual, so that a host gets as far as possible.
#include "contract/dfu.h"
#include "contract/vendor_requests.h"
#include "virtual/virtual_device.h"
#include "virtual/workbench_program.h"

#include <cstdlib>
#include <map>

namespace {

using namespace virtual_h755;
using boot::SetupPacket;
using contract::ByteSpan;
using Kind = ControlOutcome::Kind;

bool isDescriptor(const SetupPacket& packet, std::uint8_t type)
{
    constexpr std::uint8_t getDescriptor = 6;
    return packet.requestType == 0x80 && packet.request == getDescriptor &&
           packet.value >> 8 == type;
}

bool isString(const SetupPacket& packet)
{
    constexpr std::uint8_t stringType = 3;
    return isDescriptor(packet, stringType);
}

bool isText(const SetupPacket& packet)
{
    return isString(packet) && (packet.value & 0xFF) != 0;
}

/// String 0: which languages there are.
bool isLanguageList(const SetupPacket& packet)
{
    return isString(packet) && (packet.value & 0xFF) == 0;
}

bool isDevice(const SetupPacket& packet)
{
    return isDescriptor(packet, 1);
}

bool isConfiguration(const SetupPacket& packet)
{
    return isDescriptor(packet, 2);
}

bool isDfu(const SetupPacket& packet, contract::dfu::Request request)
{
    return (packet.requestType & 0x60) == 0x20 &&
           packet.request == static_cast<std::uint8_t>(request);
}

bool isDfuStatus(const SetupPacket& packet)
{
    return isDfu(packet, contract::dfu::Request::GetStatus);
}

bool isVendor(const SetupPacket& packet)
{
    return (packet.requestType & 0x60) == 0x40;
}

bool isMissing(const SetupPacket& packet)
{
    return isVendor(packet) &&
           packet.request == static_cast<std::uint8_t>(contract::vendor::Request::GetMissing);
}

bool isVendorStatus(const SetupPacket& packet)
{
    return isVendor(packet) &&
           packet.request == static_cast<std::uint8_t>(contract::vendor::Request::GetStatus);
}

struct Distortion {
    bool (*applies)(const SetupPacket& packet);
    void (*distort)(ByteSpan data, ControlOutcome& outcome);
};

void setText(ByteSpan data, ControlOutcome& outcome, std::u16string_view text)
{
    const std::size_t bytes = std::min(data.size(), 2 + 2 * text.size());
    for (std::size_t i = 2; i + 1 < bytes; i += 2) {
        data[i] = static_cast<std::uint8_t>(text[i / 2 - 1]);
        data[i + 1] = static_cast<std::uint8_t>(text[i / 2 - 1] >> 8);
    }
    data[0] = static_cast<std::uint8_t>(2 + 2 * text.size());
    data[1] = 3;
    outcome = {Kind::Done, bytes};
}

/// As long as a string descriptor can be: 255 bytes claimed, and there.
std::u16string longestText()
{
    return std::u16string(126, u'A');
}

using Distortions = std::map<std::string, Distortion>;

Distortions inReplies()
{
    return {
        {"silent",
         {isVendor,
          [](ByteSpan, auto& outcome) {
              outcome = {Kind::Silent, 0};
          }}},
        {"stalls",
         {isVendor,
          [](ByteSpan, auto& outcome) {
              outcome = {Kind::Stalled, 0};
          }}},
        {"short status",
         {isVendorStatus, [](ByteSpan, auto& outcome) { outcome.bytes = outcome.bytes / 3; }}},
        {"empty status", {isVendorStatus, [](ByteSpan, auto& outcome) { outcome.bytes = 0; }}},
        {"status of ones",
         {isVendorStatus, [](ByteSpan data, auto&) { std::fill(data.begin(), data.end(), 0xFF); }}},
        {"short DFU status", {isDfuStatus, [](ByteSpan, auto& outcome) { outcome.bytes = 3; }}},
        {"unknown DFU state", {isDfuStatus, [](ByteSpan data, auto&) { data[4] = 250; }}},
        {"always busy",
         {isDfuStatus,
          [](ByteSpan data, auto&) {
              data[0] = data[1] = data[2] = data[3] = 0;
              data[4] = 4; // dfuDNBUSY, and no time to wait
          }}},
        {"busy for hours",
         {isDfuStatus,
          [](ByteSpan data, auto&) {
              data[0] = 0;
              data[1] = data[2] = data[3] = 0xFF;
              data[4] = 4;
          }}},
        {"always an error",
         {isDfuStatus,
          [](ByteSpan data, auto&) {
              data[0] = 0x0B;
              data[4] = 10;
          }}},
    };
}

Distortions inStrings()
{
    return {
        {"control characters",
         {isText,
          [](ByteSpan data, auto& outcome) { setText(data, outcome, u"\x1b[31m\x07\r\nRED"); }}},
        {"right to left",
         {isText,
          [](ByteSpan data, auto& outcome) { setText(data, outcome, u"\u202E7\u200F55H\u2066"); }}},
        {"half a character",
         {isText, [](ByteSpan data, auto& outcome) { setText(data, outcome, u"\xD83D\xD83D"); }}},
        {"string of length 0", {isText, [](ByteSpan data, auto&) { data[0] = 0; }}},
        {"string of length 255", {isText, [](ByteSpan data, auto&) { data[0] = 255; }}},
        {"string of one byte", {isText, [](ByteSpan, auto& outcome) { outcome.bytes = 1; }}},
        {"string of 126 characters",
         {isText, [](ByteSpan data, auto& outcome) { setText(data, outcome, longestText()); }}},
        {"no languages",
         {isLanguageList,
          [](ByteSpan data, auto& outcome) {
              data[0] = 2;
              outcome.bytes = 2;
          }}},
    };
}

/// More than was asked for, up to 64 KB: the host controller takes no byte behind wLength and ends
/// the transfer with an error, so all that programs see is that.
void babble(ByteSpan, ControlOutcome& outcome)
{
    outcome = {Kind::Babbled, 0};
}

/// All the room that was asked for is filled.
void fill(ByteSpan data, ControlOutcome& outcome)
{
    outcome = {Kind::Done, data.size()};
}

Distortions inLengths()
{
    return {
        {"babbling status", {isVendorStatus, babble}},
        {"babbling DFU status", {isDfuStatus, babble}},
        {"babbling strings", {isText, babble}},
        {"status as long as can be", {isVendorStatus, fill}},
        {"missing blocks without end",
         {isMissing,
          [](ByteSpan data, auto& outcome) {
              std::fill(data.begin(), data.end(), 0xFF);
              fill(data, outcome);
          }}},
        {"missing blocks of one byte", {isMissing, [](ByteSpan, auto& o) { o.bytes = 1; }}},
    };
}

template <std::size_t Offset, std::uint8_t Value>
void setByte(ByteSpan data, ControlOutcome&)
{
    if (data.size() > Offset) data[Offset] = Value;
}

Distortions inDescriptors()
{
    return {
        {"device descriptor of length 0", {isDevice, setByte<0, 0>}},
        {"device descriptor of length 255", {isDevice, setByte<0, 255>}},
        {"no serial number", {isDevice, setByte<16, 0>}},
        {"configuration descriptor of length 0", {isConfiguration, setByte<0, 0>}},
        {"configuration descriptor of length 255", {isConfiguration, setByte<0, 255>}},
        {"configuration that claims 64 KB",
         {isConfiguration, [](ByteSpan data, auto&) { data[2] = data[3] = 0xFF; }}},
        {"configuration that claims 4 KB", {isConfiguration, setByte<3, 0x0F>}},
        {"configuration of 255 interfaces", {isConfiguration, setByte<4, 255>}},
        {"configuration of no interfaces", {isConfiguration, setByte<4, 0>}},
        {"interface descriptor of length 0", {isConfiguration, setByte<9, 0>}},
        {"interface descriptor of length 255", {isConfiguration, setByte<9, 255>}},
        {"DFU descriptor of length 1", {isConfiguration, setByte<18, 1>}},
        {"another interface class", {isConfiguration, setByte<14, 3>}},
    };
}

const Distortions& distortions()
{
    static const Distortions table = [] {
        Distortions all = inReplies();
        for (Distortions more : {inStrings(), inLengths(), inDescriptors()})
            all.merge(more);
        return all;
    }();
    return table;
}

class HostileDevice final : public VirtualDevice {
public:
    HostileDevice(const contract::FlashMap& map, const boot::Identity& identity, Clock& clock,
                  const DeviceOptions& options, const Distortion& distortion)
        : VirtualDevice(map, identity, clock, options), m_distortion(distortion)
    {
    }

    ControlOutcome control(const SetupPacket& packet, ByteSpan data) override
    {
        ControlOutcome outcome = VirtualDevice::control(packet, data);
        if (m_distortion.applies(packet)) m_distortion.distort(data, outcome);
        return outcome;
    }

private:
    const Distortion& m_distortion;
};

} // namespace

int main(int argc, char** argv)
{
    const char* const name = std::getenv("H755_DISTORTION");
    const auto found = distortions().find(name == nullptr ? "" : name);
    if (found == distortions().end()) {
        for (const auto& [known, distortion] : distortions())
            std::puts(known.c_str());
        return 2;
    }
    const auto make = [&found](const contract::FlashMap& map, const boot::Identity& identity,
                               Clock& clock,
                               const DeviceOptions& options) -> std::unique_ptr<Device> {
        return std::make_unique<HostileDevice>(map, identity, clock, options, found->second);
    };
    return runWorkbench(argc, argv, make, "virtual-h755 with a board that lies");
}
