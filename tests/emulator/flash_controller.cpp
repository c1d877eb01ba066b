#include "emulator/flash_controller.h"

#include "emulator/hex.h"
#include "emulator/register_table.h"

#include <algorithm>

namespace emulator {

using boot::FlashResult;
using boot::ReadResult;
using contract::flashWordBytes;
using virtual_h755::Cell;
using virtual_h755::FlashOperation;
using virtual_h755::RuleViolation;
using Kind = FlashOperation::Kind;

namespace {

constexpr std::uint32_t stride = "FLASH_BANK_STRIDE"_reg;
constexpr std::uint32_t none = 0;
constexpr std::uint32_t allBits = 0xFFFF'FFFF;
constexpr std::uint32_t controlBits = 0x1FEF'87FF;
constexpr std::uint32_t optionWord = 0x1386'00F0; // RM0399 table 20 without RDP and BCM4

std::vector<Register> registersOf()
{
    std::vector<Register> registers{
        {"FLASH_ACR", "FLASH_ACR"_reg, 0x37, 0x3F},
        {"FLASH_OPTKEYR", "FLASH_OPTKEYR"_reg},
        {"FLASH_OPTCR", "FLASH_OPTCR"_reg, "FLASH_OPTCR_OPTLOCK"_reg},
        {"FLASH_OPTSR_CUR", "FLASH_OPTSR_CUR"_reg, 0, none, allBits},
        {"FLASH_OPTSR_PRG", "FLASH_OPTSR_PRG"_reg},
        {"FLASH_OPTCCR", "FLASH_OPTCCR"_reg},
        {"FLASH_BOOT7_CUR", "FLASH_BOOT7_CUR"_reg, 0x1FF0'0800, none, allBits},
        {"FLASH_BOOT7_PRG", "FLASH_BOOT7_PRG"_reg, 0x1FF0'0800},
        {"FLASH_BOOT4_CUR", "FLASH_BOOT4_CUR"_reg, 0x1000'0810, none, allBits},
        {"FLASH_BOOT4_PRG", "FLASH_BOOT4_PRG"_reg, 0x1000'0810},
    };
    for (std::uint32_t offset = 0; offset <= stride; offset += stride) {
        registers.insert(registers.end(),
                         {{"FLASH_KEYR", "FLASH_KEYR1"_reg + offset},
                          {"FLASH_CR", "FLASH_CR1"_reg + offset, 0x31, controlBits},
                          {"FLASH_SR", "FLASH_SR1"_reg + offset, 0, none, 0x1FEF'000F},
                          {"FLASH_CCR", "FLASH_CCR1"_reg + offset, 0, "FLASH_CCR_CLR_ALL"_reg},
                          {"FLASH_PRAR_CUR", "FLASH_PRAR_CUR1"_reg + offset, 0xFF, none, allBits},
                          {"FLASH_SCAR_CUR", "FLASH_SCAR_CUR1"_reg + offset, 0xFF, none, allBits},
                          {"FLASH_WPSN_CUR", "FLASH_WPSN_CUR1"_reg + offset, 0xFF, none, allBits},
                          {"FLASH_ECC_FA", "FLASH_ECC_FA1"_reg + offset, 0, none, 0x7FFF}});
    }
    return registers;
}

std::uint8_t bankOfRegister(std::uint32_t address)
{
    return address >= FlashController::base + stride ? 1 : 0;
}

/// The register of bank 1 that this one corresponds to.
std::uint32_t inBank1(std::uint32_t address)
{
    return bankOfRegister(address) == 1 ? address - stride : address;
}

} // namespace

FlashController::FlashController(virtual_h755::FlashModel& model,
                                 std::function<bool(std::uint8_t)> isGuarded)
    : RegisterFile(base, registersOf()), m_model(model), m_isGuarded(std::move(isGuarded)),
      m_window(model.map().totalBytes())
{
}

void FlashController::reset()
{
    RegisterFile::reset();
    m_banks = {};
    refresh(m_model.map().baseAddress, m_model.map().totalBytes());
}

std::uint32_t FlashController::control(std::uint8_t bank) const
{
    return at("FLASH_CR1"_reg + bank * stride);
}

void FlashController::refresh(std::uint32_t address, std::uint32_t bytes)
{
    const auto contents = m_model.peek(address, bytes);
    std::copy(contents.begin(), contents.end(),
              m_window.begin() + (address - m_model.map().baseAddress));
}

/// Takes over what the array has finished meanwhile.
void FlashController::update(std::uint8_t number)
{
    Bank& bank = m_banks[number];
    if (!bank.isBusy) return;
    const FlashResult result = m_model.poll(number);
    if (result == FlashResult::Busy) return;
    bank.isBusy = false;
    bank.flags |= "FLASH_SR_EOP"_reg;
    if (result == FlashResult::Failed) bank.flags |= "FLASH_SR_OPERR"_reg;
    if (result == FlashResult::WriteProtected) bank.flags |= "FLASH_SR_WRPERR"_reg;
    const FlashOperation operation = *bank.operation;
    refresh(operation.address,
            operation.kind == Kind::Erase ? m_model.map().sectorBytes : flashWordBytes);
}

std::uint32_t FlashController::statusOf(std::uint8_t number)
{
    update(number);
    const Bank& bank = m_banks[number];
    std::uint32_t status = bank.flags;
    if (bank.bufferAddress) status |= "FLASH_SR_WBNE"_reg;
    if (bank.isBusy) {
        status |= "FLASH_SR_QW"_reg | "FLASH_SR_BSY"_reg;
        ++m_busyPolls;
        if (!m_isGuarded(number)) ++m_unguardedBusyPolls;
    }
    return status;
}

std::uint32_t FlashController::optionStatus() const
{
    const contract::OptionBytes& bytes = m_model.optionBytes();
    return optionWord | "FLASH_OPTSR_BCM7"_reg |
           static_cast<std::uint32_t>(bytes.readProtection) << 8 |
           (bytes.bootCm4 != 0 ? "FLASH_OPTSR_BCM4"_reg : 0);
}

std::uint32_t FlashController::load(std::uint32_t address, std::uint32_t stored)
{
    const std::uint8_t bank = bankOfRegister(address);
    switch (inBank1(address)) {
    case "FLASH_SR1"_reg: return statusOf(bank);
    case "FLASH_ECC_FA1"_reg: return m_banks[bank].eccAddress;
    case "FLASH_OPTSR_CUR"_reg: return optionStatus();
    case "FLASH_WPSN_CUR1"_reg:
        return bank == 0 ? m_model.optionBytes().writeProtectionBank1
                         : m_model.optionBytes().writeProtectionBank2;
    case "FLASH_KEYR1"_reg:
    case "FLASH_OPTKEYR"_reg:
    case "FLASH_CCR1"_reg: refuse(find(address), "read, but it is write-only", 0);
    default: return stored;
    }
}

void FlashController::store(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    const std::uint8_t bank = bankOfRegister(address);
    const std::uint32_t which = inBank1(address);
    if (which != "FLASH_KEYR1"_reg && which != "FLASH_ACR"_reg &&
        m_banks[bank].key == Key::HalfOpen)
        throw IllegalAccess("another register of the bank written between its two keys");
    switch (which) {
    case "FLASH_KEYR1"_reg: storeKey(bank, written); break;
    case "FLASH_CR1"_reg: storeControl(bank, before, written); break;
    case "FLASH_CCR1"_reg:
        m_banks[bank].flags &= ~written;
        if ((written & ("FLASH_SR_SNECCERR"_reg | "FLASH_SR_DBECCERR"_reg)) != 0)
            m_banks[bank].eccAddress = 0;
        at(address) = 0;
        break;
    case "FLASH_ACR"_reg:
        if (m_latencyChanged) m_latencyChanged();
        break;
    case "FLASH_OPTKEYR"_reg:
    case "FLASH_OPTCR"_reg:
    case "FLASH_OPTSR_PRG"_reg:
    case "FLASH_OPTCCR"_reg:
    case "FLASH_BOOT7_PRG"_reg:
    case "FLASH_BOOT4_PRG"_reg:
        refuse(find(address), "the firmware never touches option bytes", written);
    default: break;
    }
}

/// A wrong key, a third one or any key to an open register locks it until the next reset, with a
/// bus error (RM0399 4.5.1).
void FlashController::storeKey(std::uint8_t number, std::uint32_t written)
{
    Bank& bank = m_banks[number];
    const bool isRight = (bank.key == Key::Locked && written == "FLASH_KEY1"_reg) ||
                         (bank.key == Key::HalfOpen && written == "FLASH_KEY2"_reg);
    if (!isRight) {
        const char* const why =
            bank.key == Key::Open ? "unlocked although it is unlocked" : "wrong key";
        bank.key = Key::LockedForGood;
        at("FLASH_CR1"_reg + number * stride) |= "FLASH_CR_LOCK"_reg;
        refuse(find("FLASH_KEYR1"_reg + number * stride), why, written);
    }
    bank.key = bank.key == Key::Locked ? Key::HalfOpen : Key::Open;
    if (bank.key == Key::Open) at("FLASH_CR1"_reg + number * stride) &= ~"FLASH_CR_LOCK"_reg;
}

void FlashController::storeControl(std::uint8_t number, std::uint32_t before, std::uint32_t written)
{
    Bank& bank = m_banks[number];
    std::uint32_t& stored = at("FLASH_CR1"_reg + number * stride);
    const Register& which = find("FLASH_CR1"_reg + number * stride);
    if ((before & "FLASH_CR_LOCK"_reg) != 0) {
        stored = before;
        if (((written ^ before) & controlBits) != 0)
            refuse(which, "written while it is locked", written);
        return;
    }
    update(number);
    if (bank.isBusy && ((written ^ before) & "FLASH_CR_PSIZE"_reg) != 0)
        refuse(which, "PSIZE changed while an operation runs", written);
    if ((written & ("FLASH_CR_BER"_reg | "FLASH_CR_FW"_reg | "FLASH_CR_CRC_EN"_reg)) != 0)
        refuse(which, "BER, FW and CRC are not for this product", written);
    if ((written & "FLASH_CR_LOCK"_reg) != 0) bank.key = Key::Locked;
    stored &= ~"FLASH_CR_START"_reg;
    if ((written & "FLASH_CR_START"_reg) != 0) startErase(number);
}

void FlashController::startErase(std::uint8_t number)
{
    Bank& bank = m_banks[number];
    const std::uint32_t bits = control(number);
    const Register& which = find("FLASH_CR1"_reg + number * stride);
    if ((bits & "FLASH_CR_SER"_reg) == 0) refuse(which, "START without SER", bits);
    if ((bits & "FLASH_CR_PSIZE"_reg) != "FLASH_CR_PSIZE_X64"_reg)
        refuse(which, "erase with another PSIZE than x64", bits);
    if ((bits & "FLASH_CR_LOCK"_reg) != 0) refuse(which, "START and LOCK at once", bits);
    const contract::Sector sector{number,
                                  static_cast<std::uint8_t>((bits & "FLASH_CR_SNB"_reg) >> 8)};
    bank.operation = FlashOperation{Kind::Erase, m_model.map().addressOf(sector), {}};
    bank.isBusy = true;
    m_model.startErase(sector);
}

void FlashController::stores(std::uint32_t address, std::uint32_t value, std::uint32_t bytes)
{
    const std::uint8_t number = m_model.map().bankOf(address);
    Bank& bank = m_banks[number];
    update(number);
    const bool isOpen =
        (control(number) & ("FLASH_CR_LOCK"_reg | "FLASH_CR_PG"_reg)) == "FLASH_CR_PG"_reg;
    const bool isBlocked = (bank.flags & ("FLASH_SR_PGSERR"_reg | "FLASH_SR_INCERR"_reg)) != 0;
    if (!isOpen || isBlocked) {
        bank.flags |= "FLASH_SR_PGSERR"_reg;
        return;
    }
    const std::uint32_t word = address & ~(flashWordBytes - 1);
    if (bank.bufferAddress && *bank.bufferAddress != word) {
        bank.flags |= "FLASH_SR_INCERR"_reg;
        bank.bufferAddress.reset();
        bank.bufferMask = 0;
        return;
    }
    bank.bufferAddress = word;
    fill(bank, address, value, bytes);
    if (bank.bufferMask == allBits) startProgram(number);
}

void FlashController::fill(Bank& bank, std::uint32_t address, std::uint32_t value,
                           std::uint32_t bytes)
{
    for (std::uint32_t i = 0; i < bytes; ++i) {
        const std::uint32_t at = (address + i) % flashWordBytes;
        if ((bank.bufferMask >> at & 1) != 0) bank.flags |= "FLASH_SR_STRBERR"_reg;
        bank.bufferMask |= 1U << at;
        bank.buffer[at] = static_cast<std::uint8_t>(value >> 8 * i);
    }
}

void FlashController::startProgram(std::uint8_t number)
{
    Bank& bank = m_banks[number];
    const std::uint32_t bits = control(number);
    if ((bits & "FLASH_CR_PSIZE"_reg) != "FLASH_CR_PSIZE_X64"_reg)
        refuse(find("FLASH_CR1"_reg + number * stride), "programs with another PSIZE than x64",
               bits);
    const std::uint32_t address = *bank.bufferAddress;
    bank.bufferAddress.reset();
    bank.bufferMask = 0;
    bank.operation = FlashOperation{Kind::Program, address, bank.buffer};
    bank.isBusy = true;
    m_model.startProgram(address, bank.buffer);
}

void FlashController::requireIdle(std::uint32_t address, const char* what)
{
    const std::uint8_t number = m_model.map().bankOf(address);
    if (!m_banks[number].isBusy) return;
    update(number);
    if (!m_banks[number].isBusy) return;
    throw RuleViolation(std::string(what) + " a busy bank at " + hex(address) +
                        (m_isGuarded(number) ? ", which the MPU forbids" : ", unguarded") +
                        " (R11)");
}

bool FlashController::loads(std::uint32_t address, std::uint32_t bytes)
{
    m_model.checkPower();
    requireIdle(address, "load from");
    const std::uint32_t first = address & ~(flashWordBytes - 1);
    const std::uint32_t last = (address + bytes - 1) & ~(flashWordBytes - 1);
    const bool isReadable = examine(first);
    return (last == first || examine(last)) && isReadable;
}

/// A clean word needs nothing: the window has it. Others may read differently each time.
bool FlashController::examine(std::uint32_t word)
{
    const Cell cell = m_model.cellAt(word);
    if (cell == Cell::Programmed || cell == Cell::Erased || cell == Cell::WeakBlank) return true;
    const std::uint8_t bank = m_model.map().bankOf(word);
    const std::span<std::uint8_t> place{&m_window[word - m_model.map().baseAddress],
                                        flashWordBytes};
    const bool isBad = m_model.read(word, place) == ReadResult::Bad;
    if (isBad) latch(bank, "FLASH_SR_DBECCERR"_reg, word);
    if (cell == Cell::OneBit) latch(bank, "FLASH_SR_SNECCERR"_reg, word);
    return !isBad;
}

/// The address of the first failing word stays until the flags are cleared.
void FlashController::latch(std::uint8_t number, std::uint32_t flag, std::uint32_t word)
{
    Bank& bank = m_banks[number];
    constexpr std::uint32_t eccFlags = "FLASH_SR_SNECCERR"_reg | "FLASH_SR_DBECCERR"_reg;
    if ((bank.flags & eccFlags) == 0)
        bank.eccAddress =
            (word - m_model.map().baseAddress) % m_model.map().bankBytes() / flashWordBytes;
    bank.flags |= flag;
}

bool FlashController::fetches(std::uint32_t address, std::uint32_t bytes)
{
    m_model.checkPower();
    requireIdle(address, "instruction fetch from");
    const std::uint32_t end = address + std::max(bytes, 1U);
    for (std::uint32_t word = address & ~(flashWordBytes - 1); word < end; word += flashWordBytes) {
        if (!examine(word)) return false;
    }
    return true;
}

void FlashController::checkWaitStates(std::uint32_t axiMegahertz, unsigned voltageScale) const
{
    struct Row {
        std::uint32_t latency;
        std::uint32_t delay;
        std::array<std::uint32_t, 3> limits; ///< megahertz at VOS1, VOS2, VOS3
    };
    constexpr std::array<Row, 6> table{{{0, 0, {70, 55, 45}},
                                        {1, 1, {140, 110, 90}},
                                        {2, 1, {185, 165, 135}},
                                        {2, 2, {210, 165, 135}},
                                        {3, 2, {225, 225, 180}},
                                        {4, 2, {225, 225, 225}}}};
    const std::uint32_t latency = at("FLASH_ACR"_reg) & "FLASH_ACR_LATENCY"_reg;
    const std::uint32_t delay = (at("FLASH_ACR"_reg) & "FLASH_ACR_WRHIGHFREQ"_reg) >> 4;
    const bool isEnough = std::any_of(table.begin(), table.end(), [&](const Row& row) {
        return row.latency <= latency && row.delay <= delay &&
               axiMegahertz <= row.limits.at(voltageScale - 1);
    });
    if (!isEnough)
        throw IllegalAccess("FLASH_ACR " + hex(at("FLASH_ACR"_reg)) +
                            " has too few wait states for " + std::to_string(axiMegahertz) +
                            " MHz at VOS" + std::to_string(voltageScale));
}

} // namespace emulator
