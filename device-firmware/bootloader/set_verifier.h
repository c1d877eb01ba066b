// Verifies one set: both images' format, hash and signature, and that they belong together. The same
// checks at every boot and after every download (boot.md, Power-on 5).
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/identity.h"
#include "contract/image_format.h"

namespace boot {

/// What a slot's two images say, and the first fault of each. A set is valid if both are None.
struct SetContents {
    std::array<contract::ImageFault, 2> faults{contract::ImageFault::Magic,
                                               contract::ImageFault::Magic};
    bool isBlank = false; ///< neither core's slot starts with anything
    contract::SetId setId{};
    contract::Version releaseVersion;
    std::array<contract::Version, 2> coreVersions{};
    std::array<Digest, 2> imageHashes{};
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    std::uint16_t flags = 0;

    bool isValid() const
    {
        return faults[0] == contract::ImageFault::None && faults[1] == contract::ImageFault::None;
    }
};

/// Works in slices, so that EP0 keeps being answered: `step` hashes at most `sliceBytes` of flash (about
/// 0.5 ms at 400 MHz) or checks one signature (about 30 ms). Both banks must be idle meanwhile (R11).
class SetVerifier {
public:
    static constexpr std::uint32_t sliceBytes = 4096;

    SetVerifier(Board& board, const Crypto& crypto, const contract::FlashMap& map,
                const Identity& identity);

    void start(contract::Slot slot);

    /// One slice; true when the verdict is in `contents()`.
    [[nodiscard]] bool step();
    const SetContents& contents() const { return m_contents; }

    /// `start` and all its steps at once, for the start-up sequence.
    const SetContents& verify(contract::Slot slot);

private:
    // Filled in by the implementation.
    Board& m_board;
    const Crypto& m_crypto;
    const contract::FlashMap& m_map;
    const Identity& m_identity;
    SetContents m_contents;
};

} // namespace boot
