// h755ctl as a function, so that tests run it as people do.
#pragma once

#include "cli/command.h"

namespace cli {

/// Parses `arguments` (without the program's name), runs the command and returns the exit code.
int runProgram(std::vector<std::string> arguments, Output& output,
               const OpenTransport& openTransport, std::stop_token stop);

} // namespace cli
