// The slot data of a stream in RAM: TLV areas of both slots and the patches, as the signed header's
// hash promises them.
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/slot_content.h"

namespace boot {

class SlotData {
public:
    using Memory = std::span<std::uint8_t, contract::maximumSlotDataBytes>;

    SlotData(const Crypto& crypto, Memory memory) : m_crypto(crypto), m_memory(memory) {}

    /// Forgets everything; `header` has passed checkStream.
    void start(const contract::StreamHeader& header);
    /// The transfer starts again: all blocks are wanted again, unless they are complete.
    void restart();

    bool wants(std::uint32_t block) const { return !m_isComplete && block >= m_next; }
    bool isComplete() const { return m_isComplete; }

    /// Takes stream block `block` (from 1). errADDRESS: not the next one. errFILE: the hash is not
    /// the header's, a patch is malformed, or a repeated block differs.
    contract::dfu::Status take(std::uint32_t block, ByteView bytes);

    /// What `core`'s slot is to hold; correct once this is complete. A release linked for slot A
    /// only is staged in slot B as it is.
    SlotContent contentOf(contract::Core core, contract::Slot slot) const;

private:
    ByteView bytes() const { return m_memory.first(m_header.slotDataBytes()); }
    bool arePatchesSound() const;

    const Crypto& m_crypto;
    const Memory m_memory;
    contract::StreamHeader m_header;
    Sha256 m_hash;
    std::uint32_t m_next = 1; ///< stream block
    bool m_isComplete = false;
};

} // namespace boot
