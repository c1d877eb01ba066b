// The command line of programs that run a command with boards on its USB.
#pragma once

#include "virtual/bench_place.h"

namespace virtual_h755 {

/// Main of such a program, for boards that `make` makes. Returns its exit status: the command's, 2
/// for a wrong call, 70 if a device has done what the chip forbids or its state cannot be saved.
int runWorkbench(int argc, char** argv, const MakeDevice& make, const std::string& description);

} // namespace virtual_h755
