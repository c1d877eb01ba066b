// A control handler that answers what a test told it and writes down what it hears.
#pragma once

#include "bootloader/control_request.h"

#include <string>
#include <vector>

namespace test {

class ScriptedHandler final : public boot::ControlHandler {
public:
    boot::SetupAnswer setup(const boot::SetupPacket& packet) override
    {
        log += 'S';
        lastSetup = packet;
        return answer;
    }
    [[nodiscard]] bool received() override
    {
        log += 'R';
        return acceptsData;
    }
    void completed() override { log += 'C'; }
    void busReset() override { log += 'B'; }

    boot::SetupAnswer answer;
    bool acceptsData = true;
    std::string log; ///< Setup, Received, Completed, Bus reset
    boot::SetupPacket lastSetup;
};

inline std::vector<std::uint8_t> countingBytes(std::size_t count)
{
    std::vector<std::uint8_t> bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7 + 1);
    return bytes;
}

} // namespace test
