#include "virtual/virtual_device.h"

#include "contract/image_format.h"

#include <algorithm>
#include <utility>

namespace virtual_h755 {

using contract::ResetCause;
using Kind = ControlOutcome::Kind;

VirtualDevice::VirtualDevice(const contract::FlashMap& map, const boot::Identity& identity,
                             Clock& clock, const DeviceOptions& options)
    : m_map(map), m_identity(identity), m_clock(clock), m_options(options),
      m_flash(map, clock, options.flashTiming), m_board(m_flash, clock), m_timedCrypto(clock),
      m_crypto(options.crypto != nullptr ? *options.crypto : m_timedCrypto),
      m_memory(std::make_unique<boot::UpdateMemory>())
{
}

template <typename Action>
void VirtualDevice::guarded(Action&& action)
try {
    action();
} catch (const PowerLoss&) {
    powerOff();
} catch (const WatchdogExpired&) {
    m_pendingReset = ResetCause::Watchdog;
}

void VirtualDevice::powerOn(ResetCause cause)
{
    if (m_mode == Mode::Off) boot(cause);
}

void VirtualDevice::powerOff(Tear tear)
{
    leaveBus();
    m_flash.cutPower(tear);
    if (!m_options.keepsBackup) m_board.loseBackup();
    m_updateMode.reset();
    m_application.reset();
    m_pendingReset.reset();
    m_isM4Running = false;
    m_mode = Mode::Off;
}

void VirtualDevice::reset(ResetCause cause)
{
    if (m_mode != Mode::Off) boot(cause);
}

/// What the chip's main does: start-up, then the application or update mode.
void VirtualDevice::boot(ResetCause cause)
{
    leaveBus();
    m_updateMode.reset();
    m_application.reset();
    m_pendingReset.reset();
    m_isM4Running = false;
    m_mode = Mode::Bootloader;
    ++m_starts;
    m_board.reset(cause);
    m_board.mutableFacts().hasBusPower = m_isPlugged;
    guarded([&] {
        m_journal.emplace(m_board, m_map);
        m_verifier.emplace(m_board, m_crypto, m_map, m_identity);
        m_start = boot::StartUp(m_board, m_map, *m_journal, *m_verifier).run();
        if (m_start.run) {
            startApplication();
        } else {
            m_updateMode.emplace(m_board, m_crypto, m_map, m_identity, *m_journal, *m_memory,
                                 m_start.reason);
        }
        if (handler() != nullptr) {
            m_attachUs = m_clock.nowUs() + std::uint64_t{m_options.attachDelayMs} * 1000;
        }
    });
}

void VirtualDevice::startApplication()
{
    const contract::Version version = fetchImage(contract::Core::M7, m_start.m7Vectors);
    m_isM4Running = m_start.startM4 && startM4();
    m_application.emplace(m_board, m_clock, m_map, m_identity, m_options.behaviourOf(version),
                          m_start.m7Vectors);
    m_mode = Mode::Application;
}

/// The stub fetches stack pointer and reset vector; with nothing there, the M4 stops for good.
bool VirtualDevice::startM4()
{
    contract::ByteArray<8> vectors{};
    contract::ByteArray<8> blank{};
    blank.fill(0xFF);
    m_flash.readPlainly(m_start.m4Vectors, vectors);
    fetchImage(contract::Core::M4, m_start.m4Vectors);
    return vectors != blank;
}

/// The core runs through its image, so every word must be readable. Returns the version it states.
contract::Version VirtualDevice::fetchImage(contract::Core core, std::uint32_t vectors)
{
    const std::uint32_t image = vectors - contract::imageHeaderBytes;
    contract::ByteArray<contract::ImageHeader::encodedBytes> bytes{};
    m_flash.readPlainly(image, bytes);
    const auto header = contract::decode<contract::ImageHeader>(bytes);
    const std::uint32_t room = m_map.slot(core, contract::Slot::A).bytes;
    if (checkHeader(header, {image, room}) == contract::ImageFault::None)
        m_flash.fetch({image, header.bodyBytes()});
    return header.version;
}

void VirtualDevice::leaveBus()
{
    m_isPulledUp = false;
    m_attachUs = 0;
}

void VirtualDevice::run(std::uint64_t us)
{
    const std::uint64_t endUs = m_clock.nowUs() + us;
    while (m_clock.nowUs() < endUs)
        step(endUs);
}

void VirtualDevice::step(std::uint64_t endUs)
{
    if (m_pendingReset) boot(*m_pendingReset);
    if (m_attachUs != 0 && m_clock.nowUs() >= m_attachUs) {
        m_attachUs = 0;
        m_isPulledUp = true;
        ++m_generation;
    }
    switch (m_mode) {
    case Mode::Bootloader: runBootloader(); break;
    case Mode::Application: runApplication(endUs); break;
    case Mode::Off:
    case Mode::RomLoader: m_clock.sleepUs(endUs - m_clock.nowUs()); break;
    }
}

void VirtualDevice::runBootloader()
{
    guarded([&] {
        const std::uint64_t beforeUs = m_clock.nowUs();
        if (m_updateMode) m_updateMode->poll();
        if (m_clock.nowUs() == beforeUs) m_board.idle();
    });
    takeRestart();
}

void VirtualDevice::runApplication(std::uint64_t endUs)
{
    guarded([&] { m_application->poll(); });
    const std::uint64_t nowUs = m_clock.nowUs();
    if (endUs > nowUs)
        m_clock.sleepUs(std::min<std::uint64_t>(m_options.applicationStepUs, endUs - nowUs));
    if (m_board.isWatchdogExpired()) m_pendingReset = ResetCause::Watchdog;
    takeRestart();
}

/// Leaves the bus at once; the reset itself happens when the device runs on.
void VirtualDevice::takeRestart()
{
    if (m_application && m_application->wantsReset()) m_pendingReset = ResetCause::Software;
    if (m_updateMode && m_updateMode->restart() != boot::Restart::No) {
        if (m_updateMode->restart() == boot::Restart::RomLoader) {
            m_board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_NONE); // followed
            m_updateMode.reset();
            m_mode = Mode::RomLoader;
            leaveBus();
            return;
        }
        m_pendingReset = ResetCause::Software;
    }
    if (m_pendingReset) leaveBus();
}

