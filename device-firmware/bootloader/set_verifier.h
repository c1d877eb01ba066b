// Verifies one set: both images' format, hash and signature, and that they belong together. The
// same checks at every boot and after every download (boot.md, Power-on 5). Whether a set is below
// the floor is not checked here: that depends on what the set is wanted for.
#pragma once

#include "bootloader/image_verifier.h"

#include <compare>

namespace boot {

/// What the floor limits: the index of the signing key, then the security counter.
struct SecurityLevel {
    std::uint32_t keyIndex = 0;
    std::uint32_t counter = 0;

    constexpr auto operator<=>(const SecurityLevel&) const = default;
};

/// What a slot's two images say, and the first fault of each. A set is valid if both are None.
struct SetContents {
    std::array<contract::ImageFault, 2> faults{contract::ImageFault::Magic,
                                               contract::ImageFault::Magic};
    bool isBlank = false;  ///< neither core's slot starts with anything
    bool isStaged = false; ///< lies in slot B and is linked for slot A: to be copied there
    std::array<std::uint32_t, 2> imageBytes{}; ///< [core], TLVs included
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
    SecurityLevel level() const { return {keyIndex, securityCounter}; }
};

/// Works in slices, so that EP0 keeps being answered: `step` hashes at most `sliceBytes` of flash
/// (about 0.5 ms at 400 MHz) or checks one signature (about 30 ms). Both banks must be idle
/// meanwhile (R11).
class SetVerifier {
public:
    static constexpr std::uint32_t sliceBytes = ImageVerifier::sliceBytes;

    SetVerifier(Board& board, const Crypto& crypto, const contract::FlashMap& map,
                const Identity& identity);

    void start(contract::Slot slot);

    /// One slice; true when the verdict is in `contents()`.
    [[nodiscard]] bool step();
    const SetContents& contents() const { return m_contents; }

    /// `start` and all its steps at once, for the start-up sequence.
    const SetContents& verify(contract::Slot slot);

private:
    void startImage(contract::Core core);
    void finishImage();
    void compareImages();

    const contract::FlashMap& m_map;
    ImageVerifier m_image;
    contract::Slot m_slot = contract::Slot::A;
    contract::Core m_core = contract::Core::M7;
    contract::ImageTlvs m_m7Tlvs;
    SetContents m_contents;
};

} // namespace boot
