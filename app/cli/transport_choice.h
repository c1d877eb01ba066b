// Which bus h755ctl works on. One source file for what customers get, and one for tests.
#pragma once

#include "cli/command.h"

namespace cli {

/// The bus that the program's arguments mean. What only names a bus is taken out of them.
OpenTransport chooseTransport(std::vector<std::string>& arguments);

} // namespace cli
