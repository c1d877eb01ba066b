// One device with its updater, and what may be found if the power fails now. A flow is a sequence
// of these steps; whoever watches the scene is told of every moment at which a cut matters.
#pragma once

#include "oracle.h"
#include "update_host.h"

#include <functional>
#include <stdexcept>

namespace power_loss {

/// What survives without power.
struct Remains {
    virtual_h755::FlashContents flash;
    virtual_h755::BackupRegisters backup{};
    std::optional<contract::Region> worn; ///< flash that fails every operation

    explicit Remains(const contract::FlashMap& map) : flash(map) {}
};

/// A step went another way than it must without a cut.
struct FlowBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Scene {
public:
    /// The device is off. `seed` picks among what torn and worn cells may do.
    Scene(const World& world, const Remains& remains, const Expectation& expected,
          std::uint64_t seed);

    const World& world() const { return m_world; }
    virtual_h755::VirtualDevice& device() { return *m_device; }
    UpdateHost& host() { return m_host; }
    Expectation& expected() { return m_expected; }
    const Expectation& expected() const { return m_expected; }

    /// Called after each start of a flash operation, and whenever the host has been told something.
    void onMoment(std::function<void()> observer);

    void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn);
    void powerOff();
    void runMs(std::uint32_t ms) { m_device->run(std::uint64_t{ms} * 1000); }
    /// From now on every operation in there fails, in every fork and power cycle.
    void wear(const contract::Region& region);
    /// What a device that is off leaves.
    Remains remains();

    /// Waits until an application stays up or update mode is on the bus; at most two minutes. What
    /// then reports Confirmed is what must run from now on.
    Aftermath::End settle();
    /// Settles and demands that this release runs, confirmed.
    void expectRunning(Release release);
    /// Settles and demands update mode.
    void expectUpdateMode(contract::UpdateReason reason);
    /// A reset without loss of power; the same release must come back.
    void restart(contract::ResetCause cause = contract::ResetCause::Software);

    void enterUpdateMode();
    void begin(Release release);
    /// Sends the first `most` of the missing blocks.
    void sendBlocks(Release release, std::size_t most = ~std::size_t{0});
    void activate(Release release);
    void reboot();
    /// All of it, from update mode or the application: download, activation, start.
    void install(Release release);
    /// Likewise, and the release must come up confirmed and survive a restart.
    void update(Release release);
    /// Leaves update mode into the other set.
    void selectSet(Release release);

    void demand(bool isRight, const std::string& what) const;
    /// Reads GET_STATUS; the floor it reports may only rise.
    contract::DeviceStatus status();
    /// The slot that holds the complete set.
    contract::Slot slotOf(Release release);
    Aftermath look();

private:
    void tellMoment();
    bool isConfirmed();
    void noteConfirmed();

    const World& m_world;
    virtual_h755::SimulatedClock m_clock;
    std::optional<contract::Region> m_worn;
    std::unique_ptr<virtual_h755::VirtualDevice> m_device;
    UpdateHost m_host;
    Expectation m_expected;
    std::function<void()> m_observer;
};

} // namespace power_loss
