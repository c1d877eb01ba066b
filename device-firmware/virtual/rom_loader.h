// ST's ROM loader as a USB device: 0483:df11 with the dialogue of AN3156 (DfuSe, "REF" 7.2; what
// "REF" and "OPEN" mean stands in rom_behaviour.h).
#pragma once

#include "bootloader/control_request.h"
#include "contract/dfu.h"
#include "virtual/rom_memory.h"

namespace virtual_h755 {

class RomLoader final : public boot::ControlHandler {
public:
    RomLoader(FlashModel& flash, Clock& clock, const RomOptions& options,
              const boot::BoardFacts& facts);

    boot::SetupAnswer setup(const boot::SetupPacket& packet) override;
    [[nodiscard]] bool received() override;
    void completed() override;
    /// OPEN: what a bus reset changes; here nothing, so that a host meets what another has left.
    void busReset() override {}

    /// False once it stands still for good.
    bool isRunning() const { return !m_isHung; }

    /// It has left the bus: to jump through the vectors at this address, or for a reset.
    struct Exit {
        std::optional<std::uint32_t> vectors;
    };
    const std::optional<Exit>& exit() const { return m_exit; }

private:
    using State = contract::dfu::State;
    using Status = contract::dfu::Status;

    boot::SetupAnswer standardRequest(const boot::SetupPacket& packet);
    boot::SetupAnswer descriptor(std::uint16_t value);
    boot::SetupAnswer classRequest(const boot::SetupPacket& packet);
    boot::SetupAnswer download(const boot::SetupPacket& packet);
    boot::SetupAnswer upload(const boot::SetupPacket& packet);
    boot::SetupAnswer status();
    boot::SetupAnswer clearStatus();
    boot::SetupAnswer abort();
    boot::SetupAnswer stall(Status reason);
    boot::SetupAnswer reply(std::uint8_t value);
    bool isCommandComplete() const;
    RomResult perform();
    RomResult performCommand();
    void finish();

    const RomOptions& m_options;
    RomMemory m_memory;
    State m_state = State::Idle;
    Status m_status = Status::Ok;
    std::uint32_t m_pointer = 0x0800'0000;
    std::uint8_t m_configuration = 0;
    std::uint8_t m_alternate = 0;

    /// The DNLOAD whose action waits for the next GETSTATUS.
    boot::SetupPacket m_pending;
    contract::ByteArray<rom::transferBytes> m_received{};
    contract::ByteArray<rom::transferBytes> m_reply{};
    std::optional<Exit> m_exit;
    RomResult m_result = RomResult::Done; ///< of the action that the next GETSTATUS tells
    bool m_isHung = false;
    bool m_isLeaving = false; ///< as soon as the host has heard of it
    bool m_resets = false;    ///< the same, for Read-Unprotect
};

} // namespace virtual_h755
