// Judges what is left after a cut. It knows what was built, what the host has been told and what
// must not happen, and nothing of how the bootloader works: no journal, no decision table. Its
// evidence is flash bytes, the addresses that the cores were sent to, and answers over USB.
#pragma once

#include "contract/device_status.h"
#include "set_of.h"
#include "virtual/flash_model.h"
#include "world.h"

#include <compare>
#include <string>

namespace power_loss {

using ReleaseSet = SetOf<Release>;
using ReasonSet = SetOf<contract::UpdateReason>;

/// What the floor limits.
struct Level {
    std::uint32_t keyIndex = 0;
    std::uint32_t counter = 0;
    constexpr auto operator<=>(const Level&) const = default;
};
Level levelOf(const World& world, Release release);

/// What may be found if the power fails at this moment.
struct Expectation {
    ReleaseSet mayRun; ///< one of these runs; once the host has been told success, exactly that one
    ReasonSet reasons; ///< or else: update mode, for one of these reasons
    ReasonSet tolerated;      ///< likewise, whatever the host has been told: a user asks for it
    ReleaseSet inDoubt;       ///< may run, too: a cut has left its activation flaky (R3)
    ReleaseSet givenUp;       ///< is being overwritten; need not run even if all else is damaged
    ReleaseSet confirmedHere; ///< may run below the floor: a fallback
    Level floor;              ///< the highest that GET_STATUS has reported
    bool canUpdate = true;    ///< afterwards an update to the flow's target succeeds
};

/// What a device says whose only set cannot be confirmed; the second if its starts were not
/// counted.
inline constexpr ReasonSet notConfirmable{contract::UpdateReason::TrialFailed,
                                          contract::UpdateReason::UnhealthyStarts};

/// What a restart has led to.
struct Aftermath {
    enum class End : std::uint8_t { Application, UpdateMode, Loop };

    End end = End::Loop;
    std::uint32_t starts = 0;
    std::array<std::optional<Release>, 2> executed; ///< [core]: whose image runs there, unharmed
    bool isM4Running = false;
    ReleaseSet held; ///< complete and readable in a slot
    contract::UpdateReason reason = contract::UpdateReason::None;
    std::optional<Level> floor; ///< as GET_STATUS reports it, if it was asked
    bool isJournalReadable = true;
    std::optional<bool> hasUpdated; ///< whether the update afterwards succeeded, if it was tried
    std::string trouble;            ///< why not
    std::string violation;          ///< a rule of the flash that was broken on the way
};

struct Finding {
    enum class Kind : std::uint8_t {
        Lost,   ///< there was a complete set, and now there is none or none that boots
        Mixed,  ///< the cores run something that is not one complete release
        Loop,   ///< it never settles
        Wrong,  ///< another release than the host was told, or update mode for a wrong reason
        Floor,  ///< the floor fell, or a release below it runs
        Update, ///< the device cannot be updated any more
        Violation,
    };
    Kind kind = Kind::Violation;
    std::string text;
};

/// The release whose image for `core` lies at `image`, byte for byte and readable.
std::optional<Release> imageAt(const World& world, const virtual_h755::FlashContents& flash,
                               contract::Core core, std::uint32_t image);

/// The releases of which both images lie in the same slot, in its link, or staged in B in A's.
ReleaseSet completeSets(const World& world, const virtual_h755::FlashContents& flash);

/// `before`: the sets that were complete when the power failed. The first thing that is wrong, or
/// nothing.
std::optional<Finding> judge(const World& world, const Expectation& expected, ReleaseSet before,
                             const Aftermath& found);

} // namespace power_loss
