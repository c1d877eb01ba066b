// The RTC backup registers: what bootloader and application leave for each other, and what the
// bootloader remembers over resets (contract/hand_off.h). Nothing here decides what is bootable.
#pragma once

#include "bootloader/journal.h"

namespace boot {

/// What the application is told about itself before every jump.
struct HandOff {
    contract::Slot slot = contract::Slot::A;
    contract::SlotState state = contract::SlotState::Confirmed;
    std::uint16_t flags = 0; ///< set_flags
    contract::SetId setId{};
    contract::Version releaseVersion;
};

/// Every start of the bootloader: neither the last hand-off record nor a ticket is valid any more.
void clearHandOff(Board& board);

void writeHandOff(Board& board, const HandOff& record);
void writeTicket(Board& board, const Journal::Ticket& ticket);

/// The application's request, which is cleared.
h755_boot_request takeRequest(Board& board);

/// How the last starts went.
struct StartCounter {
    std::uint8_t unhealthyStarts = 0; ///< in a row; boot-client clears them
    std::uint8_t resetTaps = 0;       ///< resets by the pin in a row, likewise
};
StartCounter startCounter(const Board& board);
void setStartCounter(Board& board, const StartCounter& counter);

/// The bootloader's fault handler writes the record, with `count` one higher, and resets.
contract::FaultRecord faultRecord(const Board& board);
void setFaultRecord(Board& board, const contract::FaultRecord& record);

} // namespace boot
