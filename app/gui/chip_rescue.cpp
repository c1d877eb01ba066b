#include "gui/chip_rescue.h"

#include <spdlog/spdlog.h>

namespace gui {

using updater::RescueOutcome;
using updater::RescueStep;
using updater::Result;

ChipRescue::ChipRescue(Engine& engine, QObject* parent) : QObject(parent), m_engine(engine)
{
}

void ChipRescue::begin(const RescueWish& wish, const UnitFile& file)
{
    if (m_state.isRunning || file == nullptr) return;
    m_wish = wish;
    m_state = {};
    m_state.isRunning = true;
    m_engine.work([this, wish, file, program = m_openOcd](updater::UsbTransport&,
                                                          const std::stop_token& stop) {
        std::stop_source atNextStep; // not in the middle of one: that may change option bytes
        const auto progress = [&](RescueStep step, const std::string& detail) {
            if (stop.stop_requested()) atNextStep.request_stop();
            QMetaObject::invokeMethod(
                this, [this, step, detail] { takeStep(step, detail); }, Qt::QueuedConnection);
        };
        const auto outcome = [&]() -> Result<RescueOutcome> {
            TRY_ASSIGN(auto probe, updater::OpenOcd::open(program, wish.probeSerial));
            const auto rescue =
                wish.isBootloaderOnly ? updater::replaceBootloader : updater::provisionBySwd;
            return rescue(probe, *file, wish.typedId, progress, atNextStep.get_token());
        }();
        QMetaObject::invokeMethod(
            this, [this, outcome] { takeOutcome(outcome); }, Qt::QueuedConnection);
    });
    Q_EMIT changed();
}

/// Also for the report: the option bytes that were found are the way back.
void ChipRescue::takeStep(RescueStep step, const std::string& detail)
{
    spdlog::info("rescue, step {}: {}", static_cast<int>(step), detail);
    m_state.steps.emplace_back(step, detail);
    Q_EMIT changed();
}

void ChipRescue::takeOutcome(const Result<RescueOutcome>& outcome)
{
    m_state.isRunning = false;
    m_state.isStopping = false;
    if (outcome) {
        m_state.outcome = *outcome;
    } else {
        m_state.problem = outcome.error();
        spdlog::error("{} {}", updater::errorLabel(outcome.error().code), outcome.error().detail);
    }
    Q_EMIT changed();
}

void ChipRescue::stop()
{
    if (!m_state.isRunning) return;
    m_state.isStopping = true;
    m_engine.cancel();
    Q_EMIT changed();
}

void ChipRescue::forget()
{
    if (m_state.isRunning) return;
    m_state = {};
    Q_EMIT changed();
}

} // namespace gui