boot::ControlHandler* VirtualDevice::handler()
{
    if (m_mode == Mode::Bootloader && m_updateMode) return &*m_updateMode;
    if (m_mode == Mode::Application && m_application->isRunning()) return &*m_application;
    return nullptr;
}

ControlOutcome VirtualDevice::control(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    const std::uint64_t packets = (std::uint64_t{packet.length} + 63) / 64;
    run(m_options.wireTiming.transferUs + packets * m_options.wireTiming.packetUs);
    if (!isAttached()) return {Kind::Detached, 0};
    boot::ControlHandler* const answering = handler();
    if (answering == nullptr) return {Kind::Silent, 0};
    ControlOutcome outcome;
    guarded([&] { outcome = transfer(*answering, packet, data); });
    takeRestart();
    m_downloads.count(packet, outcome);
    return outcome;
}

ControlOutcome VirtualDevice::transfer(boot::ControlHandler& handler,
                                       const boot::SetupPacket& packet, contract::ByteSpan data)
{
    using Answer = boot::SetupAnswer::Kind;
    const boot::SetupAnswer answer = handler.setup(packet);
    std::size_t bytes = 0;
    switch (answer.kind) {
    case Answer::Stall: return {Kind::Stalled, 0};
    case Answer::Acknowledge: break;
    case Answer::Send:
        bytes = std::min({answer.data.size(), std::size_t{packet.length}, data.size()});
        std::copy_n(answer.data.begin(), bytes, data.begin());
        break;
    case Answer::Receive:
        bytes = std::min(std::size_t{packet.length}, data.size());
        std::copy_n(data.begin(), bytes, answer.buffer.subspan(0, packet.length).begin());
        if (!handler.received()) return {Kind::Stalled, 0};
        break;
    }
    handler.completed();
    return {Kind::Done, bytes};
}

void VirtualDevice::busReset()
{
    if (boot::ControlHandler* const answering = handler()) {
        guarded([&] { answering->busReset(); });
        takeRestart();
    }
}

void VirtualDevice::unplug()
{
    if (!m_isPlugged) return;
    m_isPlugged = false;
    busReset();
}

void VirtualDevice::plug()
{
    if (m_isPlugged) return;
    m_isPlugged = true;
    if (m_isPulledUp) ++m_generation;
    busReset();
}

} // namespace virtual_h755
