#include "virtual/bench_place.h"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace virtual_h755 {

namespace {

std::string_view nameOf(Mode mode)
{
    switch (mode) {
    case Mode::Off: return "off";
    case Mode::Bootloader: return "bootloader";
    case Mode::Application: return "application";
    case Mode::RomLoader: return "rom";
    case Mode::LockedUp: return "locked-up";
    }
    return "?";
}

/// As the USB serial number shows it.
std::string idText(const contract::UniqueId& id)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : id)
        text += {digits[byte >> 4], digits[byte & 0xF]};
    return text;
}

} // namespace

BenchPlace::BenchPlace(const contract::FlashMap& map, const boot::Identity& identity,
                       const HostPace& pace, const MakeDevice& make, const DeviceOptions& options,
                       std::filesystem::path statePath)
    : m_pace(pace), m_device(make(map, identity, m_clock, options)),
      m_statePath(std::move(statePath))
{
    loadState();
    m_clock.sleepUs(m_pace.nowUs());
}

void BenchPlace::loadState()
{
    if (m_statePath.empty() || !std::filesystem::exists(m_statePath)) return;
    BoardState state(m_device->flash().map());
    const std::string problem = virtual_h755::loadState(m_statePath, state);
    if (!problem.empty()) throw std::runtime_error(problem);
    m_device->flash().restore(state.flash);
    m_device->backupRegisters() = state.backup;
    m_hasPast = true;
}

std::string BenchPlace::save()
{
    if (m_statePath.empty()) return {};
    BoardState state(m_device->flash().map());
    state.flash = m_device->flash().contentsIfCutNow(Tear::TornBad, Tear::TornBad);
    state.backup = m_device->backupRegisters();
    return saveState(m_statePath, state);
}

void BenchPlace::advance()
{
    const std::uint64_t nowUs = m_pace.nowUs();
    if (m_returnUs && nowUs >= *m_returnUs) {
        m_returnUs.reset();
        powerOn();
        plug();
    }
    catchUp(nowUs);

    const bool isPowered = m_device->mode() != Mode::Off;
    if (m_wasPowered && !isPowered) {
        scheduleReturn();
        if (const std::string problem = save(); !problem.empty()) {
            std::fprintf(stderr, "virtual-h755: %s\n", problem.c_str());
        }
    }
    m_wasPowered = isPowered;
}

/// A board that is slower than the host's clock must not keep the bench busy with catching up.
void BenchPlace::catchUp(std::uint64_t hostUs)
{
    const std::uint64_t dueUs = hostUs - m_missedUs;
    if (m_clock.nowUs() >= dueUs) return;
    const std::uint64_t lagUs = dueUs - m_clock.nowUs();
    const std::uint64_t longestUs = m_isHanging ? 0 : m_device->options().longestLagUs;
    const std::uint64_t stepUs = std::min(lagUs, longestUs);
    m_missedUs += lagUs - stepUs;
    m_device->run(stepUs);
}

ControlOutcome BenchPlace::control(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    advance();
    using Kind = ControlOutcome::Kind;
    if (m_isHanging) return {m_device->isAttached() ? Kind::Silent : Kind::Detached, 0};
    ControlOutcome outcome = m_device->control(packet, data);
    const WireTiming& wire = m_device->options().wireTiming;
    if (wire.transferUs != 0) m_pace.catchUpWith(m_clock.nowUs() + m_missedUs);
    // The ROM loader does its work within a transfer.
    if (m_device->mode() == Mode::RomLoader) outcome.lateUs = aheadUs();
    checkAccidents();
    return outcome;
}

std::uint64_t BenchPlace::aheadUs() const
{
    const std::uint64_t deviceUs = m_clock.nowUs() + m_missedUs;
    const std::uint64_t hostUs = m_pace.nowUs();
    return deviceUs > hostUs ? deviceUs - hostUs : 0;
}

void BenchPlace::busReset()
{
    advance();
    if (!m_isHanging) m_device->busReset();
}

void BenchPlace::checkAccidents()
{
    const DownloadCounters& downloads = m_device->downloads();
    const auto isDue = [](std::uint64_t& trigger, std::uint64_t count) {
        const bool due = trigger != 0 && count >= trigger;
        if (due) trigger = 0;
        return due;
    };
    const bool byBytes = isDue(m_accidents.unplugAtBytes, downloads.bytes);
    const bool byBlock = isDue(m_accidents.unplugAtBlock, downloads.blocks);
    if (byBytes || byBlock) unplug();
    if (isDue(m_accidents.hangAtBlock, downloads.blocks)) m_isHanging = true;
}

void BenchPlace::unplug()
{
    if (!m_device->isPlugged()) return;
    m_device->unplug();
    scheduleReturn();
}

void BenchPlace::cutPower(Tear tear)
{
    advance();
    m_isHanging = false;
    m_device->powerOff(tear);
}

void BenchPlace::reset()
{
    m_isHanging = false;
    m_device->reset(contract::ResetCause::Pin);
}

void BenchPlace::powerOn(contract::ResetCause cause)
{
    m_device->powerOn(cause);
    m_wasPowered = true;
}

void BenchPlace::cutAtOperation(std::uint64_t fromNow, Tear tear)
{
    m_cutAt = m_device->flash().operations() + fromNow;
    m_device->flash().cutPowerAt(m_cutAt, tear);
}

void BenchPlace::disarm()
{
    m_accidents = {};
    m_cutAt = 0;
    m_device->flash().neverCutPower();
}

std::string BenchPlace::rotSector(std::uint64_t address)
{
    FlashModel& flash = m_device->flash();
    const contract::FlashMap& map = flash.map();
    const std::uint64_t end = std::uint64_t{map.baseAddress} + map.totalBytes();
    if (address < map.baseAddress || address >= end) return "no address of the flash";
    if (m_device->mode() != Mode::Off) return "the power is on";
    const auto inside = static_cast<std::uint32_t>(address - map.baseAddress) % map.sectorBytes;
    const auto first = static_cast<std::uint32_t>(address) - inside;
    for (std::uint32_t at = first; at < first + map.sectorBytes; at += contract::flashWordBytes) {
        if (flash.cellAt(at) != Cell::Erased) flash.damage(at, Cell::Bad);
    }
    return {};
}

void BenchPlace::scheduleReturn()
{
    if (!m_accidents.replugAfterMs) return;
    m_returnUs = m_pace.nowUs() + std::uint64_t{*m_accidents.replugAfterMs} * 1000;
}

bool BenchPlace::isArmed() const
{
    return m_accidents.unplugAtBytes != 0 || m_accidents.unplugAtBlock != 0 ||
           m_accidents.hangAtBlock != 0 || m_cutAt > m_device->flash().operations();
}

std::string BenchPlace::status()
{
    const auto yesNo = [](bool value) { return value ? "yes" : "no"; };
    const DownloadCounters& downloads = m_device->downloads();
    std::ostringstream line;
    line << "id=" << idText(m_device->mutableFacts().uniqueId)
         << " mode=" << nameOf(m_device->mode()) << " plugged=" << yesNo(m_device->isPlugged())
         << " attached=" << yesNo(m_device->isAttached())
         << " generation=" << m_device->generation() << " download-bytes=" << downloads.bytes
         << " download-blocks=" << downloads.blocks
         << " flash-operations=" << m_device->flash().operations() << " armed=" << yesNo(isArmed())
         << " hanging=" << yesNo(m_isHanging) << " m4=" << yesNo(m_device->isM4Running())
         << " supply-locked=" << yesNo(m_device->isSupplyLocked());
    return line.str();
}

} // namespace virtual_h755
