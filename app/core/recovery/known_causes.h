// The known ways in which boards with this chip end up dead, as a decision tree in data: what can
// be seen decides which causes come into question, and each leads to one way out (stm32h755.md 8.2;
// docs/technician-guide.md has it as a picture).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace updater {

/// What a technician sees, or a tool says.
enum class Sign : std::uint8_t {
    None,
    NothingOnBus,      ///< even after a power cycle with a data cable
    NothingWithBoot0,  ///< and BOOT0 high did not help
    RomLoaderOnBus,    ///< the board waits in ST's ROM loader
    RomLoaderStuck,    ///< a tool hangs in it, or its result is not what was written
    WriteProtected,    ///< HX-0619
    ReadProtected,     ///< HX-0618
    BootloaderFaults,  ///< our bootloader is there and reports faults or flash errors
    NotProvisioned,    ///< our bootloader says so (HX-0615)
    ProbeAttached,     ///< an ST-LINK hangs on the board
    ProbeCannotAttach, ///< an ST-LINK that gets no answer
};

/// Where it goes on.
enum class Route : std::uint8_t {
    UpdateMode,  ///< the repairs of our bootloader
    RomLoader,   ///< programming through ST's ROM loader
    Probe,       ///< an ST-LINK
    PowerCycle,  ///< nothing but power, BOOT0 and the cable
    ReplaceChip, ///< nothing helps
};

struct KnownCause {
    std::uint8_t number = 0; ///< in the catalogue, 1 to 17
    std::string_view title;
    std::string_view remedy;     ///< one or two sentences
    std::array<Sign, 3> signs{}; ///< the one for which it is most likely comes first
    Route route = Route::PowerCycle;
};

/// All of them, by number.
std::span<const KnownCause> knownCauses();

/// Those that come into question, the likely ones first.
std::vector<const KnownCause*> causesOf(Sign sign);

} // namespace updater
