// Verifies one image in its slot: header, TLVs, vector table, hash and signature.
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/identity.h"
#include "contract/image_format.h"

namespace boot {

/// Works in slices, like SetVerifier, which owns one. `identity` outlives the last slice.
class ImageVerifier {
public:
    static constexpr std::uint32_t sliceBytes = 4096;

    ImageVerifier(Board& board, const Crypto& crypto, const Identity& identity);

    /// Reads and checks everything but hash and signature. The image is linked for `slot`, where it
    /// lies, or for `home`: then it is only staged.
    void start(contract::Core core, const contract::Region& slot, const contract::Region& home);

    /// Hashes a slice or checks the signature; true when `fault()` is the verdict.
    [[nodiscard]] bool step();

    contract::ImageFault fault() const { return m_fault; }
    bool isBlank() const { return m_isBlank; }   ///< the slot starts with nothing
    bool isStaged() const { return m_isStaged; } ///< linked for `home`, and that is not `slot`
    /// Header, payload and TLVs.
    std::uint32_t imageBytes() const { return m_header.bodyBytes() + m_tlvBytes; }
    const contract::ImageHeader& header() const { return m_header; }
    const contract::ImageTlvs& tlvs() const { return m_tlvs; } ///< without the signature
    const PublicKey* key() const { return m_key; }             ///< one of Identity's, or none

private:
    contract::ImageFault checkStart(const contract::Region& home);
    contract::ImageFault checkTlvs();
    contract::ImageFault checkOrigin();
    contract::ImageFault hashSlice();
    contract::ImageFault checkHash();

    Board& m_board;
    const Crypto& m_crypto;
    const Identity& m_identity;
    contract::Core m_core = contract::Core::M7;
    contract::Region m_slot;
    contract::ImageHeader m_header;
    contract::ImageTlvs m_tlvs;
    RawSignature m_signature{};
    const PublicKey* m_key = nullptr;
    Sha256 m_hash;
    std::uint32_t m_hashedBytes = 0;
    std::uint32_t m_tlvBytes = 0;
    contract::ImageFault m_fault = contract::ImageFault::None;
    bool m_isBlank = false;
    bool m_isStaged = false;
    bool m_isHashRight = false;
};

} // namespace boot
