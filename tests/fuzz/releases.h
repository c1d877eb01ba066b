// The releases that exist in the fuzzed world, and the maps that they are made for.
#pragma once

#include "fuzz_crypto.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"

namespace fuzz {

using bundler::SignedSet;

enum class MapChoice : std::uint8_t {
    Tiny, ///< every download compacts the journal
    Small
};

struct Releases {
    const contract::FlashMap& map;
    std::vector<SignedSet> sets;
    HonestCrypto honest;
    GullibleCrypto gullible;

    const SignedSet& newest() const;
    /// The release whose image, linked for that slot, `bytes` begin with; or nothing.
    const SignedSet* withImage(contract::Core core, contract::Slot link,
                               contract::ByteView bytes) const;
};

/// Numbers into `Releases::sets`.
namespace release {
inline constexpr std::size_t first = 0;     ///< 1.0.0, four blocks
inline constexpr std::size_t second = 1;    ///< 1.1.0, several blocks; TLVs reach into a new one
inline constexpr std::size_t unflagged = 2; ///< without boot-client
inline constexpr std::size_t foreign = 3;   ///< another product's
inline constexpr std::size_t tooNew = 4;    ///< needs a newer bootloader
inline constexpr std::size_t newest = 5;    ///< the next key: every device may take it, always
inline constexpr std::size_t slotAOnly = 6; ///< staged in B, copied to A by the next start
} // namespace release

inline const SignedSet& Releases::newest() const
{
    return sets[release::newest];
}

/// Built once per process.
Releases& releasesFor(MapChoice choice);

/// What the device hashes for the signature of a stream header.
contract::Digest signedDigest(contract::ByteView encodedHeader);

} // namespace fuzz
