#include "bundler/image_builder.h"

namespace bundler {

using namespace contract;

namespace {

void append(Bytes& to, ByteView bytes)
{
    to.insert(to.end(), bytes.begin(), bytes.end());
}

template <std::unsigned_integral T>
ByteArray<sizeof(T)> littleEndian(T value)
{
    ByteArray<sizeof(T)> bytes{};
    Encoder encoder{bytes};
    encoder(value);
    return bytes;
}

} // namespace

void appendTlv(Bytes& area, std::uint16_t type, ByteView value)
{
    append(area, littleEndian(type));
    append(area, littleEndian(static_cast<std::uint16_t>(value.size())));
    append(area, value);
}

Bytes tlvArea(std::uint16_t magic, ByteView tlvs)
{
    Bytes area;
    append(area, littleEndian(magic));
    append(area, littleEndian(static_cast<std::uint16_t>(tlvAreaHeaderBytes + tlvs.size())));
    append(area, tlvs);
    return area;
}

Bytes imageBody(const ImageHeader& header, ByteView payload)
{
    Bytes body(header.headerBytes, 0xFF);
    Encoder encoder{ByteSpan{body}};
    encoder(header);
    append(body, payload);
    return body;
}

Bytes protectedTlvs(Core core, const ImageTlvs& tlvs)
{
    Bytes list;
    appendTlv(list, tlv::securityCounter, littleEndian(tlvs.securityCounter));
    appendTlv(list, tlv::setId, tlvs.setId);
    appendTlv(list, tlv::product, encode(tlvs.product));
    if (core == Core::M7) appendTlv(list, tlv::companion, tlvs.companion);
    appendTlv(list, tlv::setFlags, littleEndian(tlvs.flags));
    appendTlv(list, tlv::releaseVersion, encode(tlvs.releaseVersion));
    return tlvArea(protectedTlvMagic, list);
}

updater::Result<Image> buildImage(const ImageFields& fields, ByteView payload,
                                  const updater::PrivateKey& key)
{
    Image image;
    image.tlvs = protectedTlvs(fields.core, fields.tlvs);
    const ImageHeader header{
        .loadAddress = fields.loadAddress,
        .protectedTlvBytes = static_cast<std::uint16_t>(image.tlvs.size()),
        .payloadBytes = static_cast<std::uint32_t>(payload.size()),
        .version = fields.version,
    };
    image.body = imageBody(header, payload);
    image.hash = updater::sha256({image.body, image.tlvs});
    TRY_ASSIGN(const Bytes signature, key.sign(image.hash));
    Bytes list;
    appendTlv(list, tlv::sha256, image.hash);
    appendTlv(list, tlv::keyHash, key.publicKey().hash());
    appendTlv(list, tlv::ecdsaSignature, signature);
    append(image.tlvs, tlvArea(unprotectedTlvMagic, list));
    return image;
}

} // namespace bundler
