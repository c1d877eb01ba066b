// Makes one signed MCUboot image (contract/image_format.h) from a payload.
#pragma once

#include "contract/image_format.h"
#include "core/result.h"
#include "core/signature/private_key.h"

#include <vector>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;
using contract::ByteView;

/// What goes into an image beside its payload. `tlvs` without hash, key hash and signature, which
/// are computed; `companion` is written for the M7 only.
struct ImageFields {
    contract::Core core = contract::Core::M7;
    std::uint32_t loadAddress = 0;
    contract::Version version;
    contract::ImageTlvs tlvs;
};

struct Image {
    Bytes body; ///< header, fill and payload: what a set stream carries
    Bytes tlvs; ///< both TLV areas
    contract::Digest hash{};
};

/// One TLV: type, length, value.
void appendTlv(Bytes& area, std::uint16_t type, ByteView value);

/// A TLV area: its header, then `tlvs`.
Bytes tlvArea(std::uint16_t magic, ByteView tlvs);

/// Header and fill up to `imageHeaderBytes`, then the payload.
Bytes imageBody(const contract::ImageHeader& header, ByteView payload);

/// The protected TLVs with their area header, in the order of the format's documentation.
Bytes protectedTlvs(contract::Core core, const contract::ImageTlvs& tlvs);

updater::Result<Image> buildImage(const ImageFields& fields, ByteView payload,
                                  const updater::PrivateKey& key);

} // namespace bundler
