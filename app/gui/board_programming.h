// A board in ST's ROM loader, from the first look to the unit that runs: state and commands, no
// widgets. The work is done in the engine's thread.
#pragma once

#include "gui/engine.h"

#include "core/factory/provision.h" // behind Qt's headers, for moc

#include <QDeadlineTimer>

namespace gui {

using UnitFile = std::shared_ptr<const updater::FactoryBundle>;

/// What is known about the board.
struct BoardState {
    enum class Phase : std::uint8_t {
        Idle,
        Reading,  ///< its loader is asked what it is in
        Writing,  ///< sector by sector, the bootloader last
        Starting, ///< everything is read back; now BOOT0 and the power, by hand
        Started,  ///< the unit itself has reported that it runs the release, confirmed
    };

    Phase phase = Phase::Idle;
    bool isStopping = false;
    bool isWritten = false; ///< since the board was read
    std::optional<updater::ProvisionedUnit> unit;
    std::optional<updater::Error> problem; ///< why the last step has ended
    std::size_t bytesDone = 0;             ///< safely in the flash
    std::size_t bytesTotal = 0;
    std::size_t sectorsDone = 0;
    std::size_t sectorsTotal = 0;
    contract::Version running; ///< when it has started
};

class BoardProgramming final : public QObject {
    Q_OBJECT

public:
    explicit BoardProgramming(Engine& engine, QObject* parent);

    const BoardState& state() const { return m_state; }
    /// While it writes or waits for the start.
    bool isRunning() const;

    /// Asks the board on this port what it is, and writes nothing. What was known is forgotten.
    void read(const std::string& portPath);

    /// Writes everything and waits for the start. No other unit than the one that was read is
    /// written, whatever is on the port by now. Also goes on behind every failure.
    void write(const std::string& portPath, const UnitFile& file);

    /// Waits once more for a board that is written.
    void waitForStart();

    /// Between two sectors, or at once while it waits.
    void stop();

    void forget();

Q_SIGNALS:
    void changed();

private:
    using Board = std::optional<updater::Provisioning>;

    void waitALittle();
    void takeRead(std::uint32_t read, const updater::Result<updater::ProvisionedUnit>& unit);
    void takeProgress(std::size_t bytesDone, std::size_t bytesTotal);
    void takeWritten(const updater::Result<>& written);
    void takeStart(const updater::Result<contract::RuntimeStatus>& status, const std::string& id);
    void fail(const updater::Error& error);

    Engine& m_engine;
    BoardState m_state;
    UnitFile m_file;
    std::shared_ptr<Board> m_board = std::make_shared<Board>(); ///< the engine's thread's
    QDeadlineTimer m_deadline;
    std::uint32_t m_readCount = 0; ///< answers of an earlier read are no news
};

} // namespace gui
