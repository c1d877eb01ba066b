// Everything about a stream header that can be judged without looking at the flash.
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/identity.h"
#include "contract/set_stream.h"

namespace boot {

/// Magic, version, key, signature, flags, product, hardware, bootloader version and bounds, in this
/// order: nothing of an unsigned header decides. The counter needs the journal and comes later.
/// `encoded` is the header as it was signed. Takes about 30 ms.
contract::StreamFault
checkStream(const Crypto& crypto, const Identity& identity, std::uint16_t hardwareRevision,
            const contract::FlashMap& map,
            std::span<const std::uint8_t, contract::StreamHeader::encodedBytes> encoded);

} // namespace boot
