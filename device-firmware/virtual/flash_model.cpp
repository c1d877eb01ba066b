#include "virtual/flash_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace virtual_h755 {

using boot::FlashResult;
using boot::ReadResult;
using contract::flashWordBytes;
using Kind = FlashOperation::Kind;

namespace {

[[noreturn]] void violate(const char* rule, std::uint32_t address)
{
    std::array<char, 16> place{};
    std::snprintf(place.data(), place.size(), " at 0x%08x", static_cast<unsigned>(address));
    throw RuleViolation(std::string(rule) + place.data());
}

bool isBlank(contract::ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0xFF; });
}

} // namespace

FlashTiming FlashTiming::atSpeed(double speed)
{
    if (speed <= 0) return instant();
    const auto scaled = [&](std::uint64_t us) {
        return static_cast<std::uint64_t>(std::llround(static_cast<double>(us) / speed));
    };
    return {scaled(datasheet().programUs), scaled(datasheet().eraseUs), true};
}

FlashModel::FlashModel(const contract::FlashMap& map, Clock& clock, FlashTiming timing)
    : m_map(map), m_clock(clock), m_timing(timing), m_contents(map),
      m_erasedThisCycle(2 * std::size_t{map.sectorsPerBank}, false)
{
}

void FlashModel::powerOn()
{
    settle();
    tearRunning(m_contents, Tear::TornBad, Tear::TornBad);
    m_banks = {};
    m_erasedThisCycle.assign(m_erasedThisCycle.size(), false);
    m_correctedErrors = 0;
    m_isPowered = true;
}

void FlashModel::cutPower(Tear tear, Tear otherTear)
{
    settle();
    tearRunning(m_contents, tear, otherTear);
    m_banks = {};
    m_isPowered = false;
}

void FlashModel::cutPowerAt(std::uint64_t operation, Tear tear, Tear otherTear)
{
    m_cutAt = operation;
    m_cutTear = tear;
    m_cutOtherTear = otherTear;
}

void FlashModel::checkPower() const
{
    if (!m_isPowered) throw PowerLoss{};
}

void FlashModel::failIn(const contract::Region& region, std::uint32_t times)
{
    m_failures.push_back({region, times});
}

ReadResult FlashModel::read(std::uint32_t address, contract::ByteSpan out)
{
    checkPower();
    if (out.empty()) return ReadResult::Ok;
    const auto bytes = static_cast<std::uint32_t>(out.size());
    requireInside(address, bytes);
    const std::uint8_t bank = m_map.bankOf(address);
    if (m_map.bankOf(address + bytes - 1) != bank) violate("read across both banks", address);
    requireIdle(bank, "read of a busy bank");

    bool isBad = false;
    std::array<std::uint8_t, flashWordBytes> word{};
    for (std::uint32_t done = 0; done < bytes;) {
        const std::uint32_t skip = (address + done) % flashWordBytes;
        const std::uint32_t count = std::min(flashWordBytes - skip, bytes - done);
        isBad |= readWord(wordAt(address + done), word) == ReadResult::Bad;
        std::copy_n(word.begin() + skip, count, out.begin() + done);
        done += count;
    }
    if (isBad) return ReadResult::Bad;
    return isBlank(out) ? ReadResult::Blank : ReadResult::Ok;
}

void FlashModel::readPlainly(std::uint32_t address, contract::ByteSpan out)
{
    if (read(address, out) == ReadResult::Bad) violate("plain read of an unreadable word", address);
}

void FlashModel::fetch(const contract::Region& code)
{
    checkPower();
    requireInside(code.address, code.bytes);
    if (code.bytes == 0) return;
    requireIdle(m_map.bankOf(code.address), "fetch from a busy bank");
    for (std::size_t word = wordAt(code.address); word <= wordAt(code.end() - 1); ++word) {
        const Cell cell = m_contents.cells[word];
        if (cell == Cell::Bad || cell == Cell::Flaky)
            violate("fetch of an unreadable word", addressOf(word));
    }
}

