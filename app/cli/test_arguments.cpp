#include "cli/test_arguments.h"

#include "cli/path_option.h"

namespace cli {

void defineTest(CLI::App& app, TestOptions& options, std::function<void()> whenChosen)
{
    CLI::App* command =
        app.add_subcommand("test", "Run a test plan on all units (docs/qa-guide.md)");
    addPath(*command, "plan", options.plan, "Plan (.json)");
    command->add_flag("--lint", options.lints, "Check the plan only");
    command->add_flag("--dry-run", options.isDry, "Show the steps only");
    command->add_flag("--schema", options.showsSchema, "Print the JSON Schema of plans");
    command->add_flag("--record-schema", options.showsRecordSchema,
                      "Print the JSON Schema of records");
    addPath(*command, "--check-records", options.checkRecords,
            "Check the hash chain of a record.jsonl");
    addPath(*command, "--rebuild", options.rebuild,
            "Make table and pages of a folder's record.jsonl anew");
    addPath(*command, "--out", options.out, "Folder for the results, new or empty");
    command->add_option("--seed", options.seed, "Repeats the random numbers of another run");
    command->add_option("--station", options.station, "Name of this test station");
    command->add_option("--operator", options.operatorName, "Who tests");
    command->add_option("--target", options.target, "What the units are, for the records");
    addPath(*command, "--fixture", options.fixture, "Sockets of the bench and their switches");
    addPath(*command, "--retry-failed", options.retryFailed,
            "Folder of a run; only units that did not pass it");
    command->add_option("--jobs", options.jobs, "At most so many units at once");
    command->add_option("--var", options.variables, "NAME=VALUE")->allow_extra_args(false);
    command->add_option("--unit", options.units, "Id or port; all units without it")
        ->allow_extra_args(false);
    command->callback(std::move(whenChosen));
}

} // namespace cli
