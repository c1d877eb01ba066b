#include "virtual/virtual_device.h"

#include "contract/image_format.h"
#include "virtual/flash_start.h"

#include <algorithm>
#include <utility>

namespace virtual_h755 {

using contract::ResetCause;
using Kind = ControlOutcome::Kind;

VirtualDevice::VirtualDevice(const contract::FlashMap& map, const boot::Identity& identity,
                             Clock& clock, const DeviceOptions& options)
    : m_map(map), m_identity(identity), m_clock(clock), m_options(options),
      m_flash(map, clock, options.flashTiming), m_board(m_flash, clock), m_timedCrypto(clock),
      m_crypto(options.crypto != nullptr ? *options.crypto : m_timedCrypto, m_options.standIns),
      m_memory(std::make_unique<boot::UpdateMemory>())
{
    m_board.mutableFacts().romVersion = m_options.rom.behaviour.version;
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
    if (m_mode != Mode::Off) return;
    m_wasBoot0High = m_options.isBoot0High;
    boot(cause);
}

void VirtualDevice::powerOff(Tear tear)
{
    stop();
    m_flash.cutPower(tear);
    if (!m_options.keepsBackup) m_board.loseBackup();
    m_isSupplyLocked = false;
    m_mode = Mode::Off;
}

void VirtualDevice::reset(ResetCause cause)
{
    if (m_mode != Mode::Off) boot(cause);
}

/// BOOT0 is high at a reset: the ROM loader. A reset is not enough if it was low at power-on
/// (T-BOOT0, REF 8.2 lines 1 and 4).
void VirtualDevice::boot(ResetCause cause)
{
    stop();
    m_board.reset(cause);
    m_board.mutableFacts().hasBusPower = m_isPlugged;
    if (m_options.isBoot0High && m_wasBoot0High) {
        startRomLoader(cause);
    } else {
        startFlash();
    }
}

/// Everything that runs on the cores ends.
void VirtualDevice::stop()
{
    leaveBus();
    m_updateMode.reset();
    m_application.reset();
    m_rom.reset();
    m_pendingReset.reset();
    m_isM4Running = false;
}

/// V9.0 needs a reset after power-on before it is seen (AN2606, REF 7.1).
void VirtualDevice::startRomLoader(ResetCause cause)
{
    const RomBehaviour& behaviour = m_options.rom.behaviour;
    m_mode = Mode::RomLoader;
    m_rom.emplace(m_flash, m_clock, m_options.rom, m_board.facts());
    m_isSupplyLocked = m_isSupplyLocked || behaviour.locksSupply;
    if (cause != ResetCause::PowerOn || !behaviour.needsExtraReset) attachSoon();
}

/// What the chip's main does: start-up, then the application or update mode. Without a bootloader
/// the core runs into what is there instead, and is not seen on the bus (REF 8.2 line 1).
void VirtualDevice::startFlash()
{
    if (m_options.needsBootloader && !holdsBootloader(m_flash, m_options.bootloaderImage)) {
        m_mode = Mode::LockedUp;
        return;
    }
    m_mode = Mode::Bootloader;
    ++m_starts;
    guarded([&] {
        m_journal.emplace(m_board, m_map);
        m_verifier.emplace(m_board, m_crypto, m_map, m_identity);
        m_start = startUp();
        if (m_start.run) {
            startApplication();
        } else {
            m_updateMode.emplace(m_board, m_crypto, m_map, m_identity, *m_journal, *m_memory,
                                 m_start.reason);
        }
        if (handler() != nullptr) attachSoon();
    });
}

/// Where a board was found in update mode its start is over: another one would count, and decide
/// anew. After repeated faults the bootloader leaves even the journal alone (StartUp::run).
boot::StartResult VirtualDevice::startUp()
{
    if (!m_options.foundFor) return boot::StartUp(m_board, m_map, *m_journal, *m_verifier).run();
    boot::StartResult found;
    found.reason = *std::exchange(m_options.foundFor, std::nullopt);
    if (found.reason != contract::UpdateReason::FaultRepeated) m_journal->replay();
    return found;
}

void VirtualDevice::attachSoon()
{
    m_attachUs = m_clock.nowUs() + std::uint64_t{m_options.attachDelayMs} * 1000;
}

void VirtualDevice::startApplication()
{
    const contract::Version version = fetchImage(contract::Core::M7, m_start.m7Vectors);
    m_isM4Running = m_start.startM4 && startM4();
    // Its HAL_PWREx_ConfigSupply finds another supply than it wants, and that is the end (REF 5.3).
    constexpr ApplicationBehaviour stuck{.kind = ApplicationBehaviour::Kind::Hang, .afterMs = 0};
    m_application.emplace(m_board, m_clock, m_map, m_identity,
                          m_isSupplyLocked ? stuck : m_options.behaviourOf(version),
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
    case Mode::LockedUp:
    case Mode::RomLoader:
        m_clock.sleepUs((m_attachUs != 0 ? std::min(endUs, m_attachUs) : endUs) - m_clock.nowUs());
        break;
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
    if (m_rom && m_rom->exit()) leaveRomLoader();
    if (m_application && m_application->wantsReset()) m_pendingReset = ResetCause::Software;
    if (m_updateMode && m_updateMode->restart() != boot::Restart::No) {
        if (m_updateMode->restart() == boot::Restart::RomLoader) {
            m_board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_NONE); // followed
            stop();
            startRomLoader(ResetCause::Software);
            return;
        }
        m_pendingReset = ResetCause::Software;
    }
    if (m_pendingReset) leaveBus();
}

/// LEAVE jumps without a reset (REF 7.2): the flash is started whatever BOOT0 says, the cause of
/// the last reset stays. Vectors that make no sense are answered with a reset.
void VirtualDevice::leaveRomLoader()
{
    const std::optional<std::uint32_t> address = m_rom->exit()->vectors;
    const std::optional<Vectors> vectors = address ? vectorsAt(m_flash, *address) : std::nullopt;
    stop();
    if (!vectors || !arePlausible(*vectors, m_map)) {
        m_pendingReset = ResetCause::Software;
    } else if (surviveRomJump(*vectors) && *address == m_map.bootloader.address) {
        startFlash();
    } else {
        m_mode = Mode::LockedUp;
    }
}

boot::ControlHandler* VirtualDevice::handler()
{
    if (m_rom && m_rom->isRunning()) return &*m_rom;
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
    if (m_rom && !m_rom->isRunning()) return {Kind::Silent, 0};
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
