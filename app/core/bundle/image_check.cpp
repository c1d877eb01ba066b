#include "core/bundle/image_check.h"

#include <algorithm>

namespace updater {

using namespace contract;

namespace {

ImageFault checkLayout(ByteView image, Core core, const Region& region, CheckedImage& out)
{
    if (image.size() < imageHeaderBytes) return ImageFault::HeaderSize;
    out.header = decode<ImageHeader>(image.first<ImageHeader::encodedBytes>());
    const ImageFault fault = checkHeader(out.header, region);
    if (fault != ImageFault::None) return fault;
    if (image.size() > region.bytes) return ImageFault::Size;
    if (image.size() < out.header.hashedBytes()) return ImageFault::TlvArea;
    const ByteView fill = image.first(imageHeaderBytes).subspan(ImageHeader::encodedBytes);
    if (std::ranges::any_of(fill, [](std::uint8_t byte) { return byte != 0xFF; }))
        return ImageFault::Padding;
    return parseTlvs(image.subspan(out.header.bodyBytes()), out.header.protectedTlvBytes, core,
                     out.tlvs);
}

ImageFault checkSignature(ByteView image, const Trust& trust, const CheckedImage& checked)
{
    if (sha256(image.first(checked.header.hashedBytes())) != checked.tlvs.hash)
        return ImageFault::Hash;
    const TrustedKey* key = trust.keyWith(checked.tlvs.keyHash);
    if (key == nullptr) return ImageFault::Key;
    return key->key.verifyDer(checked.tlvs.hash, checked.tlvs.signature) ? ImageFault::None
                                                                         : ImageFault::Signature;
}

} // namespace

ImageFault checkImage(ByteView image, Core core, Slot slot, const Trust& trust, CheckedImage& out)
{
    const ImageFault layout = checkLayout(image, core, trust.map.slot(core, slot), out);
    if (layout != ImageFault::None) return layout;
    const ImageFault signature = checkSignature(image, trust, out);
    if (signature != ImageFault::None) return signature;
    if (out.tlvs.product.productId != trust.productId) return ImageFault::Product;
    return checkVectorTable(image.subspan(imageHeaderBytes, out.header.payloadBytes),
                            {out.header.loadAddress + imageHeaderBytes, out.header.payloadBytes});
}

std::string_view imageFaultName(ImageFault fault)
{
    static constexpr std::array<std::string_view, 23> names{
        "None",      "Unreadable",  "Magic",     "HeaderSize", "LoadAddress",  "Flags",
        "Padding",   "Size",        "TlvArea",   "TlvUnknown", "TlvDuplicate", "TlvMisplaced",
        "TlvLength", "TlvMissing",  "SetFlags",  "Hash",       "Key",          "Signature",
        "Product",   "SetMismatch", "Companion", "Counter",    "VectorTable"};
    const auto number = static_cast<std::size_t>(fault);
    return number < names.size() ? names[number] : "unknown";
}

} // namespace updater
