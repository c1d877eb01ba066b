// From DFU_DNLOAD transfers to whole blocks of the stream (docs/protocol.md, "Position"). Knows
// nothing of what the blocks mean.
#pragma once

#include "contract/dfu.h"
#include "contract/set_stream.h"

#include <optional>

namespace boot {

/// A whole block, valid until `release`.
struct StreamBlock {
    std::uint32_t number = 0;
    contract::ByteView bytes;
};

class StreamReceiver {
public:
    using Buffer = std::span<std::uint8_t, contract::streamBlockBytes>;

    /// `transfer` receives the data stages, `block` collects shorter ones.
    StreamReceiver(Buffer transfer, Buffer block) : m_transfer(transfer), m_block(block) {}

    /// A new download: drops what has not become a whole block.
    void startTransfer();
    /// Plain tools count bytes and transfers; after BEGIN_UPDATE wBlockNum is the block's number.
    void setPositioned(bool isPositioned);

    Buffer transferBuffer() const { return m_transfer; }

    /// A data stage of `bytes` is complete. False: errADDRESS, wrong number or length.
    [[nodiscard]] bool accept(std::uint16_t blockNumber, std::uint32_t bytes);

    /// The next whole block, if there is one; `release` it before the next `accept`.
    std::optional<StreamBlock> block() const;
    void release();

    /// True while less than a block has come of the next one.
    bool hasRest() const { return m_blockBytes != 0 && !block(); }

private:
    void collect();

    Buffer m_transfer;
    Buffer m_block;
    bool m_isPositioned = false;
    std::uint16_t m_nextNumber = 0; ///< wBlockNum that a plain tool must send next
    std::uint32_t m_position = 0;   ///< number of the block that is collected
    std::uint32_t m_blockBytes = 0; ///< collected of it
    std::uint32_t m_transferAt = 0; ///< what of the transfer is collected already
    std::uint32_t m_transferBytes = 0;
};

} // namespace boot
