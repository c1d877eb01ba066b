// The options of virtual-h755 that begin with a board as the factory delivers it: its ROM loader.
#pragma once

#include "virtual/workbench.h"

#include <CLI/CLI.hpp>

namespace virtual_h755 {

struct RomArguments {
    std::string version;
    std::string chip = "h755";
    std::string serial;
    std::optional<int> readProtection;
    std::vector<unsigned> protectedSectors;
    std::string bootloaderPath;
    bool refusesSystemMemory = false;
};

void addOptions(CLI::App& app, RomArguments& arguments);

/// Throws std::runtime_error if a file cannot be read.
void apply(const RomArguments& arguments, WorkbenchOptions& bench);

} // namespace virtual_h755
