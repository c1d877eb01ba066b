// EP0 as the portable code sees it: whole control transfers. The USB core's driver (stm32h755/) and
// the virtual bus (virtual/) move the packets and answer SET_ADDRESS.
#pragma once

#include "contract/layout.h"

namespace boot {

/// The 8 bytes of a SETUP packet (USB 2.0 9.3).
struct SetupPacket {
    std::uint8_t requestType = 0;
    std::uint8_t request = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
    std::uint16_t length = 0;

    static constexpr std::size_t encodedBytes = 8;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.requestType);
        field(self.request);
        field(self.value);
        field(self.index);
        field(self.length);
    }

    constexpr bool isIn() const { return (requestType & 0x80) != 0; }
};

/// How to go on after a SETUP packet.
struct SetupAnswer {
    enum class Kind : std::uint8_t {
        Stall,
        Send,        ///< `data`, at most wLength bytes of it
        Receive,     ///< wLength bytes into `buffer`, then `received`
        Acknowledge, ///< no data stage
    };
    Kind kind = Kind::Stall;
    contract::ByteView data;   ///< stays valid until the next SETUP
    contract::ByteSpan buffer; ///< at least wLength bytes

    static constexpr SetupAnswer stall() { return {}; }
    static constexpr SetupAnswer acknowledge() { return {Kind::Acknowledge, {}, {}}; }
    static constexpr SetupAnswer send(contract::ByteView data) { return {Kind::Send, data, {}}; }
    static constexpr SetupAnswer receive(contract::ByteSpan buffer)
    {
        return {Kind::Receive, {}, buffer};
    }
};

/// A device's answers on EP0. Calls come one transfer at a time, never from an interrupt.
class ControlHandler {
public:
    virtual SetupAnswer setup(const SetupPacket& packet) = 0;

    /// The data stage of a `Receive` is complete. False stalls the status stage.
    [[nodiscard]] virtual bool received() = 0;

    /// The status stage of the transfer has ended: what must wait for it (a restart) may happen
    /// now.
    virtual void completed() = 0;

    /// Bus reset, also repeated ones. Never interrupts a flash operation.
    virtual void busReset() = 0;

protected:
    ~ControlHandler() = default;
};

} // namespace boot
