// What a run has found, as plain data: records, pages and tables are made of it.
#pragma once

#include "plan/device_program.h"
#include "plan/unit.h"

namespace plan {

enum class Outcome : std::uint8_t {
    Passed,
    Failed,
    NotApplicable, ///< this bench cannot do that; the reason says why
    NotRun,        ///< an earlier step has failed, or the time was up
    Cancelled,
};

/// "passed", "not-applicable".
std::string_view word(Outcome outcome);
std::optional<Outcome> outcomeNamed(std::string_view word);

struct FileFact {
    std::string name; ///< without its folder
    std::string sha256;
    std::string version; ///< of the release; empty if it is none that this program trusts
};

/// The same for the whole run; the first record.
struct RunFacts {
    std::string plan;
    std::string planFile;
    std::string planSha256;
    std::string target;
    std::string station;
    std::string operatorName;
    std::uint64_t seed = 0;
    std::string program; ///< its version
    std::string system;
    std::string started; ///< UTC, ISO 8601 with milliseconds
    std::uint64_t yieldPercent = 100;
    std::string retryOf; ///< last chain value of the run whose failed units these are
    std::vector<FileFact> files;
    std::vector<Unit> units;
};

struct StepResult {
    std::string unit; ///< its id, else its port
    std::string variant;
    std::string path;  ///< "3", within a repetition "3.1"
    std::string cycle; ///< of each repetition around it: "17", "2.17"; empty outside
    std::string name;
    std::string kind;
    Outcome outcome = Outcome::NotRun;
    std::string reason; ///< why it has not passed
    std::string started;
    std::uint64_t ms = 0;
    std::vector<Phase> phases;
    std::optional<std::uint64_t> exitCode;
    std::string error; ///< "HX-0603"
    std::string file;  ///< release or unit, without its folder
    std::string versionBefore;
    std::string versionAfter;
    std::uint64_t blocksSent = 0;
    std::string accident; ///< "cutAtOperation 4711 bad"
    bool accidentHappened = false;
};

/// The first reason counts.
void failStep(StepResult& result, std::string reason);
/// Cancelled, if that is the error.
void failStep(StepResult& result, const updater::Error& error);

struct UnitResult {
    std::string unit;
    std::string port;
    Outcome outcome = Outcome::NotRun;
    std::string reason;
    std::uint64_t ms = 0;
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t notApplicable = 0;
    std::uint64_t notRun = 0;
};

struct Verdict {
    Outcome outcome = Outcome::NotRun;
    std::string reason;
    std::uint64_t ms = 0;
};

struct Results {
    RunFacts run;
    std::vector<StepResult> steps;
    std::vector<UnitResult> units;
    std::optional<Verdict> verdict; ///< nothing: the run is not over, or was killed
    std::string chain;              ///< of the last record
};

/// "2026-11-23T08:15:00.123Z".
std::string utcNow();

} // namespace plan
