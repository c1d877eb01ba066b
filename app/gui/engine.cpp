#include "gui/engine.h"

#include "core/file.h"
#include "core/recovery/repair.h"
#include "core/recovery/restart.h"
#include "core/report/device_report.h"
#include "core/report/journal_reader.h"
#include "core/usb/device_text.h"
#include "gui/bus_watch.h"

#include <QMetaObject>
#include <utility>

namespace gui {
namespace {

using updater::Result;
using updater::UpdateOutcome;

/// How soon a click is served while nothing happens on the bus is up to waitForChange (0.1 s); this
/// only bounds one wait.
constexpr std::uint32_t waitMs = 500;
constexpr std::uint64_t restartMs = 30'000;

} // namespace

/// Carries the progress of an update into the engine's thread.
class Engine::Relay final : public updater::Progress {
public:
    explicit Relay(Engine& engine) : m_engine(engine) {}

    void report(const updater::ProgressReport& report) override
    {
        QMetaObject::invokeMethod(
            &m_engine, [&engine = m_engine, report] { Q_EMIT engine.progressed(report); },
            Qt::QueuedConnection);
    }

    void notice(updater::Notice notice) override
    {
        QMetaObject::invokeMethod(
            &m_engine, [&engine = m_engine, notice] { Q_EMIT engine.noticed(notice); },
            Qt::QueuedConnection);
    }

private:
    Engine& m_engine;
};

Engine::Engine(OpenTransport openTransport, QObject* parent)
    : QObject(parent), m_openTransport(std::move(openTransport))
{
}

Engine::~Engine()
{
    cancel();
    m_thread.request_stop();
    lookAgain(); // wakes it
    if (m_thread.joinable()) m_thread.join();
}

void Engine::start()
{
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Engine::choose(const std::string& uniqueId)
{
    {
        const std::lock_guard lock(m_mutex);
        m_chosenId = uniqueId;
    }
    lookAgain();
}

void Engine::lookAgain()
{
    const std::lock_guard lock(m_mutex);
    m_mustLookAgain = true;
    m_wake.request_stop();
}

void Engine::openBundle(const std::filesystem::path& file)
{
    enqueue([this, file](updater::UsbTransport&) {
        Result<updater::VerifiedBundle> bundle = updater::openBundle(file);
        QMetaObject::invokeMethod(
            this,
            [this, bundle = std::move(bundle)] {
                if (!bundle) {
                    Q_EMIT bundleRefused(bundle.error());
                } else {
                    Q_EMIT bundleOpened(std::make_shared<const updater::VerifiedBundle>(*bundle));
                }
            },
            Qt::QueuedConnection);
    });
}

void Engine::saveReport(const std::filesystem::path& file)
{
    enqueue([this, file](updater::UsbTransport& transport) {
        const Result<> written = [&]() -> Result<> {
            updater::DeviceSelector selector;
            {
                const std::lock_guard lock(m_mutex);
                if (updater::isUniqueId(m_chosenId))
                    selector = *updater::DeviceSelector::parse(m_chosenId);
            }
            updater::DeviceReport report = updater::deviceReport(transport, selector);
            return updater::writeFile(file,
                                      updater::supportArchive(std::move(report), "h755-updater",
                                                              H755_VERSION, m_log.text()));
        }();
        const auto problem = written ? std::nullopt : std::optional(written.error());
        QMetaObject::invokeMethod(
            this, [this, problem] { Q_EMIT reportSaved(problem); }, Qt::QueuedConnection);
    });
}

void Engine::update(const std::string& uniqueId, const updater::VerifiedBundle& bundle)
{
    enqueueUpdate([uniqueId, bundle](updater::UsbTransport& transport, updater::Progress& progress,
                                     const std::stop_token& stop) -> Result<UpdateOutcome> {
        TRY_ASSIGN(const auto selector, updater::DeviceSelector::parse(uniqueId));
        return updater::update(transport, selector, bundle, progress, stop, {});
    });
}

void Engine::repair(const std::string& uniqueId, updater::Repair repair,
                    const std::shared_ptr<const updater::VerifiedBundle>& release)
{
    enqueueUpdate([=](updater::UsbTransport& transport, updater::Progress& progress,
                      const std::stop_token& stop) -> Result<UpdateOutcome> {
        TRY_ASSIGN(const auto selector, updater::DeviceSelector::parse(uniqueId));
        return updater::repair(repair, transport, selector, release.get(), progress, stop, {});
    });
}

void Engine::enqueueUpdate(UpdateJob job)
{
    enqueue([this, job = std::move(job), stop = renewStop()](updater::UsbTransport& transport) {
        Relay relay(*this);
        const Result<UpdateOutcome> outcome = job(transport, relay, stop);
        QMetaObject::invokeMethod(
            this, [this, outcome] { Q_EMIT updateEnded(outcome); }, Qt::QueuedConnection);
    });
}

void Engine::restart(const std::string& uniqueId, contract::vendor::RebootTarget target)
{
    enqueue([this, uniqueId, target, stop = renewStop()](updater::UsbTransport& transport) {
        const Result<> done = [&]() -> Result<> {
            TRY_ASSIGN(const auto selector, updater::DeviceSelector::parse(uniqueId));
            TRY_ASSIGN(auto device, updater::FollowedDevice::choose(transport, selector));
            TRY(updater::restart(transport, device, target, restartMs, stop));
            return {};
        }();
        const auto problem = done ? std::nullopt : std::optional(done.error());
        QMetaObject::invokeMethod(
            this, [this, problem] { Q_EMIT restarted(problem); }, Qt::QueuedConnection);
    });
}

void Engine::readJournal(const std::string& uniqueId)
{
    enqueue([this, uniqueId](updater::UsbTransport& transport) {
        const auto sector = [&]() -> Result<updater::Bytes> {
            TRY_ASSIGN(const auto selector, updater::DeviceSelector::parse(uniqueId));
            TRY_ASSIGN(auto device, updater::FollowedDevice::choose(transport, selector));
            TRY_ASSIGN(const updater::Observed observed, device.observe());
            if (!std::holds_alternative<contract::DeviceStatus>(observed))
                return updater::fail(updater::ErrorCode::NotAllowed, "not in update mode");
            updater::Bytes bytes;
            TRY(updater::readJournal(*device.connection(), bytes));
            return bytes;
        }();
        QMetaObject::invokeMethod(
            this, [this, sector] { Q_EMIT journalRead(sector); }, Qt::QueuedConnection);
    });
}

void Engine::work(BusWork work)
{
    enqueue([work = std::move(work), stop = renewStop()](updater::UsbTransport& transport) {
        work(transport, stop);
    });
}

std::stop_token Engine::renewStop()
{
    const std::lock_guard lock(m_mutex);
    m_stopUpdate = {};
    return m_stopUpdate.get_token();
}

void Engine::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_stopUpdate.request_stop();
}

void Engine::enqueue(Job job)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(job));
    m_wake.request_stop();
}

