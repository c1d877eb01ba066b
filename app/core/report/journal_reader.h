// The journal as the bootloader hands it out, page by page.
#pragma once

#include "core/dfu/vendor_client.h"
#include "core/file.h"

namespace updater {

/// Appends the sector's bytes from its start to its first page without a word. A failure keeps the
/// pages before it. While a download is under way the device refuses, and there is nothing.
Result<> readJournal(UsbConnection& connection, Bytes& sector);

} // namespace updater
