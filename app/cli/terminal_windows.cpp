#include "cli/terminal.h"

#include <windows.h>

namespace cli {

/// Only what also understands the sequences that move a bar's cursor.
bool isErrorStreamTerminal()
{
    const HANDLE console = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode = 0;
    return GetConsoleMode(console, &mode) != 0 &&
           SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

} // namespace cli
