// h755-bundle as a function, so that tests run it as people do.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace bundler {

/// Parses `arguments` (without the program's name), runs the command and returns the exit code: 0,
/// or the group of the ErrorCode whose text goes to `err`.
int runProgram(std::vector<std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace bundler
