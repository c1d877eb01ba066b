// What technicians do to boards without a good bootloader of ours: the signed file for them, and
// the two ways into a chip. One thing at a time; no widgets.
#pragma once

#include "gui/chip_rescue.h"

namespace gui {

class Workshop final : public QObject {
    Q_OBJECT

public:
    explicit Workshop(Engine& engine, QObject* parent = nullptr);

    /// Verified, or nothing.
    const UnitFile& unitFile() const { return m_file; }
    /// Why the file that was chosen last is none.
    const std::optional<updater::Error>& refusal() const { return m_refusal; }

    BoardProgramming& board() { return m_board; }
    ChipRescue& chip() { return m_chip; }
    bool isRunning() const { return m_board.isRunning() || m_chip.state().isRunning; }

    /// Reads and verifies a .h755factory file, whole, before anything is done with it.
    void openUnitFile(const std::filesystem::path& file);

    /// Ends what runs, at a safe point.
    void stop();

    /// Another sitting begins: the boards are forgotten, the file stays.
    void forget();

Q_SIGNALS:
    void changed();

private:
    void takeFile(const updater::Result<UnitFile>& file);

    Engine& m_engine;
    BoardProgramming m_board;
    ChipRescue m_chip;
    UnitFile m_file;
    std::optional<updater::Error> m_refusal;
};

} // namespace gui
