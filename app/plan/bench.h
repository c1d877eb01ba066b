// What a bench can do to a unit besides talking to it over USB: cables, power and worse. A bench
// that cannot do something says why; the step is then "not applicable", never passed.
#pragma once

#include "core/result.h"
#include "plan/plan.h"
#include "plan/unit.h"

#include <memory>

namespace plan {

using updater::Result;

enum class Ability : std::uint8_t {
    UnplugCable,
    UseAnotherPort,
    SwitchPower,
    CutAtOperation,
    CountBytes, ///< pull the cable at a byte, not only at a block
    RotSector,
    ChangeApplication,
};

/// An accident whose numbers have been drawn.
struct DrawnAccident {
    AccidentKind kind = AccidentKind::None;
    std::uint64_t at = 0;
    std::string tear;
    std::optional<std::uint64_t> returnAfterMs; ///< nothing: somebody else brings it back
};

class Bench {
public:
    virtual ~Bench() = default;

    /// "virtual", "hardware".
    virtual std::string_view target() const = 0;
    /// The fixture's name for the socket at that port; empty if it has none.
    virtual std::string socketOf(const std::string& port) const = 0;
    /// Why this bench cannot do that to this unit; nothing if it can.
    virtual std::optional<std::string> obstacle(Ability ability, const Unit& unit) const = 0;

    /// True if this bench makes such an accident happen by itself once it is armed; else whoever
    /// watches the update acts when it is due.
    virtual bool canArm(AccidentKind kind) const = 0;
    virtual Result<> arm(const Unit& unit, const DrawnAccident& accident) = 0;
    /// True if what was armed has happened.
    virtual Result<bool> disarm(const Unit& unit) = 0;

    virtual Result<> unplug(const Unit& unit) = 0;
    virtual Result<> plug(const Unit& unit, bool onAnotherPort) = 0;
    virtual Result<> powerOff(const Unit& unit) = 0;
    virtual Result<> powerOn(const Unit& unit) = 0;
    /// The supply is off meanwhile.
    virtual Result<> rotSector(const Unit& unit, std::uint32_t address) = 0;
    /// What releases do that start from now on: "never@1.2.0", "confirm:300".
    virtual Result<> setApplication(const Unit& unit, const std::string& behaviour) = 0;
};

/// Boards of virtual-h755 or emulated-h755, through their control socket.
std::unique_ptr<Bench> makeSimulatedBench(std::filesystem::path socket, std::string target);

/// Real units. `fixture`: what is at which port and how its power is switched (docs/qa-guide.md);
/// empty: nothing is known and nothing can be switched. BadArguments if the file has mistakes.
Result<std::unique_ptr<Bench>> makeHardwareBench(const std::filesystem::path& fixture,
                                                 std::string target);

} // namespace plan
