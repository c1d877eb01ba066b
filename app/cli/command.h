// What every command of h755ctl gets, and the commands themselves: one file each.
#pragma once

#include "cli/output.h"
#include "core/usb/device_selector.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace cli {

using updater::Result;

using OpenTransport = std::function<Result<std::unique_ptr<updater::UsbTransport>>()>;

struct Command {
    Output& output;
    OpenTransport openTransport;
    updater::DeviceSelector selector;
    std::uint64_t timeoutMs = 600'000;
    std::stop_token stop;
};

/// One line for each connected device; with `watch`, changes until the time-out.
Result<> list(const Command& command, bool watch);

/// Everything that the chosen device says of itself.
Result<> info(const Command& command);

/// The complete check of a release file, without a device.
Result<> verify(const Command& command, const std::filesystem::path& file);

struct UpdateOptions {
    std::filesystem::path file;
    bool showsEveryBlock = false; ///< a line of progress for each
};
Result<> update(const Command& command, const UpdateOptions& options);

/// Writes everything that a support case needs into a ZIP; also when no device can be read, which
/// then is the result.
Result<> report(const Command& command, const std::filesystem::path& file);

struct RecoverOptions {
    std::filesystem::path file; ///< release, for repairs that need one
    std::string repair;         ///< by its word; empty: only the diagnosis
};
/// What is wrong with the chosen device and what can be done, safest first; or one of these
/// repairs.
Result<> recover(const Command& command, const RecoverOptions& options);

struct ProvisionOptions {
    std::filesystem::path file;   ///< .h755factory
    std::filesystem::path labels; ///< one a line; empty: no labels
    std::filesystem::path record; ///< CSV that is added to; empty: none
    bool waits = true;            ///< until the unit has started and confirmed its release
};
/// Programs a board through ST's ROM loader.
Result<> provision(const Command& command, const ProvisionOptions& options);

/// Restarts the chosen device and waits until it is back.
Result<> reboot(const Command& command, bool toUpdateMode);

enum class RescueAction : std::uint8_t { Identify, Provision, ReplaceBootloader };

struct RescueOptions {
    RescueAction action = RescueAction::Identify;
    std::filesystem::path file;    ///< signed: bootloader and release
    std::string probe;             ///< the ST-LINK's serial number
    std::string confirm;           ///< the unit's id, typed
    std::filesystem::path openOcd; ///< empty: the installed one
};

/// Reads, provisions or repairs the chip behind a debug probe.
Result<> rescue(const Command& command, const RescueOptions& options);

} // namespace cli
