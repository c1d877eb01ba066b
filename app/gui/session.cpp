#include "gui/session.h"

#include "contract/vendor_requests.h"

#include <spdlog/spdlog.h>

namespace gui {
namespace {

void log(const updater::Error& error)
{
    spdlog::error("{} {}", updater::errorLabel(error.code), error.detail);
}

} // namespace

Session::Session(OpenTransport openTransport, QObject* parent)
    : QObject(parent), m_engine(std::move(openTransport))
{
    connect(&m_engine, &Engine::busChanged, this, &Session::takeBus);
    connect(&m_engine, &Engine::updateEnded, this, &Session::takeOutcome);
    connect(&m_engine, &Engine::reportSaved, this, &Session::reportSaved);
    connect(&m_engine, &Engine::restarted, this, &Session::restarted);
    connect(&m_engine, &Engine::journalRead, this, &Session::journalRead);
    connect(&m_engine, &Engine::noticed, this, &Session::noticed);
    connect(&m_engine, &Engine::bundleOpened, this, [this](const auto& bundle) {
        m_situation.release = bundle;
        m_situation.failure.reset();
        Q_EMIT changed();
    });
    connect(&m_engine, &Engine::bundleRefused, this, [this](const updater::Error& error) {
        log(error);
        m_situation.failure = error;
        Q_EMIT changed();
    });
    connect(&m_engine, &Engine::progressed, this, [this](const updater::ProgressReport& report) {
        if (!m_situation.running) return; // it came behind the end
        m_situation.running = report;
        Q_EMIT changed();
    });
}

void Session::openRelease(const std::filesystem::path& file)
{
    if (isUpdating()) return;
    m_situation.outcome.reset();
    m_engine.openBundle(file);
}

void Session::choose(const std::string& uniqueId)
{
    if (isUpdating()) return;
    m_namedId = uniqueId;
    m_situation.outcome.reset();
    m_situation.failure.reset();
    m_engine.choose(uniqueId);
}

void Session::update()
{
    if (isUpdating() || !m_situation.release || m_situation.bus.chosenId.empty()) return;
    startRunning();
    m_engine.update(m_situation.bus.chosenId, *m_situation.release);
    Q_EMIT changed();
}

void Session::repair(updater::Repair repair)
{
    if (isUpdating() || m_situation.bus.chosenId.empty()) return;
    startRunning();
    m_engine.repair(m_situation.bus.chosenId, repair, m_situation.release);
    Q_EMIT changed();
}

/// The unit stays chosen until the result is put away.
void Session::startRunning()
{
    m_situation.failure.reset();
    m_situation.outcome.reset();
    m_situation.isCancelling = false;
    m_situation.running = updater::ProgressReport{};
    m_engine.choose(m_situation.bus.chosenId);
}

void Session::enterUpdateMode()
{
    restart(contract::vendor::RebootTarget::UpdateMode);
}

void Session::leaveUpdateMode()
{
    restart(contract::vendor::RebootTarget::Normal);
}

void Session::restart(contract::vendor::RebootTarget target)
{
    if (isUpdating() || m_situation.bus.chosenId.empty()) return;
    m_engine.choose(m_situation.bus.chosenId);
    m_engine.restart(m_situation.bus.chosenId, target);
}

void Session::cancel()
{
    if (!isUpdating()) return;
    m_situation.isCancelling = true;
    m_engine.cancel();
    Q_EMIT changed();
}

void Session::putAway()
{
    if (isUpdating()) return;
    m_situation.failure.reset();
    m_situation.outcome.reset();
    m_situation.hasLooked = false; // until the device has been read again
    m_engine.choose(m_namedId);
    Q_EMIT changed();
}

void Session::takeBus(const BusSnapshot& snapshot)
{
    const auto& known = m_situation.bus.problem;
    const bool isNews = snapshot.problem && (!known || known->code != snapshot.problem->code);
    if (isNews) log(*snapshot.problem);
    m_situation.bus = snapshot;
    m_situation.hasLooked = true;
    Q_EMIT changed();
}

void Session::takeOutcome(const updater::Result<updater::UpdateOutcome>& outcome)
{
    m_situation.running.reset();
    m_situation.isCancelling = false;
    m_situation.hasLooked = false;
    if (outcome) m_situation.outcome = *outcome;
    const bool hasFailed = !outcome && outcome.error().code != updater::ErrorCode::Cancelled;
    if (hasFailed) {
        log(outcome.error());
        m_situation.failure = outcome.error();
    }
    Q_EMIT changed();
}

} // namespace gui
