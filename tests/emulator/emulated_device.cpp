#include "emulator/emulated_device.h"

#include "contract/image_format.h"

#include <algorithm>

namespace emulator {

using contract::ResetCause;
using virtual_h755::ApplicationBehaviour;
using virtual_h755::ControlOutcome;
using virtual_h755::Mode;
using virtual_h755::PowerLoss;
using virtual_h755::Tear;
using Kind = ControlOutcome::Kind;

namespace {

/// A transfer that has not ended after this is one that the host's time-out ends.
constexpr std::uint64_t silenceUs = 5'000'000;
constexpr std::uint64_t transferSliceUs = 20;
constexpr std::uint64_t settleUs = 3'000'000;

boot::BoardFacts standardFacts()
{
    boot::BoardFacts facts;
    facts.uniqueId = {0x31, 0x00, 0x2A, 0x00, 0x0F, 0x51, 0x38, 0x36, 0x34, 0x33, 0x37, 0x38};
    facts.hardwareRevision = 1;
    facts.siliconRevision = 0x2003;
    facts.romVersion = 0x92;
    facts.hasButton = true;
    facts.hasBusPower = true;
    return facts;
}

} // namespace

EmulatedDevice::EmulatedDevice(const std::string& bootloaderPath, const contract::FlashMap& map,
                               virtual_h755::Clock& clock,
                               const virtual_h755::DeviceOptions& options)
    : m_clock(clock), m_options(options), m_flash(map, clock, options.flashTiming),
      m_facts(standardFacts()), m_chip(clock, {m_flash, m_backup, m_facts}),
      m_bootloader(loadElf(bootloaderPath))
{
    for (const Segment& segment : m_bootloader) {
        const auto bytes = static_cast<std::uint32_t>(segment.bytes.size());
        if (!map.bootloader.contains(segment.address, bytes))
            throw std::runtime_error("the bootloader does not fit its sector");
    }
}

void EmulatedDevice::programBootloader()
{
    for (const Segment& segment : m_bootloader)
        m_flash.poke(segment.address, segment.bytes);
}

template <typename Action>
void EmulatedDevice::guarded(Action&& action)
try {
    action();
} catch (const PowerLoss&) {
    powerOff();
}

void EmulatedDevice::powerOn(ResetCause cause)
{
    if (m_isOn) return;
    programBootloader();
    m_isOn = true;
    m_hasMisbehaved = false;
    m_facts.hasBusPower = m_isPlugged;
    m_chip.powerOn();
    if (cause != ResetCause::PowerOn) m_chip.reset(cause);
}

void EmulatedDevice::powerOff(Tear tear)
{
    m_isOn = false;
    m_chip.usb().reset();
    followBus();
    m_flash.cutPower(tear);
    if (!m_options.keepsBackup) m_backup = {};
}

void EmulatedDevice::reset(ResetCause cause)
{
    if (!m_isOn) return;
    m_chip.reset(cause);
    followBus();
}

void EmulatedDevice::run(std::uint64_t us)
{
    advance(m_clock.nowUs() + us);
}

void EmulatedDevice::advance(std::uint64_t endUs)
{
    constexpr std::uint64_t stepUs = 1000;
    while (m_clock.nowUs() < endUs) {
        const std::uint64_t nextUs = std::min(endUs, m_clock.nowUs() + stepUs);
        if (m_isOn) {
            followApplication();
            guarded([&] { m_chip.run(nextUs); });
        }
        if (!m_isOn && m_clock.nowUs() < nextUs) m_clock.sleepUs(nextUs - m_clock.nowUs());
        followBus();
    }
}

/// The accidents that a test wants to happen to a real application, chosen when it starts.
void EmulatedDevice::followApplication()
{
    if (m_chip.mode() != Mode::Application) {
        m_behaviour.reset();
        m_chip.holdM4(m_options.application.kind == ApplicationBehaviour::Kind::NeverConfirm);
        return;
    }
    if (!m_behaviour) {
        m_behaviour = wantedBehaviour();
        m_hasMisbehaved = false;
    }
    const ApplicationBehaviour& wanted = *m_behaviour;
    const std::uint64_t sinceUs = m_clock.nowUs() - m_chip.modeSinceUs();
    if (m_hasMisbehaved || sinceUs < std::uint64_t{wanted.afterMs} * 1000) return;
    m_hasMisbehaved = true;
    if (wanted.kind == ApplicationBehaviour::Kind::Hang) m_chip.haltM7();
    if (wanted.kind == ApplicationBehaviour::Kind::Crash) m_chip.requestReset(ResetCause::Software);
}

ApplicationBehaviour EmulatedDevice::wantedBehaviour()
{
    const std::uint32_t header = m_chip.m7().system().vectorTable() - contract::imageHeaderBytes;
    const auto bytes = m_flash.peek(header, contract::ImageHeader::encodedBytes);
    return m_options.behaviourOf(
        contract::decode<contract::ImageHeader>(
            std::span<const std::uint8_t, contract::ImageHeader::encodedBytes>(bytes))
            .version);
}

/// What a host sees of the pull-up; a new device has no address yet.
void EmulatedDevice::followBus()
{
    const bool isAttached = m_isOn && m_isPlugged && m_chip.usb().isPulledUp();
    if (isAttached && !m_isAttached) {
        ++m_generation;
        m_hasAddress = false;
    }
    m_isAttached = isAttached;
}

bool EmulatedDevice::isSettled() const
{
    if (!m_isOn || m_isAttached || m_chip.mode() == Mode::RomLoader) return true;
    return m_clock.nowUs() - m_chip.modeSinceUs() > settleUs;
}

/// The host's side of a new device: reset, then an address.
void EmulatedDevice::enumerate()
{
    constexpr boot::SetupPacket setAddress{0x00, 5, 1, 0, 0};
    m_hasAddress = true;
    m_chip.usb().busReset();
    const std::uint64_t limitUs = m_clock.nowUs() + silenceUs;
    while (m_isAttached && m_chip.usb().isResetting() && m_clock.nowUs() < limitUs)
        advance(m_clock.nowUs() + transferSliceUs);
    if (m_isAttached) transfer(setAddress, {});
}

ControlOutcome EmulatedDevice::control(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    const std::uint64_t packets = (std::uint64_t{packet.length} + 63) / 64;
    run(m_options.wireTiming.transferUs + packets * m_options.wireTiming.packetUs);
    if (m_isAttached && !m_hasAddress) enumerate();
    if (!m_isAttached) return {Kind::Detached, 0};
    const std::uint64_t startUs = m_clock.nowUs();
    const ControlOutcome outcome = transfer(packet, data);
    m_longestControlUs = std::max(m_longestControlUs, m_clock.nowUs() - startUs);
    if (mode() == Mode::Bootloader)
        m_longestStackBytes = std::max(m_longestStackBytes, m_chip.stackBytesUsed());
    m_downloads.count(packet, outcome);
    return outcome;
}

ControlOutcome EmulatedDevice::transfer(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    UsbCore& usb = m_chip.usb();
    const std::uint32_t generation = m_generation;
    const std::uint64_t limitUs = m_clock.nowUs() + silenceUs;
    usb.startTransfer(packet, data);
    while (!usb.outcome() && m_isAttached && m_generation == generation &&
           m_clock.nowUs() < limitUs)
        advance(m_clock.nowUs() + transferSliceUs);
    if (const auto outcome = usb.outcome()) {
        const std::vector<std::uint8_t>& received = usb.received();
        if ((packet.requestType & 0x80) != 0)
            std::copy_n(received.begin(), std::min(received.size(), data.size()), data.begin());
        return *outcome;
    }
    usb.abandonTransfer();
    return {m_isAttached && m_generation == generation ? Kind::Silent : Kind::Detached, 0};
}

void EmulatedDevice::busReset()
{
    if (m_isAttached) enumerate();
}

void EmulatedDevice::unplug()
{
    if (!m_isPlugged) return;
    m_isPlugged = false;
    m_facts.hasBusPower = false;
    m_chip.usb().setPlugged(false);
    followBus();
}

void EmulatedDevice::plug()
{
    if (m_isPlugged) return;
    m_isPlugged = true;
    m_facts.hasBusPower = true;
    m_chip.usb().setPlugged(true);
    followBus();
}

} // namespace emulator
