#include "emulator/chip.h"

#include "emulator/hex.h"
#include "emulator/register_table.h"

#include <algorithm>

namespace emulator {

using contract::ResetCause;
using virtual_h755::Mode;

namespace {

constexpr std::uint32_t kib = 1024;
constexpr std::uint32_t flashBase = 0x0800'0000;
constexpr std::uint32_t systemFlashBase = 0x1FF0'0000;
constexpr std::uint32_t systemFlashBytes = 128 * kib; ///< bank 1's
constexpr std::uint32_t gpioRegisterBytes = 0x400;
constexpr std::uint64_t m7SliceUs = 1000;
constexpr std::uint64_t dualSliceUs = 100; ///< while the M4 runs as well
constexpr std::uint64_t watchedSliceUs = 10;

void store32(std::span<std::uint8_t> memory, std::uint32_t offset, std::uint32_t value)
{
    for (unsigned i = 0; i < 4; ++i)
        memory[offset + i] = static_cast<std::uint8_t>(value >> 8 * i);
}

} // namespace

Chip::Chip(virtual_h755::Clock& clock, const BoardInputs& board)
    : m_clock(clock), m_board(board), m_power(clock, [this] { checkOperatingPoint(); }),
      m_clocks(clock,
               {[this] { return m_power.isSupplyReady() ? m_power.voltageScale() : 0; },
                [this] {
                    checkOperatingPoint();
                    m_m7->stopSoon();
                },
                [this](std::uint32_t which, std::uint32_t bits) { resetPeripherals(which, bits); },
                [this] {
                    m_isM4Released = true;
                    m_m7->stopSoon();
                }}),
      m_flash(board.flash,
              [this](std::uint8_t bank) {
                  if (m_mode != Mode::Bootloader) return true; // an application's own business
                  const contract::FlashMap& map = m_board.flash.map();
                  const std::uint32_t first = map.baseAddress + bank * map.bankBytes();
                  return m_m7->system().deniesAccess(first) &&
                         m_m7->system().deniesAccess(first + map.bankBytes() - 4);
              }),
      m_watchdog(clock), m_backup(board.backup, m_power),
      m_identity(chipIdentity(board.facts.siliconRevision)),
      m_usb(clock, [this] { return isUsbFed(); }), m_itcm(64 * kib), m_dtcm(128 * kib),
      m_axiRam(512 * kib), m_d2Ram(288 * kib), m_d3Ram(64 * kib), m_systemFlash(systemFlashBytes)
{
    for (unsigned number = 0; number < Port::count; ++number)
        m_ports.emplace_back(number, [this, number] { return inputsOf(number); });
    m_flash.onLatency([this] { checkOperatingPoint(); });
    addPeripherals();
}

Chip::Clocked Chip::enabledBy(std::uint32_t enableRegister, std::uint32_t bit) const
{
    return [this, enableRegister, bit] {
        return m_clocks.isEnabled(CoreModel::CortexM7, enableRegister, bit);
    };
}

void Chip::addPlace(std::uint32_t address, std::uint32_t bytes, Peripheral& inner, const char* name,
                    Clocked isClocked)
{
    m_places.push_back(
        {address, bytes, &m_clocked.emplace_back(inner, name, std::move(isClocked))});
}

void Chip::addPeripherals()
{
    const Clocked always = [] { return true; };
    addPlace(PowerControl::base, 0x400, m_power, "PWR", always);
    addPlace(ClockControl::base, 0x400, m_clocks, "RCC", always);
    addPlace(FlashController::base, 0x400, m_flash, "FLASH", always);
    addPlace(Watchdog::base, 0x400, m_watchdog, "IWDG1", always);
    addPlace(0x5C00'1000, 0x400, m_identity, "DBGMCU", always);
    addPlace(BackupDomain::base, 0x400, m_backup, "RTC",
             enabledBy("RCC_APB4ENR"_reg, "RCC_APB4ENR_RTCAPBEN"_reg));
    addPlace(0x5800'0400, 0x400, m_systemConfiguration, "SYSCFG",
             enabledBy("RCC_APB4ENR"_reg, "RCC_APB4ENR_SYSCFGEN"_reg));
    addPlace(0x4000'8400, 0x400, m_clockRecovery, "CRS",
             enabledBy("RCC_APB1HENR"_reg, "RCC_APB1HENR_CRSEN"_reg));
    addPlace(0x4008'0000, 0x2000, m_usb, "OTG_FS",
             enabledBy("RCC_AHB1ENR"_reg, "RCC_AHB1ENR_USB2OTGFSEN"_reg));
    for (unsigned number = 0; number < Port::count; ++number)
        addPlace(Port::firstBase + number * Port::stride, gpioRegisterBytes, m_ports[number],
                 "GPIO", enabledBy("RCC_AHB4ENR"_reg, 1U << number));
    m_m4Clocked.emplace_back(m_backup, "RTC (M4)", [this] {
        return m_clocks.isEnabled(CoreModel::CortexM4, "RCC_APB4ENR"_reg,
                                  "RCC_APB4ENR_RTCAPBEN"_reg);
    });
}

bool Chip::isUsbFed() const
{
    constexpr unsigned alternate = 2;
    constexpr unsigned usbFunction = 10;
    const auto isConnected = [this](unsigned pin) {
        return m_ports[0].isMode(pin, alternate) &&
               m_ports[0].alternateFunction(pin) == usbFunction;
    };
    return m_clocks.isOn("RCC_CR"_reg, "RCC_CR_HSI48ON"_reg) &&
           m_clocks.isOn("RCC_D2CCIP2R"_reg, "RCC_D2CCIP2R_USBSEL"_reg) &&
           m_clocks.isOn("RCC_AHB1ENR"_reg, "RCC_AHB1ENR_USB2OTGFSEN"_reg) &&
           m_power.isUsbSupplied() && isConnected(11) && isConnected(12);
}

/// NUCLEO-H755ZI-Q: the button on PC13, VBUS on PA9, both active high.
std::uint32_t Chip::inputsOf(unsigned port) const
{
    constexpr unsigned portA = 0;
    constexpr unsigned portC = 2;
    if (port == portC && m_board.facts.isButtonHeld) return 1U << 13;
    if (port == portA && m_board.facts.hasBusPower) return 1U << 9;
    return 0;
}

void Chip::fillSystemFlash()
{
    constexpr std::uint32_t stackTop = 0x2000'4000;
    constexpr std::uint32_t romReset = 0x1FF0'9A01;
    std::fill(m_systemFlash.begin(), m_systemFlash.end(), 0xFF);
    store32(m_systemFlash, "ROM_VECTORS"_reg - systemFlashBase, stackTop);
    store32(m_systemFlash, "ROM_VECTORS"_reg + 4 - systemFlashBase, romReset);
    m_systemFlash["ROM_VERSION"_reg - systemFlashBase] = m_board.facts.romVersion;
    std::copy(m_board.facts.uniqueId.begin(), m_board.facts.uniqueId.end(),
              m_systemFlash.begin() + ("UID_BASE"_reg - systemFlashBase));
    store32(m_systemFlash, "FLASHSIZE_BASE"_reg - systemFlashBase, 0xFFFF'0000 | 2048);
}

void Chip::fillWithNoise(std::span<std::uint8_t> memory, std::uint64_t seed) const
{
    for (std::uint32_t offset = 0; offset < memory.size(); offset += 4)
        store32(memory, offset, static_cast<std::uint32_t>(virtual_h755::mix(seed, offset)));
}

void Chip::powerOn()
{
    ++m_powerOns;
    for (std::vector<std::uint8_t>* memory : {&m_itcm, &m_dtcm, &m_axiRam, &m_d2Ram, &m_d3Ram})
        fillWithNoise(*memory, m_powerOns);
    m_power.powerOn();
    reset(ResetCause::PowerOn);
}

void Chip::reset(ResetCause cause)
{
    m_pendingReset.reset();
    m_m4.reset();
    m_m7.reset();
    m_isM4Released = false;
    m_isM7Halted = false;
    m_shallForgetCode = false;
    m_instructionsToJump = 0;
    ++m_resets;
    m_board.flash.powerOn();
    m_power.reset();
    m_clocks.resetBy(cause);
    m_watchdog.reset();
    m_clockRecovery.reset();
    m_systemConfiguration.reset();
    m_usb.reset();
    for (Port& port : m_ports)
        port.reset();
    fillSystemFlash();
    startM7();
}

void Chip::startM7()
{
    Surroundings& surroundings = *this;
    m_m7.emplace(CoreModel::CortexM7, m_clock, surroundings);
    Engine& engine = m_m7->engine();
    m_flash.reset();
    engine.mapRam(0x0000'0000, m_itcm);
    engine.mapRam(0x2000'0000, m_dtcm);
    engine.mapRam(0x2400'0000, m_axiRam);
    engine.mapRam(0x3000'0000, m_d2Ram);
    engine.mapRam(0x3800'0000, m_d3Ram);
    engine.mapFlash(flashBase, m_flash.window());
    engine.mapFlash(systemFlashBase, m_systemFlash);
    for (const Place& place : m_places)
        engine.mapPeripheral(place.address, place.bytes, *place.peripheral);
    m_isWatchingStores = !m_power.isSupplyReady();
    if (m_isWatchingStores) {
        engine.watchStores([this](std::uint32_t address) {
            if (!m_power.isSupplyReady() && !m_power.isSupplyInvalid())
                throw IllegalAccess("RAM written before ACTVOSRDY: " + hex(address));
        });
    }
    enterMode(Mode::Bootloader);
    m_m7->remember(m_remembered);
    m_m7->start(flashBase);
}

void Chip::startM4()
{
    const std::uint32_t vectors =
        m_systemConfiguration.value("SYSCFG_UR3"_reg) & "SYSCFG_UR3_BCM4_ADD0"_reg;
    m_isM4Released = false;
    if (m_m4 || m_isM4Held) return;
    m_m4Clock = {};
    m_m4Clock.sleepUs(m_clock.nowUs());
    Surroundings& surroundings = *this;
    m_m4.emplace(CoreModel::CortexM4, m_m4Clock, surroundings);
    Engine& engine = m_m4->engine();
    engine.mapRam(0x1000'0000, m_d2Ram);
    engine.mapRam(0x2400'0000, m_axiRam);
    engine.mapRam(0x3000'0000, m_d2Ram);
    engine.mapRam(0x3800'0000, m_d3Ram);
    engine.mapFlash(flashBase, m_flash.window());
    engine.mapPeripheral(ClockControl::base, 0x400, m_m4Clocks);
    engine.mapPeripheral(PowerControl::base, 0x400, m_power);
    engine.mapPeripheral(BackupDomain::base, 0x400, m_m4Clocked.front());
    m_m4->start(vectors);
}

void Chip::enterMode(Mode mode)
{
    m_mode = mode;
    m_modeSinceUs = m_clock.nowUs();
}

/// Wait states and clocks against the voltage, whenever one of them changes (RM0399 table 16).
void Chip::checkOperatingPoint()
{
    const unsigned scale = m_power.voltageScale();
    m_flash.checkWaitStates(m_clocks.busMegahertz(), scale);
    m_clocks.checkLimits(scale);
}

void Chip::resetPeripherals(std::uint32_t resetRegister, std::uint32_t bits)
{
    switch (resetRegister) {
    case "RCC_AHB1RSTR"_reg:
        if ((bits & "RCC_AHB1RSTR_USB2OTGFSRST"_reg) != 0) m_usb.reset();
        break;
    case "RCC_APB1HRSTR"_reg:
        if ((bits & "RCC_APB1HRSTR_CRSRST"_reg) != 0) m_clockRecovery.reset();
        break;
    case "RCC_APB4RSTR"_reg:
        if ((bits & "RCC_APB4RSTR_SYSCFGRST"_reg) != 0) m_systemConfiguration.reset();
        break;
    case "RCC_AHB4RSTR"_reg:
        for (unsigned number = 0; number < Port::count; ++number) {
            if ((bits >> number & 1) != 0) m_ports[number].reset();
        }
        break;
    default: break;
    }
}

void Chip::run(std::uint64_t endUs)
{
    while (m_clock.nowUs() < endUs) {
        std::uint64_t sliceUs = m_m4 ? dualSliceUs : m7SliceUs;
        if (m_isWatchingStores) sliceUs = watchedSliceUs;
        std::uint64_t sliceEndUs = std::min(endUs, m_clock.nowUs() + sliceUs);
        if (const auto expiryUs = m_watchdog.expiryUs())
            sliceEndUs = std::clamp(*expiryUs, m_clock.nowUs() + 1, sliceEndUs);
        runSlice(sliceEndUs);
        const auto expiryUs = m_watchdog.expiryUs();
        if (expiryUs && m_clock.nowUs() >= *expiryUs) m_pendingReset = ResetCause::Watchdog;
        if (m_pendingReset) reset(*m_pendingReset);
    }
}

void Chip::runSlice(std::uint64_t endUs)
{
    if (m_isM7Halted || m_mode == Mode::RomLoader) {
        m_clock.sleepUs(endUs - m_clock.nowUs());
    } else {
        m_m7->runUntil(endUs);
    }
    if (m_isWatchingStores && (m_power.isSupplyReady() || m_power.isSupplyInvalid())) {
        m_m7->engine().endWatch();
        m_isWatchingStores = false;
    }
    if (m_shallForgetCode) {
        m_shallForgetCode = false;
        m_m7->remember(nullptr);
        m_m7->engine().forgetCode(0, static_cast<std::uint32_t>(m_itcm.size()));
    }
    if (m_pendingReset) return;
    if (m_isM4Released) startM4();
    if (m_m4) m_m4->runUntil(m_clock.nowUs());
}

bool Chip::loadsFromFlash(Core&, std::uint32_t address, std::uint32_t bytes)
{
    if (address < systemFlashBase) return m_flash.loads(address, bytes);
    return m_flash.loads(flashBase, bytes); // lies in bank 1 as well
}

void Chip::storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes)
{
    if (address >= systemFlashBase) throw IllegalAccess("store into system flash: " + hex(address));
    m_flash.stores(address, value, bytes);
}

bool Chip::isInSlot(contract::Core core, std::uint32_t address) const
{
    const contract::FlashMap& map = m_board.flash.map();
    return std::any_of(contract::slots.begin(), contract::slots.end(),
                       [&](contract::Slot slot) { return map.slot(core, slot).contains(address); });
}

bool Chip::fetches(Core& core, std::uint32_t address, std::uint32_t bytes)
{
    const bool isM7 = m_m7 && &core == &*m_m7;
    const bool isRom = address >= systemFlashBase && address < systemFlashBase + systemFlashBytes;
    if (isM7 && isRom && m_mode != Mode::RomLoader) {
        checkRomEntry(core);
        enterMode(Mode::RomLoader);
        core.stopSoon();
        return true;
    }
    const contract::FlashMap& map = m_board.flash.map();
    if (!contract::Region{map.baseAddress, map.totalBytes()}.contains(address)) return true;
    if (isM7 && m_mode == Mode::Bootloader && isInSlot(contract::Core::M7, address)) {
        m_instructionsToJump = core.engine().instructions();
        m_shallForgetCode = true;
        enterMode(Mode::Application);
        core.stopSoon();
    }
    return m_flash.fetches(address, bytes);
}

/// What the ROM needs of who jumps to it (AN2606; stm32h755.md 7.2).
void Chip::checkRomEntry(Core& core) const
{
    if (!m_clocks.isEnabled(CoreModel::CortexM7, "RCC_APB4ENR"_reg, "RCC_APB4ENR_SYSCFGEN"_reg))
        throw IllegalAccess("jump to the ROM without the clock of SYSCFG");
    if (core.engine().get(CoreRegister::PriMask) != 0)
        throw IllegalAccess("jump to the ROM with interrupts off");
}

std::uint32_t Chip::megahertz(const Core& core) const
{
    const bool isM7 = !m_m7 || &core == &*m_m7;
    return isM7 ? m_clocks.coreMegahertz() : m_clocks.busMegahertz();
}

void Chip::requestReset(Core& core)
{
    m_pendingReset = ResetCause::Software;
    core.stopSoon();
}

void Chip::misbehaves(const Core& core, const std::string& what)
{
    const bool isBootloader = m_m7 && &core == &*m_m7 && m_mode == Mode::Bootloader;
    if (isBootloader) throw IllegalAccess("the bootloader " + what);
}

std::uint32_t Chip::stackBytesUsed() const
{
    constexpr std::uint32_t stackBytes = 32 * kib;
    constexpr std::array<std::uint8_t, 4> pattern{0xC3, 0x5A, 0xC3, 0x5A};
    std::uint32_t untouched = 0;
    while (untouched < stackBytes &&
           std::equal(pattern.begin(), pattern.end(), m_dtcm.begin() + untouched))
        untouched += 4;
    return stackBytes - untouched;
}

} // namespace emulator
