// The bootloader's journal as JSON lines, for reports.
#pragma once

#include "contract/layout.h"

#include <string>

namespace updater {

/// One object a line for every word that is not blank: its place, what it says, and its 32 bytes in
/// hex, from which the sector can be made again. `sector` is a multiple of 32 bytes long.
std::string journalJson(contract::ByteView sector);

} // namespace updater
