// Update mode: one USB device with DFU 1.1 and the vendor requests, and the work behind them
// (docs/protocol.md). `poll` is called for ever; every call is short, so that EP0 is always answered.
#pragma once

#include "bootloader/control_request.h"
#include "bootloader/journal.h"
#include "bootloader/set_verifier.h"

namespace boot {

/// RAM that update mode needs and that is too large for a stack: 128 KB of slot data and the ring of
/// blocks between EP0 and the two banks (AXI SRAM on the chip).
struct UpdateMemory {
    static constexpr std::uint32_t ringBytes = 256 * contract::kib;
    std::array<std::uint8_t, contract::maximumSlotDataBytes> slotData;
    std::array<std::uint8_t, ringBytes> ring;
};

enum class Restart : std::uint8_t { No, Normal, UpdateMode, RomLoader };

class UpdateMode final : public ControlHandler {
public:
    UpdateMode(Board& board, const Crypto& crypto, const contract::FlashMap& map,
               const Identity& identity, Journal& journal, UpdateMemory& memory,
               contract::UpdateReason reason);

    SetupAnswer setup(const SetupPacket& packet) override;
    [[nodiscard]] bool received() override;
    void completed() override;
    void busReset() override;

    /// One slice of work: flash operations, verification, time-outs.
    void poll();

    /// Anything but No: detach from the bus and reset now.
    Restart restart() const;
};

} // namespace boot