/// A Bad word's bytes are meaningless: the chip answers a bus error.
ReadResult FlashModel::readWord(std::size_t word, contract::ByteSpan out)
{
    std::copy_n(m_contents.bytes.begin() + static_cast<std::ptrdiff_t>(word * flashWordBytes),
                flashWordBytes, out.begin());
    switch (m_contents.cells[word]) {
    case Cell::OneBit: ++m_correctedErrors; return ReadResult::Ok;
    case Cell::Bad: std::fill(out.begin(), out.end(), 0xA5); return ReadResult::Bad;
    case Cell::Flaky: {
        const std::uint64_t choice = mix(m_seed ^ word, ++m_reads) % 3;
        if (choice != 0) std::fill(out.begin(), out.end(), choice == 1 ? 0xFF : 0xA5);
        return choice == 2 ? ReadResult::Bad : ReadResult::Ok;
    }
    default: return ReadResult::Ok;
    }
}

void FlashModel::startErase(contract::Sector sector)
{
    checkPower();
    if (sector.bank > 1 || sector.number >= m_map.sectorsPerBank) violate("no such sector", 0);
    requireIdle(sector.bank, "erase of a busy bank");
    if (isProtected(sector)) {
        m_banks[sector.bank].result = FlashResult::WriteProtected;
        return;
    }
    start({Kind::Erase, m_map.addressOf(sector), {}}, m_timing.eraseUs);
}

void FlashModel::startProgram(std::uint32_t address,
                              std::span<const std::uint8_t, flashWordBytes> word)
{
    checkPower();
    requireInside(address, flashWordBytes);
    requireIdle(m_map.bankOf(address), "program in a busy bank");
    if (!isProtected(m_map.sectorAt(address))) requireProgrammable(address, word);
    startUncheckedProgram(address, word);
}

void FlashModel::startUncheckedProgram(std::uint32_t address,
                                       std::span<const std::uint8_t, flashWordBytes> word)
{
    checkPower();
    requireInside(address, flashWordBytes);
    requireIdle(m_map.bankOf(address), "program in a busy bank");
    if (isProtected(m_map.sectorAt(address))) {
        m_banks[m_map.bankOf(address)].result = FlashResult::WriteProtected;
        return;
    }
    FlashOperation operation{Kind::Program, address, {}};
    std::copy(word.begin(), word.end(), operation.word.begin());
    start(operation, m_timing.programUs);
}

void FlashModel::start(const FlashOperation& operation, std::uint64_t durationUs)
{
    m_lastBank = m_map.bankOf(operation.address);
    Bank& bank = m_banks[m_lastBank];
    const Bank& otherBank = m_banks[1U - m_lastBank];
    if (!m_timing.banksInParallel && otherBank.running && otherBank.endUs > m_clock.nowUs())
        m_clock.sleepUs(otherBank.endUs - m_clock.nowUs());
    bank = {operation, m_clock.nowUs() + durationUs, FlashResult::Busy,
            takeFailure(operation.address)};
    m_history.push_back(operation);
    if (m_observer) m_observer();
    if (operations() == m_cutAt) {
        cutPower(m_cutTear, m_cutOtherTear);
        throw PowerLoss{};
    }
}

FlashResult FlashModel::poll(std::uint8_t bank)
{
    checkPower();
    settle();
    const FlashResult result = m_banks[bank].result;
    if (result != FlashResult::Busy) m_banks[bank].result = FlashResult::Done;
    return result;
}

/// Ends every operation whose time has come.
void FlashModel::settle()
{
    for (Bank& bank : m_banks) {
        if (bank.running && m_clock.nowUs() >= bank.endUs) finish(bank);
    }
}

void FlashModel::finish(Bank& bank)
{
    const FlashOperation operation = *bank.running;
    bank.running.reset();
    const std::uint64_t seed = mix(m_seed, m_history.size());
    if (bank.fails) {
        applyTear(m_contents, m_map, operation, Tear::TornBad, seed);
        bank.result = FlashResult::Failed;
        return;
    }
    applyOperation(m_contents, m_map, operation, seed);
    bank.result = FlashResult::Done;
    if (operation.kind == Kind::Erase) {
        m_erasedThisCycle[(operation.address - m_map.baseAddress) / m_map.sectorBytes] = true;
    }
}

