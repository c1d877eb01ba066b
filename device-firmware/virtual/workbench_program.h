// The command line of programs that run a command with boards on its USB.
#pragma once

#include "virtual/bench_place.h"
#include "virtual/recreated_board.h"

namespace virtual_h755 {

/// Reads a diagnostics report. Throws std::runtime_error if it cannot be replayed.
using ReadReport = std::function<FoundBoard(const std::filesystem::path& file)>;

/// Main of such a program, for boards that `make` makes; without `readReport` they cannot be made
/// of reports. Returns its exit status: the command's, 2 for a wrong call, 70 if a device has done
/// what the chip forbids or its state cannot be saved.
int runWorkbench(int argc, char** argv, const MakeDevice& make, const std::string& description,
                 const ReadReport& readReport = {});

} // namespace virtual_h755
