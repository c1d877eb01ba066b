#include "plan/exports.h"

namespace plan {
namespace {

std::string field(std::string text)
{
    for (char& c : text) {
        if (c == '\r' || c == '\n' || c == '\0') c = ' ';
    }
    if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos)
        text.insert(0, 1, '\'');
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string row(const std::vector<std::string>& fields)
{
    std::string line = field(fields.front());
    for (std::size_t i = 1; i < fields.size(); ++i)
        line += ',' + field(fields[i]);
    return line;
}

/// "sending=1200 restarting=300".
std::string phasesText(const std::vector<Phase>& phases)
{
    std::string text;
    for (const Phase& phase : phases)
        text += (text.empty() ? "" : " ") + phase.name + '=' + std::to_string(phase.ms);
    return text;
}

} // namespace

std::string csvHeader()
{
    return "station,operator,target,seed,started,unit,variant,path,cycle,name,do,outcome,reason,ms,"
           "phases,exit_code,error,file,version_before,version_after,blocks_sent,accident,"
           "accident_happened";
}

std::string csvRow(const RunFacts& run, const StepResult& step)
{
    return row({run.station,
                run.operatorName,
                run.target,
                std::to_string(run.seed),
                step.started,
                step.unit,
                step.variant,
                step.path,
                step.cycle,
                step.name,
                step.kind,
                std::string(word(step.outcome)),
                step.reason,
                std::to_string(step.ms),
                phasesText(step.phases),
                step.exitCode ? std::to_string(*step.exitCode) : std::string(),
                step.error,
                step.file,
                step.versionBefore,
                step.versionAfter,
                std::to_string(step.blocksSent),
                step.accident,
                step.accidentHappened ? "true" : "false"});
}

} // namespace plan
