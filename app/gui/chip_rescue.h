// A unit's chip through an ST-LINK: state and commands, no widgets. The work is done in the
// engine's thread, by OpenOCD as a process of its own.
#pragma once

#include "gui/board_programming.h"

#include "core/rescue/swd_rescue.h"

namespace gui {

struct RescueWish {
    bool isBootloaderOnly = false; ///< firmware and journal stay
    std::string typedId;           ///< no other unit is changed
    std::string probeSerial;       ///< empty: the only one
};

struct RescueState {
    /// What was begun, and what it is about. One is confirmed when the next one begins.
    using Step = std::pair<updater::RescueStep, std::string>;

    bool isRunning = false;
    bool isStopping = false;
    std::vector<Step> steps;
    std::optional<updater::RescueOutcome> outcome; ///< the chip as it was read at the end
    std::optional<updater::Error> problem;
};

class ChipRescue final : public QObject {
    Q_OBJECT

public:
    explicit ChipRescue(Engine& engine, QObject* parent);

    const RescueState& state() const { return m_state; }
    /// What was wished for last.
    const RescueWish& wish() const { return m_wish; }

    /// An OpenOCD that is not in its usual folders: an absolute path.
    void setOpenOcd(std::filesystem::path program) { m_openOcd = std::move(program); }

    /// Also goes on behind every failure: what was done is found again.
    void begin(const RescueWish& wish, const UnitFile& file);
    /// Before the next step.
    void stop();
    void forget();

Q_SIGNALS:
    void changed();

private:
    void takeStep(updater::RescueStep step, const std::string& detail);
    void takeOutcome(const updater::Result<updater::RescueOutcome>& outcome);

    Engine& m_engine;
    std::filesystem::path m_openOcd;
    RescueState m_state;
    RescueWish m_wish;
};

} // namespace gui
