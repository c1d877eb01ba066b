#include "cli/terminal.h"

#include <unistd.h>

namespace cli {

bool isErrorStreamTerminal()
{
    return isatty(STDERR_FILENO) == 1;
}

} // namespace cli
