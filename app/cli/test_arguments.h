// The options of `h755ctl test`.
#pragma once

#include "cli/test_command.h"

#include <CLI/CLI.hpp>

namespace cli {

void defineTest(CLI::App& app, TestOptions& options, std::function<void()> whenChosen);

} // namespace cli
