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

/// RM0399 4.9.8, 4.9.15 and table 20. Values are fields: every other bit of a register stays.
std::string optionByteList()
{
    // clang-format off
    return R"(# Option bytes of the STM32H755 for this product. Set them once, after the image has been programmed
# and verified, then read them back and cycle the power. Change these fields only: every other bit
# stays as found (read, modify, write), and the rest must be as from the factory (last lines).
#
# field   register   address     mask        value       why
BCM4      OPTSR_PRG  0x52002020  0x00400000  0x00000000  the M4 waits until its image has been verified
BOR_LEV   OPTSR_PRG  0x52002020  0x0000000C  0x0000000C  reset below 2.7 V: no flash operation on a weak supply
WRPSn1    WPSN_PRG1  0x5200203C  0x00000001  0x00000000  sector 0, the bootloader, cannot be written
#
# Expected, and not to be changed:
BCM7      OPTSR_PRG  0x52002020  0x00800000  0x00800000  the M7 boots
SWAP_BANK OPTSR_PRG  0x52002020  0x80000000  0x00000000  bank 1 comes first
RDP       OPTSR_PRG  0x52002020  0x0000FF00  0x0000AA00  level 0; level 2 can never be undone
BOOT7     BOOT7_PRG  0x52002044  0x0000FFFF  0x00000800  BOOT0 low: 0x08000000
)";
    // clang-format on
}

} // namespace updater
