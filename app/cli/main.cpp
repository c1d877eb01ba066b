#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/terminal.h"
#include "cli/transport_choice.h"

#include <iostream>

int main(int argc, char** argv)
{
    cli::Output output(std::cout, std::cerr,
                       {.json = false, .isTerminal = cli::isErrorStreamTerminal()});
    std::vector<std::string> arguments(argv + 1, argv + argc);
    const cli::OpenTransport openTransport = cli::chooseTransport(arguments);
    return cli::runProgram(std::move(arguments), output, openTransport, cli::stopOnSignal());
}
