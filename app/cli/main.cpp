#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/terminal.h"
#include "core/usb/libusb_transport.h"

#include <iostream>

namespace {

cli::Result<std::unique_ptr<updater::UsbTransport>> openLibusb()
{
    TRY_ASSIGN(std::unique_ptr<updater::LibusbTransport> transport,
               updater::LibusbTransport::create());
    return transport;
}

} // namespace

int main(int argc, char** argv)
{
    cli::Output output(std::cout, std::cerr,
                       {.json = false, .isTerminal = cli::isErrorStreamTerminal()});
    return cli::runProgram({argv + 1, argv + argc}, output, &openLibusb, cli::stopOnSignal());
}
