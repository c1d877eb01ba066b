#include "cli/outcome_text.h"

#include "core/bundle/text_forms.h"

#include <algorithm>

namespace cli {
namespace {

using updater::UpdateOutcome;
using updater::versionText;
using Kind = UpdateOutcome::Kind;

std::string_view word(Kind kind)
{
    switch (kind) {
    case Kind::Updated: return "updated";
    case Kind::Installed: return "installed";
    case Kind::AlreadyCurrent: return "up-to-date";
    case Kind::InstalledNotObservable: return "not-observable";
    }
    return "unknown";
}

/// The last line of a successful update; part of the interface (app/cli/README.md).
std::string sentence(const UpdateOutcome& outcome)
{
    const std::string to = versionText(outcome.to);
    constexpr std::string_view confirmed = " (confirmed by the device)";
    switch (outcome.kind) {
    case Kind::Updated:
        return "updated: " + versionText(*outcome.from) + " -> " + to + std::string(confirmed);
    case Kind::Installed: return "installed: " + to + std::string(confirmed);
    case Kind::AlreadyCurrent: return "up to date: " + to + std::string(confirmed);
    case Kind::InstalledNotObservable: break;
    }
    return "installed and verified: " + to + " (start not observable)";
}

} // namespace

void show(Output& output, const UpdateOutcome& outcome)
{
    JsonLine json("result");
    json.text("outcome", word(outcome.kind)).text("id", outcome.uniqueId);
    if (outcome.from) {
        json.text("from", versionText(*outcome.from));
    } else {
        json.nothing("from");
    }
    json.text("to", versionText(outcome.to))
        .flag("confirmed", outcome.kind != Kind::InstalledNotObservable)
        .number("blocksSent", outcome.blocksSent)
        .number("bytesSent", outcome.bytesSent);
    output.note("sent " + std::to_string(outcome.blocksSent) + " blocks, " +
                std::to_string(outcome.bytesSent) + " bytes");
    output.result(json, sentence(outcome));
}

updater::Deadlines deadlinesOf(const Command& command)
{
    updater::Deadlines deadlines;
    deadlines.returnMs = command.timeoutMs;
    deadlines.confirmationMs = std::min(deadlines.confirmationMs, command.timeoutMs);
    return deadlines;
}

} // namespace cli
