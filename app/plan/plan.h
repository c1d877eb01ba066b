// A test plan as plain data: what a QA bench does with each unit and what it expects. Made by
// `readPlan` only, with every variable filled in; docs/qa-guide.md describes the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace plan {

enum class StepKind : std::uint8_t {
    Update,
    Resume, ///< an update that must not send everything again
    DowngradeMustFail,
    TamperedMustFail,
    WrongProductMustFail,
    TrialMustRevert, ///< a release that does not confirm itself: the one before must come back
    SelectSet,
    Reboot,
    Provision,
    Unplug,
    Plug,
    PowerOff,
    PowerOn,
    RotSector,
    Wait,
    Command,
    Expect,
    Repeat, ///< its own steps, so many times or so long
};

/// A number, or a range of which each execution draws one by the run's seed.
struct Amount {
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    bool isFixed() const { return from == to; }
};

enum class AccidentKind : std::uint8_t {
    None,
    UnplugAtByte,
    UnplugAtBlock,
    CutAtOperation, ///< power, while that flash operation runs
    CutAtBlock,     ///< power, when the host has sent so many blocks
    KillAtBlock,    ///< SIGKILL for the updater
};

/// What befalls an update.
struct Accident {
    AccidentKind kind = AccidentKind::None;
    Amount at;
    std::string tear = "bad";           ///< what a cut leaves of the running operation; or "random"
    std::uint64_t returnAfterMs = 1000; ///< cable or power
    bool returns = true;
    bool onAnotherPort = false;
};

/// What must be true afterwards. Empty texts and missing numbers: whatever.
struct Expectation {
    std::optional<std::uint64_t> exitCode;
    std::string error; ///< "HX-0603"
    std::string version;
    std::string state; ///< "trial", "confirmed", "empty"
    std::string mode;  ///< "application", "bootloader"
    std::string slot;  ///< "A", "B"
    std::optional<std::uint64_t> withinMs;
    std::optional<std::uint64_t> blocksAtMost;

    bool asksDevice() const
    {
        return !version.empty() || !state.empty() || !mode.empty() || !slot.empty();
    }
};

struct Step {
    StepKind kind = StepKind::Wait;
    std::string name;
    std::string place;          ///< file and JSON pointer, for people
    std::filesystem::path file; ///< release or unit
    Expectation expect;
    Accident accident;
    std::uint64_t timeoutMs = 0; ///< for one program; never 0 in a plan that was read
    bool toUpdateMode = false;   ///< Reboot
    bool onAnotherPort = false;  ///< Plug
    bool doesNotConfirm = false; ///< TrialMustRevert: the release's own firmware is like that
    std::string core;            ///< RotSector: "m7", "m4"
    std::string slot;            ///< RotSector: "A", "B", "active", "other"
    std::uint64_t sector = 0;    ///< RotSector: of that slot, from 0
    std::uint64_t waitMs = 0;
    std::vector<std::string> command; ///< program and arguments; no shell
    std::uint64_t times = 0;          ///< Repeat; 0 = as long as `longestMs` lasts
    std::uint64_t longestMs = 0;      ///< Repeat; 0 = no limit but `times`
    std::vector<Step> steps;          ///< Repeat
};

/// The steps with one choice of the matrix.
struct Variant {
    std::string name; ///< "release=1.1.0.h755"; empty without a matrix
    std::vector<Step> steps;
};

struct Limits {
    std::uint64_t cycleMs = 0;        ///< for all steps of one unit; 0 = none
    std::uint64_t yieldPercent = 100; ///< of units that pass
};

struct Plan {
    std::string name;
    std::string description;
    std::filesystem::path file;
    std::string sha256; ///< of everything that was read
    Limits limits;
    bool stopsAtFailure = true; ///< a unit's other steps are then "not run"
    std::vector<Variant> variants;
};

/// A step's word in plans and results: "update".
std::string_view word(StepKind kind);
std::optional<StepKind> stepKindNamed(std::string_view word);

std::string_view word(AccidentKind kind);
std::optional<AccidentKind> accidentKindNamed(std::string_view word);

/// The releases and units that the plan names, each once.
std::vector<std::filesystem::path> filesOf(const Plan& plan);

} // namespace plan
