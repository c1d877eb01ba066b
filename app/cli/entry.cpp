#include "cli/entry.h"

#include "cli/interrupt.h"
#include "cli/own_program.h"
#include "cli/program.h"
#include "cli/terminal.h"
#include "cli/transport_choice.h"

#include <iostream>

namespace cli {

int runOnBus(std::vector<std::string> arguments, std::vector<std::string> prefix)
{
    Output output(std::cout, std::cerr, {.json = false, .isTerminal = isErrorStreamTerminal()});
    prefix.insert(prefix.begin(), ownProgram().string());
    const OpenTransport openTransport = chooseTransport(arguments);
    const int exitCode =
        runProgram(std::move(arguments), output, openTransport, stopOnSignal(), std::move(prefix));
    // Whoever reads the results must not take a part of them for all.
    if (exitCode == 0 && !std::cout.flush())
        return output.error({updater::ErrorCode::FileNotWritable, "standard output"});
    return exitCode;
}

} // namespace cli
