// Devices on a table and the hands that pull their cables. Everything that touches a device goes
// through here, under one lock: its own thread's `tick`, the clients' ioctls, the control socket's
// commands.
#pragma once

#include "virtual/bench_place.h"
#include "virtual/bus.h"
#include "virtual/host_socket.h"
#include "virtual/neighbour.h"
#include "virtual/recreated_board.h"

#include <deque>

namespace virtual_h755 {

struct WorkbenchOptions {
    unsigned devices = 1;
    std::vector<std::filesystem::path> stateFiles; ///< [device]; missing ones live in memory only
    DeviceOptions device;
    unsigned firstUid = 1; ///< boards of one process count up from it
    bool isButtonHeld = false;
    bool hasFactoryOptionBytes = false; ///< of boards without a state file
    /// What is set in every board's option bytes before it is switched on.
    std::function<void(contract::OptionBytes&)> changeOptionBytes;
    Accidents accidents;             ///< of the first device
    std::optional<FoundBoard> found; ///< what the only device is made like
    std::vector<UsbIds> neighbours;  ///< what else is on the bus; behind the boards' ports
    /// Hosts over usbredir, one for each device. None: the bus is umockdev's, for programs on this
    /// computer.
    std::vector<FindHost> hosts;
};

class Workbench {
public:
    /// Loads the state files that exist and switches everything on. Throws std::runtime_error.
    Workbench(const contract::FlashMap& map, const MakeDevice& make,
              const WorkbenchOptions& options);

    /// Lets every device run up to now, and the bus follow. Call about every millisecond.
    void tick();

    /// Ticks until every device that is going to appear has done so, at most 10 s.
    void settle();

    /// What the device now tells otherwise than the report that it was made of. Waits for it to
    /// look into its slots, at most 5 s.
    std::vector<std::string> differencesFrom(const FoundBoard& found);

    /// One line of the control protocol: [DEVICE] COMMAND [ARGUMENT]... The last line of the answer
    /// is "ok" or starts with "error: ".
    std::string command(const std::string& line);

    /// Saves every state file. Returns what went wrong, or nothing.
    std::string save();

    /// True once a device has done what the chip forbids; it is then off.
    bool hasFailed() const { return m_hasFailed; }

private:
    /// A place and what the bus shows of it. The only place where a RuleViolation ends.
    struct Seat final : UsbFunction {
        Seat(Workbench& owner, const contract::FlashMap& map, const MakeDevice& make,
             const WorkbenchOptions& options, unsigned number);
        ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) override;
        void busReset() override;
        bool isAsShown();
        void follow();
        void become(const FoundBoard& found);
        contract::DeviceStatus status();
        void plugInto(unsigned wanted);
        template <typename Action>
        void guarded(Action&& action);

        Workbench& bench;
        unsigned number; ///< from 1
        unsigned port;   ///< the root port that its cable is for; its number at first
        BenchPlace place;
        ApplicationBehaviour firstApplication; ///< as the program was called
        std::uint32_t shownGeneration = 0;
        bool isShown = false;
        bool isRomLoader = false; ///< while it is shown
    };

    static void setOptionBytes(Seat& seat, bool asProduct);
    std::string perform(Seat& seat, const std::string& name, const std::string& argument,
                        const std::string& second);
    bool isPortFree(std::uint64_t port) const;
    unsigned portOfNeighbours() const;
    void plugNeighbours();
    void unplugNeighbours();
    std::string status();

    std::mutex m_lock;
    HostPace m_pace;
    std::deque<Seat> m_seats;
    std::deque<Neighbour> m_neighbours;
    std::unique_ptr<Bus> m_bus; ///< ends first: its thread calls the seats
    bool m_hasFailed = false;
};

} // namespace virtual_h755