void FlashModel::tearRunning(FlashContents& contents, Tear tear, Tear otherTear) const
{
    for (std::uint8_t bank = 0; bank < 2; ++bank) {
        if (!m_banks[bank].running) continue;
        applyTear(contents, m_map, *m_banks[bank].running, bank == m_lastBank ? tear : otherTear,
                  mix(m_seed, m_history.size()));
    }
}

FlashContents FlashModel::contentsIfCutNow(Tear tear, Tear otherTear) const
{
    FlashContents contents = m_contents;
    tearRunning(contents, tear, otherTear);
    return contents;
}

std::optional<std::uint64_t> FlashModel::untilNextEndUs() const
{
    std::optional<std::uint64_t> nearest;
    for (const Bank& bank : m_banks) {
        if (!bank.running) continue;
        const std::uint64_t nowUs = m_clock.nowUs();
        const std::uint64_t us = bank.endUs > nowUs ? bank.endUs - nowUs : 0;
        nearest = std::min(nearest.value_or(us), us);
    }
    return nearest;
}

const FlashContents& FlashModel::snapshot()
{
    settle();
    return m_contents;
}

void FlashModel::restore(const FlashContents& contents)
{
    m_banks = {};
    m_contents = contents;
    m_erasedThisCycle.assign(m_erasedThisCycle.size(), false);
}

void FlashModel::poke(std::uint32_t address, contract::ByteView bytes)
{
    requireInside(address, static_cast<std::uint32_t>(bytes.size()));
    if (bytes.empty()) return;
    std::copy(bytes.begin(), bytes.end(), m_contents.bytes.begin() + (address - m_map.baseAddress));
    const auto last = address + static_cast<std::uint32_t>(bytes.size()) - 1;
    for (std::size_t word = wordAt(address); word <= wordAt(last); ++word) {
        const contract::ByteView content{&m_contents.bytes[word * flashWordBytes], flashWordBytes};
        m_contents.cells[word] = isBlank(content) ? Cell::Erased : Cell::Programmed;
    }
}

std::vector<std::uint8_t> FlashModel::peek(std::uint32_t address, std::uint32_t bytes) const
{
    requireInside(address, bytes);
    const auto first = m_contents.bytes.begin() + (address - m_map.baseAddress);
    return {first, first + bytes};
}

void FlashModel::requireIdle(std::uint8_t bank, const char* what)
{
    settle();
    if (m_banks[bank].running) violate(what, m_banks[bank].running->address);
}

void FlashModel::requireInside(std::uint32_t address, std::uint32_t bytes) const
{
    const contract::Region all{m_map.baseAddress, m_map.totalBytes()};
    if (!all.contains(address, bytes)) violate("access outside the flash", address);
}

void FlashModel::requireProgrammable(std::uint32_t address, contract::ByteView word) const
{
    if (address % flashWordBytes != 0) violate("program at an unaligned address", address);
    if (isBlank(word)) violate("program of an all-0xFF word (R8)", address);
    const Cell cell = cellAt(address);
    if (cell == Cell::Programmed || cell == Cell::OneBit || cell == Cell::Bad) {
        violate("second program of a word since its erase (R8)", address);
    }
    const std::size_t sector = (address - m_map.baseAddress) / m_map.sectorBytes;
    if (!m_map.journal.contains(address) && !m_erasedThisCycle[sector]) {
        violate("program in a sector that was not erased in this power cycle (R4)", address);
    }
}

bool FlashModel::isProtected(contract::Sector sector) const
{
    const std::uint8_t bits = sector.bank == 0 ? m_contents.optionBytes.writeProtectionBank1
                                               : m_contents.optionBytes.writeProtectionBank2;
    return (bits >> sector.number & 1) == 0;
}

bool FlashModel::takeFailure(std::uint32_t address)
{
    for (Failure& failure : m_failures) {
        if (failure.times == 0 || !failure.region.contains(address)) continue;
        --failure.times;
        return true;
    }
    return false;
}

std::uint32_t FlashModel::addressOf(std::size_t word) const
{
    return m_map.baseAddress + static_cast<std::uint32_t>(word) * flashWordBytes;
}

std::size_t FlashModel::wordAt(std::uint32_t address) const
{
    return (address - m_map.baseAddress) / flashWordBytes;
}

} // namespace virtual_h755