std::optional<Engine::Job> Engine::nextJob()
{
    const std::lock_guard lock(m_mutex);
    if (m_jobs.empty()) return std::nullopt;
    Job job = std::move(m_jobs.front());
    m_jobs.erase(m_jobs.begin());
    return job;
}

void Engine::run(const std::stop_token& stop)
{
    Result<std::unique_ptr<updater::UsbTransport>> transport = m_openTransport();
    if (!transport) {
        BusSnapshot snapshot;
        snapshot.problem = transport.error();
        publish(std::move(snapshot));
        return;
    }
    BusWatch watch(**transport);
    while (!stop.stop_requested()) {
        while (std::optional<Job> job = nextJob()) {
            (*job)(**transport);
            lookAgain();
        }
        std::stop_token wake;
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_mustLookAgain, false)) watch.forget();
            watch.choose(m_chosenId);
            m_wake = {};
            wake = m_wake.get_token();
            if (!m_jobs.empty()) m_wake.request_stop();
        }
        if (std::optional<BusSnapshot> news = watch.look()) publish(*std::move(news));
        if (!stop.stop_requested()) (*transport)->waitForChange(waitMs, wake);
    }
}

void Engine::publish(BusSnapshot snapshot)
{
    QMetaObject::invokeMethod(
        this, [this, snapshot = std::move(snapshot)] { Q_EMIT busChanged(snapshot); },
        Qt::QueuedConnection);
}

} // namespace gui
