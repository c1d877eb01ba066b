// What `create` needs of one firmware file: the bytes for the slot, and the names and kinds of
// their places.
#pragma once

#include "contract/flash_map.h"
#include "contract/layout.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <vector>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// Bytes of one kind that lie together in the payload and at run time.
struct Piece {
    std::uint32_t offset = 0;     ///< in the payload
    std::uint32_t runAddress = 0; ///< differs from where it lies for code and data copied to RAM
    std::uint32_t bytes = 0;
    bool isCode = false; ///< by the ARM mapping symbols; literal pools are data
};

/// The smallest thing that can hold an address: an instruction (2 or 4 bytes) or an aligned word.
/// Bytes of data outside aligned words come in units of less than 4.
struct Unit {
    std::uint32_t offset = 0; ///< in the payload
    std::uint32_t bytes = 0;
    bool isCode = false;
};

struct Symbol {
    std::uint32_t runAddress = 0;
    std::uint32_t bytes = 0;
    std::string name;
};

/// Payload of a core's image: from slot + 0x400 (contract::imageHeaderBytes) to the last byte
/// loaded.
struct LinkedImage {
    Bytes payload;               ///< gaps between segments are 0xFF
    std::vector<Piece> pieces;   ///< ascending by offset
    std::vector<Symbol> symbols; ///< ascending by run address

    std::vector<Unit> units() const;
    /// Where a payload offset lies at run time; nothing for a gap.
    std::optional<std::uint32_t> runAddressOf(std::uint32_t offset) const;
    /// The symbol that a payload offset belongs to, or nullptr.
    const Symbol* symbolAt(std::uint32_t offset) const;
    /// "vector_table+0x8", or the offset alone where no symbol is.
    std::string placeOf(std::uint32_t offset) const;
};

/// "0x08020400".
std::string addressText(std::uint32_t address);

/// Takes an ELF executable for ARM apart. Refuses anything else (BundleImage) and loadable bytes
/// outside `slot` (BundleImageTooLarge); the payload must start at slot + 0x400.
updater::Result<LinkedImage> readElf(Bytes elf, const contract::Region& slot);

/// Firmware linked for this slot only, as ELF, Intel HEX or raw bytes from slot + 0x400 on; the
/// content tells which. Refuses what `readElf` and `readIntelHex` refuse.
updater::Result<LinkedImage> readSingleLink(Bytes file, const contract::Region& slot);

} // namespace bundler
