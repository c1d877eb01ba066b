// Chapter 9 of USB 2.0 for one configuration with one interface. The bus driver answers
// SET_ADDRESS.
#pragma once

#include "bootloader/control_request.h"
#include "bootloader/descriptors.h"

namespace boot {

class StandardRequests {
public:
    StandardRequests(const Identity& identity, const contract::UniqueId& uniqueId)
        : m_identity(identity), m_uniqueId(uniqueId)
    {
    }

    SetupAnswer setup(const SetupPacket& packet);
    void busReset() { m_configuration = 0; }

private:
    SetupAnswer descriptor(const SetupPacket& packet);
    SetupAnswer setConfiguration(const SetupPacket& packet);
    SetupAnswer reply(std::size_t bytes);

    const Identity& m_identity;
    const contract::UniqueId m_uniqueId;
    std::uint8_t m_configuration = 0;
    std::array<std::uint8_t, maximumDescriptorBytes> m_reply{};
};

} // namespace boot
