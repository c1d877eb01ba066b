// One sitting with the updater: what is known, and what a person can ask for. No widgets.
#pragma once

#include "gui/engine.h"
#include "gui/scene.h"
#include "gui/workshop.h"

namespace gui {

class Session final : public QObject {
    Q_OBJECT

public:
    explicit Session(OpenTransport openTransport, QObject* parent = nullptr);

    void start() { m_engine.start(); }

    /// Technicians' work on boards without a good bootloader of ours.
    Workshop& workshop() { return m_workshop; }

    const Situation& situation() const { return m_situation; }
    Scene scene() const { return sceneOf(m_situation); }
    bool isUpdating() const { return m_situation.running.has_value(); }

    /// Reads a release file; a refusal becomes the Problem scene. Ignored during an update.
    void openRelease(const std::filesystem::path& file);

    /// The unit that everything is about from now on. Ignored during an update.
    void choose(const std::string& uniqueId);

    /// The unit that was chosen; empty while it is simply the only one.
    const std::string& namedId() const { return m_namedId; }

    /// Brings the chosen device to the opened release. The unit stays chosen until `putAway`.
    void update();

    /// Does a repair that a diagnosis offers, with the opened release where it needs one. It is an
    /// update to everyone: `running`, then `outcome` or `failure`.
    void repair(updater::Repair repair);

    void cancel();

    /// Restarts the chosen device; `restarted` follows. Ignored during an update.
    void enterUpdateMode();
    void leaveUpdateMode();

    /// `journalRead` follows; NotAllowed unless the chosen device is in update mode.
    void readJournal() { m_engine.readJournal(m_situation.bus.chosenId); }

    /// `reportSaved` follows.
    void saveReport(const std::filesystem::path& file) { m_engine.saveReport(file); }

    /// Puts the last result or failure away and reads the device again.
    void putAway();

Q_SIGNALS:
    /// `situation` is another one.
    void changed();
    /// What people must know before it happens.
    void noticed(updater::Notice notice);
    void restarted(const std::optional<updater::Error>& problem);
    void journalRead(const updater::Result<updater::Bytes>& sector);
    void reportSaved(const std::optional<updater::Error>& problem);

private:
    void restart(contract::vendor::RebootTarget target);
    void startRunning();
    void takeBus(const BusSnapshot& snapshot);
    void takeOutcome(const updater::Result<updater::UpdateOutcome>& outcome);

    Situation m_situation;
    std::string m_namedId;         ///< the unit that the person chose; empty: the only one
    Workshop m_workshop{m_engine}; ///< before the engine, whose thread tells it how things go
    Engine m_engine;
};

} // namespace gui
