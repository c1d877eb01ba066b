#include "core/rescue/swd_rescue.h"

#include "core/usb/device_text.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace updater {
namespace {

constexpr std::uint32_t deviceIdMask = 0xFFF;
constexpr std::uint32_t deviceId = 0x450; ///< H742 to H757; only the H755 is ever on our boards
constexpr std::uint32_t flashKiB = 2048;

class Rescue {
public:
    Rescue(OpenOcd& probe, const std::string& typedId, const RescueProgress& progress,
           const std::stop_token& stop)
        : m_probe(probe), m_typedId(typedId), m_progress(progress), m_stop(stop)
    {
    }

    Result<RescueOutcome> bring(const std::vector<FlashPiece>& pieces)
    {
        TRY(identify());
        m_progress(RescueStep::Identified, optionRecord(m_outcome.chip.options));
        TRY(checkChip(m_outcome.chip));
        TRY_ASSIGN(const std::vector<FlashPiece> missing, missingOf(pieces));
        if (!missing.empty()) TRY(write(missing));
        TRY(setOptions());
        return m_outcome;
    }

private:
    /// Also behind every change: a probe that has been moved to another board is noticed.
    Result<> identify()
    {
        TRY_ASSIGN(m_outcome.chip, m_probe.identify(m_stop));
        const std::string id = serialOf(m_outcome.chip.uniqueId);
        if (isSameSerial(id, m_typedId)) return {};
        return fail(ErrorCode::OtherUnit, "the probe is at unit " + id);
    }

    /// The journal counts with everything behind its words: blank, or the unit has a history.
    Result<std::vector<FlashPiece>> missingOf(const std::vector<FlashPiece>& pieces)
    {
        const contract::Region& journal = brandingTrust().map.journal;
        std::vector<FlashPiece> whole = pieces;
        for (FlashPiece& piece : whole)
            if (piece.address == journal.address) piece.bytes.resize(journal.bytes, 0xFF);
        m_progress(RescueStep::Comparing, std::to_string(pieces.size()) + " parts");
        TRY_ASSIGN(const std::vector<bool> isEqual, m_probe.compare(whole, m_stop));
        std::vector<FlashPiece> missing;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (!isEqual[i]) missing.push_back(pieces[i]);
        return missing;
    }

    Result<> write(const std::vector<FlashPiece>& pieces)
    {
        const std::uint32_t bootloader = brandingTrust().map.bootloader.address;
        if (std::ranges::find(pieces, bootloader, &FlashPiece::address) != pieces.end())
            TRY(removeProtection());
        std::size_t bytes = 0;
        for (const FlashPiece& piece : pieces)
            bytes += piece.bytes.size();
        m_progress(RescueStep::Programming, std::to_string(bytes) + " bytes");
        TRY(m_probe.program(pieces, m_stop));
        m_outcome.bytesWritten = bytes;
        return {};
    }

    Result<> removeProtection()
    {
        if (!isBootloaderProtected(m_outcome.chip.options)) return {};
        const OptionField& field = bootloaderProtection();
        m_progress(RescueStep::RemovingProtection, std::string(field.name));
        TRY(change({{&field, ~field.value & field.mask}}));
        if (isBootloaderProtected(m_outcome.chip.options))
            return fail(ErrorCode::WriteProtected, "the bootloader's sector is still protected");
        return {};
    }

    Result<> setOptions()
    {
        TRY_ASSIGN(const auto differences, compareOptions(m_outcome.chip.options));
        if (differences.empty()) return {};
        std::vector<OptionChange> changes;
        std::string detail;
        for (const OptionDifference& difference : differences) {
            changes.push_back({difference.field, difference.field->value});
            detail += (detail.empty() ? "" : ", ") + difference.text();
        }
        m_progress(RescueStep::SettingOptions, detail);
        TRY(change(changes));
        TRY_ASSIGN(const auto left, compareOptions(m_outcome.chip.options));
        if (!left.empty()) return fail(ErrorCode::OptionBytes, left.front().text());
        return {};
    }

    /// Nobody's word is taken for it: the registers are read again, in a run of their own.
    Result<> change(const std::vector<OptionChange>& changes)
    {
        TRY(m_probe.writeOptions(changes, m_stop));
        m_outcome.hasChangedOptions = true;
        m_progress(RescueStep::ReadingBack, "option bytes");
        return identify();
    }

    OpenOcd& m_probe;
    const std::string& m_typedId;
    const RescueProgress& m_progress;
    const std::stop_token& m_stop;
    RescueOutcome m_outcome;
};

} // namespace

Result<> checkChip(const ChipFacts& chip)
{
    if ((chip.idCode & deviceIdMask) != deviceId)
        return fail(ErrorCode::WrongChip, "not a device of id 0x450");
    if (chip.flashKiB != flashKiB)
        return fail(ErrorCode::WrongChip, std::to_string(chip.flashKiB) + " KiB of flash");
    TRY_ASSIGN(const auto differences, compareOptions(chip.options));
    for (const OptionDifference& difference : differences) {
        if (difference.field->isOurs) continue;
        const bool isReadProtected = difference.field->name == "RDP";
        return fail(isReadProtected ? ErrorCode::ReadProtected : ErrorCode::OptionBytes,
                    difference.text());
    }
    return {};
}

std::string optionRecord(const OptionRegisters& options)
{
    std::ostringstream text;
    text << std::hex << std::uppercase << std::setfill('0');
    for (const auto& [address, value] : options) {
        if (text.tellp() > 0) text << ' ';
        text << "0x" << std::setw(8) << address << "=0x" << std::setw(8) << value;
    }
    return text.str();
}

Result<RescueOutcome> provisionBySwd(OpenOcd& probe, const FactoryBundle& bundle,
                                     const std::string& typedId, const RescueProgress& progress,
                                     const std::stop_token& stop)
{
    return Rescue(probe, typedId, progress, stop).bring(bundle.image);
}

Result<RescueOutcome> replaceBootloader(OpenOcd& probe, const FactoryBundle& bundle,
                                        const std::string& typedId, const RescueProgress& progress,
                                        const std::stop_token& stop)
{
    const std::uint32_t address = brandingTrust().map.bootloader.address;
    return Rescue(probe, typedId, progress, stop).bring({{address, bundle.bootloader}});
}

} // namespace updater
