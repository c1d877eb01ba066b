// Brings an image into the flash through the ROM loader and believes nothing but what it reads
// back.
#pragma once

#include "core/dfu/dfuse_client.h"

#include <functional>
#include <stop_token>

namespace updater {

/// Writes `image` from the start of a sector on and leaves the rest of its last sector 0xFF. Every
/// sector is erased, programmed, read back and compared, up to three times. The image's first block
/// comes last, so that a core never starts into half of it. Fails with WriteProtected if the flash
/// stays what it was, FlashVerify if it holds something else, Cancelled between two sectors.
/// `progressed` gets the bytes of the image that are safely in the flash.
Result<> writeThroughRom(DfuseClient& client, std::uint32_t address, ByteView image,
                         const std::function<void(std::size_t)>& progressed,
                         const std::stop_token& stop);

} // namespace updater
