#include "bootloader/image_verifier.h"

#include <algorithm>

namespace boot {

using namespace contract;

namespace {

bool isFill(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

} // namespace

ImageVerifier::ImageVerifier(Board& board, const Crypto& crypto, const Identity& identity)
    : m_board(board), m_crypto(crypto), m_identity(identity)
{
}

void ImageVerifier::start(Core core, const Region& slot, const Region& home)
{
    m_core = core;
    m_slot = slot;
    m_header = {};
    m_tlvs = {};
    m_key = nullptr;
    m_hashedBytes = 0;
    m_tlvBytes = 0;
    m_isBlank = false;
    m_isStaged = false;
    m_isHashRight = false;
    m_crypto.start(m_hash);
    m_fault = checkStart(home);
}

bool ImageVerifier::step()
{
    if (m_fault != ImageFault::None) return true;
    if (m_isHashRight) {
        if (!m_crypto.verify(*m_key, m_tlvs.hash, m_signature)) m_fault = ImageFault::Signature;
        return true;
    }
    m_fault = m_hashedBytes < m_header.hashedBytes() ? hashSlice() : checkHash();
    return m_fault != ImageFault::None;
}

ImageFault ImageVerifier::checkStart(const Region& home)
{
    std::array<std::uint8_t, imageHeaderBytes + vectorBytes> bytes{};
    const ReadResult result = m_board.flash().read(m_slot.address, bytes);
    m_isBlank = result == ReadResult::Blank;
    if (result == ReadResult::Bad) return ImageFault::Unreadable;

    const ByteView view{bytes};
    m_header = decode<ImageHeader>(view.first<ImageHeader::encodedBytes>());
    m_isStaged = m_header.loadAddress == home.address && !(home == m_slot);
    const Region& linkedFor = m_isStaged ? home : m_slot;
    const ImageFault fault = checkHeader(m_header, linkedFor);
    if (fault != ImageFault::None) return fault;
    if (!isFill(view.first(imageHeaderBytes).subspan(ImageHeader::encodedBytes))) {
        return ImageFault::Padding;
    }
    const Region payload{linkedFor.address + imageHeaderBytes, m_header.payloadBytes};
    const ImageFault inVectors = checkVectorTable(view.last(vectorBytes), payload);
    return inVectors == ImageFault::None ? checkTlvs() : inVectors;
}

/// Reads no byte behind the TLVs: what lies there belongs to nobody and may be unreadable.
ImageFault ImageVerifier::checkTlvs()
{
    std::array<std::uint8_t, maximumTlvBytes> bytes{};
    const std::uint32_t place = m_slot.address + m_header.bodyBytes();
    const std::uint32_t headBytes = m_header.protectedTlvBytes + tlvAreaHeaderBytes;
    if (headBytes > bytes.size()) return ImageFault::TlvArea;
    const ByteSpan head = ByteSpan{bytes}.first(headBytes);
    if (m_board.flash().read(place, head) == ReadResult::Bad) return ImageFault::Unreadable;

    const std::uint32_t areaBytes =
        m_header.protectedTlvBytes + detail::loadU16(head, headBytes - 2);
    const bool fits = areaBytes <= bytes.size() && m_slot.contains(place, areaBytes);
    if (!fits || areaBytes < headBytes) return ImageFault::TlvArea;
    const ByteSpan tail = ByteSpan{bytes}.subspan(headBytes, areaBytes - headBytes);
    if (m_board.flash().read(place + headBytes, tail) == ReadResult::Bad) {
        return ImageFault::Unreadable;
    }
    const ImageFault fault =
        parseTlvs(ByteView{bytes}.first(areaBytes), m_header.protectedTlvBytes, m_core, m_tlvs);
    if (fault != ImageFault::None) return fault;
    m_tlvBytes = areaBytes;
    const bool isDer = readDerSignature(m_tlvs.signature, m_signature);
    m_tlvs.signature = {}; // its bytes end with this function
    return isDer ? checkOrigin() : ImageFault::Signature;
}

ImageFault ImageVerifier::checkOrigin()
{
    m_key = m_identity.keyWith(m_tlvs.keyHash);
    if (m_key == nullptr) return ImageFault::Key;
    const bool isForUs =
        m_tlvs.product.admits(m_identity.productId, m_board.facts().hardwareRevision);
    return isForUs ? ImageFault::None : ImageFault::Product;
}

ImageFault ImageVerifier::hashSlice()
{
    std::array<std::uint8_t, sliceBytes> bytes{};
    const ByteSpan slice =
        ByteSpan{bytes}.first(std::min(sliceBytes, m_header.hashedBytes() - m_hashedBytes));
    if (m_board.flash().read(m_slot.address + m_hashedBytes, slice) == ReadResult::Bad) {
        return ImageFault::Unreadable;
    }
    m_crypto.update(m_hash, slice);
    m_hashedBytes += static_cast<std::uint32_t>(slice.size());
    return ImageFault::None;
}

ImageFault ImageVerifier::checkHash()
{
    m_isHashRight = m_crypto.finish(m_hash) == m_tlvs.hash;
    return m_isHashRight ? ImageFault::None : ImageFault::Hash;
}

} // namespace boot
