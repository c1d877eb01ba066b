#include "cli/command.h"
#include "cli/outcome_text.h"
#include "cli/progress_view.h"

namespace cli {

Result<> update(const Command& command, const UpdateOptions& options)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.file));
    TRY_ASSIGN(const auto transport, command.openTransport());
    ProgressView view(command.output, transport->clock(), command.timeoutMs);
    if (options.showsEveryBlock) view.showEveryBlock();
    TRY_ASSIGN(const updater::UpdateOutcome outcome,
               updater::update(*transport, command.selector, bundle, view, command.stop,
                               deadlinesOf(command)));
    show(command.output, outcome);
    return {};
}

} // namespace cli
