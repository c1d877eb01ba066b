// The chip through an ST-LINK: one run of OpenOCD for each job. A job connects normally, and where
// that fails once more with the chip held in reset.
#pragma once

#include "core/factory/factory_image.h"
#include "core/rescue/open_ocd_text.h"

#include <filesystem>
#include <stop_token>

namespace updater {

/// A field of the option bytes and what it becomes.
struct OptionChange {
    const OptionField* field = nullptr;
    std::uint32_t value = 0;
};

class OpenOcd {
public:
    struct Limits {
        std::uint64_t shortMs = 20'000; ///< reading facts, writing option bytes
        std::uint64_t longMs = 300'000; ///< comparing and programming
    };

    /// `program` empty: the installed one, in fixed folders only. `probeSerial` empty: the only
    /// probe. BadArguments for a path that is not absolute or a serial number of other characters
    /// than letters and digits; ProgrammerMissing.
    static Result<OpenOcd> open(const std::filesystem::path& program, std::string probeSerial);

    void setLimits(const Limits& limits) { m_limits = limits; }

    /// Reads, and leaves a chip that can be reached without a reset running.
    Result<ChipFacts> identify(const std::stop_token& stop);

    /// For each piece, whether flash holds it. What cannot be read counts as different.
    Result<std::vector<bool>> compare(const std::vector<FlashPiece>& pieces,
                                      const std::stop_token& stop);

    /// Erases the sectors that the pieces touch, programs and verifies. FlashProgram, FlashVerify.
    Result<> program(const std::vector<FlashPiece>& pieces, const std::stop_token& stop);

    /// Changes these fields and no other bit (read, modify, write). Fields that are not ours to set
    /// are InternalError; OptionBytes if the chip refuses.
    Result<> writeOptions(const std::vector<OptionChange>& changes, const std::stop_token& stop);

private:
    enum class Connection : std::uint8_t { Normal, UnderReset };
    struct Job {
        std::vector<OcdStage> stages;
        std::vector<FlashPiece> files; ///< as piece-0.bin, ...
        std::uint64_t timeoutMs = 0;
        bool isReadOnly = false;
    };

    OpenOcd(std::filesystem::path program, std::string probeSerial)
        : m_program(std::move(program)), m_probeSerial(std::move(probeSerial))
    {
    }
    Result<std::string> run(const Job& job, const std::stop_token& stop);
    Result<std::string> runOnce(const Job& job, Connection connection, const std::stop_token& stop);
    std::vector<std::string> arguments(const std::vector<OcdStage>& stages) const;

    std::filesystem::path m_program;
    std::string m_probeSerial;
    Limits m_limits;
    Connection m_connection = Connection::Normal; ///< what has worked last
};

} // namespace updater
