// A running application's surroundings: real flash model, backup registers as a bootloader leaves
// them.
#pragma once

#include "boot-client/boot_client.h"
#include "contract/journal_word.h"
#include "contract/runtime_status.h"
#include "virtual/virtual_board.h"

#include <vector>

namespace client_test {

inline constexpr std::uint32_t productId = 755'001;
inline constexpr std::uint32_t confirmDeadlineMs = 5000;
inline constexpr std::uint32_t ticketAddress = contract::h755FlashMap.journal.address + 10 * 32;
inline constexpr contract::SetId setId{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
inline constexpr contract::Version releaseVersion{1, 4, 2, 77};
inline constexpr contract::Version m7Version{1, 4, 0, 5};
inline constexpr contract::Version m4Version{1, 3, 9, 6};

class ClientFixture {
public:
    ClientFixture();

    void leaveHandOff(contract::Slot slot, contract::SlotState state);
    void leaveTicket();
    void putImage(contract::Core core, contract::Slot slot, const contract::Version& version);
    void startClient() { h755_client_init(&client, &port, productId, confirmDeadlineMs); }

    void passMs(std::uint64_t ms) { clock.sleepUs(ms * 1000); }
    std::uint32_t backup(unsigned number) const { return board.backup(number); }
    std::uint64_t programs() const { return flash.operations(); }

    /// What the journal holds at the ticket's place, `index` words on.
    std::vector<std::uint8_t> wordAtTicket(std::uint32_t index = 0) const;
    static std::vector<std::uint8_t> confirmWord();

    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{contract::h755FlashMap, clock};
    virtual_h755::VirtualBoard board{flash, clock};
    int feeds = 0;
    int resets = 0;
    h755_port port{};
    h755_client client{};

private:
    void sealRecord(unsigned first, unsigned last);
    bool program(std::uint32_t address, const std::uint8_t* word);
};

} // namespace client_test
