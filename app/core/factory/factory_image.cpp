#include "core/factory/factory_image.h"

#include "contract/journal_word.h"
#include "core/bundle/set_check.h"

#include <algorithm>

namespace updater {

using namespace contract;
namespace {

std::uint32_t wordAt(const Bytes& bytes, std::uint32_t offset)
{
    std::uint32_t word = 0;
    Decoder decoder{ByteView{bytes}.subspan(offset, sizeof word)};
    decoder(word);
    return word;
}

/// The reset vector of a table at `offset` of the sector is Thumb code inside the sector.
bool hasVectors(const Bytes& bootloader, std::uint32_t offset, const Region& sector)
{
    if (offset + 8 > bootloader.size()) return false;
    const std::uint32_t entry = wordAt(bootloader, offset + 4);
    return (entry & 1) != 0 && sector.contains(entry & ~1U) &&
           wordAt(bootloader, offset) != 0xFFFF'FFFF;
}

bool contains(const Bytes& bytes, ByteView part)
{
    return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

/// The journal's first two words, as the bootloader itself writes them (R3).
Bytes firstJournalWords(const VerifiedBundle& bundle)
{
    StatePayload state;
    state.setState(Slot::A, SlotState::Ready);
    state.floorCounter = bundle.manifest().securityCounter;
    state.floorKeyIndex = static_cast<std::uint8_t>(bundle.manifest().keyIndex);
    state.setIds[index(Slot::A)] = prefix<6>(bundle.manifest().setId);
    Bytes words;
    for (const std::uint32_t sequence : {1U, 2U}) {
        const auto word = encode(JournalWord{JournalType::State, static_cast<std::uint8_t>(Slot::A),
                                             sequence, encode(state)});
        words.insert(words.end(), word.begin(), word.end());
    }
    return words;
}

} // namespace

Result<> checkBootloader(const Bytes& bootloader, const FlashMap& map)
{
    if (bootloader.size() > map.bootloader.bytes)
        return fail(ErrorCode::BundleImageTooLarge, "the bootloader does not fit its sector");
    if (!hasVectors(bootloader, 0, map.bootloader))
        return fail(ErrorCode::BundleImage, "the bootloader does not start with a vector table");
    if (!hasVectors(bootloader, m4StartStubAddress - map.bootloader.address, map.bootloader))
        return fail(ErrorCode::BundleImage, "the bootloader has no start stub for the M4");
    return {};
}

Result<std::vector<FlashPiece>> factoryImage(const Bytes& bootloader, const VerifiedBundle& bundle,
                                             const FlashMap& map)
{
    const TrustedKey* key = brandingTrust().keyWith(bundle.streamHeader().keyHash);
    if (key == nullptr || !contains(bootloader, key->key.point()))
        return fail(ErrorCode::BundleImage, "the bootloader does not know the release's key");
    std::vector<FlashPiece> pieces{{map.bootloader.address, bootloader}};
    for (const Core core : cores) {
        pieces.push_back({map.slot(core, Slot::A).address,
                          imageFromStream(bundle.stream(), bundle.streamHeader(), core, Slot::A)});
    }
    pieces.push_back({map.journal.address, firstJournalWords(bundle)});
    return pieces;
}

} // namespace updater
