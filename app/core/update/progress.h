// How far an update is. The front end turns `Activity` into words.
#pragma once

#include <cstdint>
#include <optional>

namespace updater {

enum class Activity : std::uint8_t {
    ReadingDevice,
    EnteringUpdateMode,
    Sending,
    Restarting,
    Copying, ///< the device copies the new set into place and is not on the bus meanwhile
    WaitingForConfirmation,
    WaitingForDevice, ///< it was unplugged: plugging it in again, on any port, continues
    Done,
};

struct ProgressReport {
    Activity activity = Activity::ReadingDevice;
    std::uint16_t permille = 0;               ///< of the whole job; never goes back
    std::optional<std::uint64_t> remainingMs; ///< estimate; nothing while the device is away
    std::uint32_t blocksSent = 0;             ///< by this run, 4096 bytes each
    std::uint64_t bytesSent = 0;
    std::uint32_t blocksDone = 0; ///< that the device has, from earlier runs too
    std::uint32_t totalBlocks = 0;
};

/// What people must know before it happens.
enum class Notice : std::uint8_t {
    CannotGoBack, ///< the release overwrites the only other one that the device could run
};

class Progress {
public:
    virtual ~Progress() = default;

    /// At most once for each notice, before anything is written.
    virtual void notice(Notice notice) = 0;

    /// Called at each change of activity and after each block; must return soon.
    virtual void report(const ProgressReport& report) = 0;
};

} // namespace updater
