// h755ctl as a function, so that tests run it as people do.
#pragma once

#include "cli/command.h"

namespace cli {

/// Parses `arguments` (without the program's name), runs the command and returns the exit code.
/// `again`: what starts this program anew, for `test`, with the path first.
int runProgram(std::vector<std::string> arguments, Output& output,
               const OpenTransport& openTransport, std::stop_token stop,
               std::vector<std::string> again = {});

} // namespace cli
