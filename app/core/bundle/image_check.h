// The complete check of one MCUboot image, as the device does it (boot.md, "Image format").
#pragma once

#include "contract/image_format.h"
#include "core/bundle/trust.h"

#include <string_view>

namespace updater {

/// An image that passed. `tlvs.signature` points into the checked bytes.
struct CheckedImage {
    contract::ImageHeader header;
    contract::ImageTlvs tlvs;
};

/// Checks `image` (header to last TLV, nothing behind) for `core` in `slot`: header, fill, TLV
/// whitelist, hash, key, signature, product and vector table. The first rule that is broken, or
/// None.
contract::ImageFault checkImage(contract::ByteView image, contract::Core core, contract::Slot slot,
                                const Trust& trust, CheckedImage& out);

/// "Signature", for logs.
std::string_view imageFaultName(contract::ImageFault fault);

} // namespace updater
