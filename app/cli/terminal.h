#pragma once

namespace cli {

/// True if stderr is a terminal, on which a bar can redraw itself. One file for each system.
bool isErrorStreamTerminal();

} // namespace cli
