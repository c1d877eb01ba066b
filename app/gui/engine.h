// The USB thread. Everything that may wait happens there: the window asks and is told by signals,
// which arrive in its own thread.
#pragma once

#include "core/file.h"
#include "core/report/log_capture.h"
#include "core/update/update.h"
#include "gui/bus_snapshot.h"

#include <QObject>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

// moc cannot parse the headers of these two (concepts).
namespace updater {
enum class Repair : std::uint8_t;
}
namespace contract::vendor {
enum class RebootTarget : std::uint16_t;
}

namespace gui {

/// `stop`: Engine::cancel.
using BusWork = std::function<void(updater::UsbTransport&, const std::stop_token& stop)>;
using OpenTransport = std::function<updater::Result<std::unique_ptr<updater::UsbTransport>>()>;

class Engine final : public QObject {
    Q_OBJECT

public:
    /// `openTransport` is called in the USB thread, once. Nothing happens before `start`.
    explicit Engine(OpenTransport openTransport, QObject* parent = nullptr);
    /// Stops the thread: after at most one USB time-out of 5 s.
    ~Engine() override;

    void start();

    /// Which of several devices is shown and updated: a unique id. It stays chosen while it is
    /// away.
    void choose(const std::string& uniqueId);

    /// Reads and verifies a release file; `bundleOpened` or `bundleRefused` follows.
    void openBundle(const std::filesystem::path& file);

    /// Updates the chosen device to `bundle`; `updateEnded` follows in every case.
    void update(const std::string& uniqueId, const updater::VerifiedBundle& bundle);

    /// Repairs the chosen device; `updateEnded` follows in every case. `release` may be null where
    /// the repair needs none.
    void repair(const std::string& uniqueId, updater::Repair repair,
                const std::shared_ptr<const updater::VerifiedBundle>& release);

    /// Restarts the device into update mode or into its application; `restarted` follows.
    void restart(const std::string& uniqueId, contract::vendor::RebootTarget target);

    /// `journalRead` follows. The device has to be in update mode.
    void readJournal(const std::string& uniqueId);

    /// Anything else that needs the bus or takes time, in its turn. It tells its end itself.
    void work(BusWork work);

    /// Ends an update, a repair, a wait for a restart or other work: between two blocks.
    void cancel();

    /// Reads the chosen device again, even if nothing was plugged.
    void lookAgain();

    /// Writes a report for support about the chosen device, or about its absence; `reportSaved`
    /// follows. Nothing on the device changes.
    void saveReport(const std::filesystem::path& file);

Q_SIGNALS:
    /// After every change of the bus and of the chosen device; not during an update.
    void busChanged(const gui::BusSnapshot& snapshot);
    void bundleOpened(const std::shared_ptr<const updater::VerifiedBundle>& bundle);
    void bundleRefused(const updater::Error& error);
    void progressed(const updater::ProgressReport& report);
    /// `problem`: why there is no file.
    void reportSaved(const std::optional<updater::Error>& problem);
    /// `problem`: why the device is not where it was sent.
    void restarted(const std::optional<updater::Error>& problem);
    void journalRead(const updater::Result<updater::Bytes>& sector);
    void noticed(updater::Notice notice);
    void updateEnded(const updater::Result<updater::UpdateOutcome>& outcome);

private:
    class Watch;
    class Relay;
    using Job = std::function<void(updater::UsbTransport&)>;
    using UpdateJob = std::function<updater::Result<updater::UpdateOutcome>(
        updater::UsbTransport&, updater::Progress&, const std::stop_token&)>;

    void run(const std::stop_token& stop);
    void enqueue(Job job);
    std::optional<Job> nextJob();
    void enqueueUpdate(UpdateJob job);
    std::stop_token renewStop();
    void publish(BusSnapshot snapshot);

    OpenTransport m_openTransport;
    updater::LogCapture m_log; ///< before the thread, which logs
    std::mutex m_mutex;        ///< guards the next five
    std::vector<Job> m_jobs;
    std::string m_chosenId;
    bool m_mustLookAgain = true;
    std::stop_source m_stopUpdate;
    std::stop_source m_wake; ///< ends the wait for the bus
    std::jthread m_thread;   ///< last: the thread uses all of the above
};

} // namespace gui
