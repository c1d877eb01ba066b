#include "fuzzed_device.h"

#include "bootloader/hand_off.h"
#include "contract/vendor_requests.h"
#include "core/signature/digest.h"
#include "virtual/identity_from_branding.h"

namespace fuzz {

using namespace contract;
using boot::SetupAnswer;
using dfu::Request;
using virtual_h755::PowerLoss;
using virtual_h755::VirtualDevice;

namespace {

constexpr std::uint8_t classIn = 0xA1;
constexpr std::uint8_t classOut = 0x21;
/// Longer than any honest wait on the fuzzed maps.
constexpr int busyPollLimit = 2'000;
/// docs/protocol.md: EP0 answers within 10 ms at any moment.
constexpr std::uint64_t answerWithinUs = 10'000;
/// Programming as slow as the chip's, erasing fast enough to wait for.
constexpr virtual_h755::FlashTiming flashTiming{100, 20'000, true};

template <typename Enumeration>
constexpr std::uint8_t number(Enumeration value)
{
    return static_cast<std::uint8_t>(value);
}

virtual_h755::DeviceOptions optionsWith(const boot::Crypto& crypto)
{
    virtual_h755::DeviceOptions options;
    options.flashTiming = flashTiming;
    options.attachDelayMs = 1;
    options.application.afterMs = 5;
    options.crypto = &crypto;
    return options;
}

} // namespace

FuzzedDevice::FuzzedDevice(const Options& options)
    : m_options(options), m_releases(releasesFor(options.map))
{
    const boot::Crypto* crypto = &m_releases.honest;
    if (options.isGullible) crypto = &m_releases.gullible;
    m_device = std::make_unique<VirtualDevice>(m_releases.map, virtual_h755::brandedIdentity(),
                                               m_clock, optionsWith(*crypto));
    m_device->flash().onOperation([this] { onOperation(); });
}

void FuzzedDevice::restore(const Remains& remains, bool isBootable)
{
    m_device->flash().restore(remains.flash);
    m_device->board().backupRegisters() = remains.backup;
    m_isBootable = isBootable;
}

void FuzzedDevice::start(ResetCause cause)
{
    m_device->flash().neverCutPower();
    m_device->powerOn(cause);
    m_floor = {};
    run(2'000);
}

void FuzzedDevice::askForUpdateMode()
{
    m_device->board().setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
}

void FuzzedDevice::recordFaults()
{
    boot::setFaultRecord(m_device->board(), {.count = 2});
}

Remains FuzzedDevice::switchOff()
{
    m_device->powerOff(Tear::TornGood);
    m_device->flash().powerOn();
    return {m_device->flash().snapshot(), m_device->board().backupRegisters()};
}

void FuzzedDevice::run(std::uint64_t us)
{
    m_device->run(us);
    check();
}

void FuzzedDevice::stayQuiet(std::uint32_t ms)
{
    run(1'000);
    if (!m_device->flash().untilNextEndUs()) m_clock.sleepUs(std::uint64_t{ms} * 1000);
    run(5'000);
}

void FuzzedDevice::cutPower(Tear tear)
{
    m_device->powerOff(tear);
    check();
}

void FuzzedDevice::cutPowerAfter(std::uint64_t operations, Tear tear, Tear otherTear)
{
    m_device->flash().cutPowerAt(m_device->flash().operations() + 1 + operations, tear, otherTear);
}

void FuzzedDevice::reset(ResetCause cause)
{
    m_device->reset(cause);
    m_floor = {};
    run(2'000);
}

std::optional<Bytes> FuzzedDevice::in(const SetupPacket& packet)
{
    Bytes reply;
    if (!transfer(packet, true, true, {}, &reply).value_or(false)) return std::nullopt;
    return reply;
}

bool FuzzedDevice::out(const SetupPacket& packet, ByteView data)
{
    return transfer(packet, true, true, data, nullptr).value_or(false);
}

void FuzzedDevice::halfTransfer(const SetupPacket& packet, bool hasData, bool hasStatus,
                                ByteView data)
{
    (void)transfer(packet, hasData, hasStatus, data, nullptr);
}

void FuzzedDevice::busReset()
{
    timed([this] { m_device->busReset(); });
    run(100);
}

/// Nothing: nobody is there. False: stalled.
std::optional<bool> FuzzedDevice::transfer(const SetupPacket& packet, bool hasData, bool hasStatus,
                                           ByteView data, Bytes* reply)
{
    run(50);
    boot::ControlHandler* const handler = m_device->handler();
    if (!m_device->isAttached() || handler == nullptr) return std::nullopt;
    bool isTaken = false;
    timed([&] {
        const SetupAnswer answer = handler->setup(packet);
        checkAnswer(packet, answer);
        isTaken = answer.kind != SetupAnswer::Kind::Stall;
        if (answer.kind == SetupAnswer::Kind::Send && reply != nullptr) {
            const ByteView sent =
                answer.data.first(std::min<std::size_t>(answer.data.size(), packet.length));
            reply->assign(sent.begin(), sent.end());
        }
        if (answer.kind == SetupAnswer::Kind::Receive) {
            std::copy_n(data.begin(), std::min<std::size_t>(data.size(), packet.length),
                        answer.buffer.begin());
            isTaken = hasData && handler->received();
        }
        if (isTaken && hasStatus) handler->completed();
    });
    check();
    return isTaken;
}

/// A cut in the middle of what the host has asked for ends the device as `VirtualDevice` would.
template <typename Action>
void FuzzedDevice::timed(Action&& action)
{
    const std::uint64_t beforeUs = m_clock.nowUs();
    try {
        action();
    } catch (const PowerLoss&) {
        m_device->powerOff();
    }
    invariant(m_clock.nowUs() - beforeUs <= answerWithinUs, "EP0 answers within 10 ms");
}

void FuzzedDevice::checkAnswer(const SetupPacket& packet, const SetupAnswer& answer) const
{
    using Kind = SetupAnswer::Kind;
    invariant(answer.kind != Kind::Send || packet.isIn(), "data is sent only to who asks for data");
    invariant(answer.kind != Kind::Send || answer.data.size() <= dfu::transferBytes,
              "no reply is longer than 4096 bytes");
    invariant(answer.kind != Kind::Receive || (!packet.isIn() && packet.length != 0),
              "data is received only from who sends data");
    invariant(answer.kind != Kind::Receive || answer.buffer.size() >= packet.length,
              "the buffer holds what the host may send");
    invariant(answer.kind != Kind::Acknowledge || packet.length == 0,
              "no data stage goes unanswered");
}

std::optional<StatusReply> FuzzedDevice::status()
{
    const auto bytes = in({classIn, number(Request::GetStatus), 0, 0, 6});
    if (!bytes || bytes->size() != StatusReply::encodedBytes) return std::nullopt;
    const auto reply = decode<StatusReply>(ByteView{*bytes}.first<StatusReply::encodedBytes>());
    invariant(reply.state <= State::Error && reply.status <= dfu::Status::ErrStalledPacket,
              "GETSTATUS reports states and status values that exist");
    if (m_device->mode() != Mode::Bootloader) return reply;
    invariant(reply.pollTimeoutMs() >= 1 && reply.pollTimeoutMs() <= 60'000,
              "bwPollTimeout is never 0 and never absurd");
    invariant((reply.state == State::Error) == (reply.status != dfu::Status::Ok),
              "an error is reported exactly in dfuERROR");
    invariant((reply.state >= State::Idle && reply.state <= State::ManifestSync) ||
                  reply.state == State::Error,
              "the bootloader is in a state of its machine");
    return reply;
}

std::optional<StatusReply> FuzzedDevice::waitWhileBusy()
{
    for (int i = 0; i < busyPollLimit; ++i) {
        const std::optional<StatusReply> reply = status();
        if (!reply || reply->state != State::DownloadBusy) return reply;
        run(std::uint64_t{std::min(reply->pollTimeoutMs(), 20U)} * 1000);
    }
    invariant(false, "dfuDNBUSY ends");
    return std::nullopt;
}

bool FuzzedDevice::download(std::uint16_t blockNumber, ByteView bytes)
{
    const auto length = static_cast<std::uint16_t>(bytes.size());
    return out({classOut, number(Request::Download), blockNumber, 0, length}, bytes);
}

bool FuzzedDevice::finish(std::uint16_t blockNumber)
{
    if (!download(blockNumber, {})) return false;
    const std::optional<StatusReply> reply = status();
    return reply && reply->state == State::Idle;
}

bool FuzzedDevice::classRequest(Request request, std::uint16_t value)
{
    return out({classOut, number(request), value, 0, 0});
}

bool FuzzedDevice::vendorOut(vendor::Request request, std::uint16_t value, ByteView data)
{
    const auto length = static_cast<std::uint16_t>(data.size());
    return out({vendor::deviceOut, number(request), value, 0, length}, data);
}

std::optional<Bytes> FuzzedDevice::vendorIn(vendor::Request request, std::uint16_t value,
                                            std::uint16_t length)
{
    return in({vendor::deviceIn, number(request), value, 0, length});
}

} // namespace fuzz
