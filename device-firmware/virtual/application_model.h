// What runs after the jump: a firmware that links boot-client, seen from outside.
#pragma once

#include "boot-client/boot_client.h"
#include "bootloader/control_request.h"
#include "bootloader/identity.h"
#include "example/runtime_device.h"
#include "virtual/application_behaviour.h"
#include "virtual/virtual_board.h"

#include <exception>
#include <optional>
#include <string>

namespace virtual_h755 {

class ApplicationModel final : public boot::ControlHandler {
public:
    /// Starts at the vector table `m7Vectors`. What is not there is a lock-up, what cannot be read
    /// a RuleViolation.
    ApplicationModel(VirtualBoard& board, Clock& clock, const contract::FlashMap& map,
                     const boot::Identity& identity, const ApplicationBehaviour& behaviour,
                     std::uint32_t m7Vectors);
    ApplicationModel(const ApplicationModel&) = delete;
    ApplicationModel& operator=(const ApplicationModel&) = delete;

    boot::SetupAnswer setup(const boot::SetupPacket& packet) override;
    [[nodiscard]] bool received() override { return m_usb->received(); }
    void completed() override { m_usb->completed(); }
    void busReset() override { m_usb->busReset(); }

    /// One round of its main loop.
    void poll();

    /// False once it has locked up, hangs, or waits for a reset.
    bool isRunning() const { return m_isRunning; }
    bool wantsReset() const { return m_wantsReset; }

    /// Whether boot-client says that the running set is confirmed.
    bool isConfirmed() const;

private:
    static h755_port portOf(ApplicationModel& model, const contract::FlashMap& map);
    bool canStart(std::uint32_t m7Vectors);
    bool readFlash(std::uint32_t address, contract::ByteSpan out);
    bool programWord(std::uint32_t address, const std::uint8_t* word);
    void startUsb(const boot::Identity& identity);
    void rethrow();

    VirtualBoard& m_board;
    Clock& m_clock;
    const contract::FlashMap& m_map;
    ApplicationBehaviour m_behaviour;
    h755_port m_port;
    h755_client m_client{};
    std::uint32_t m_startMs = 0;
    bool m_isRunning = false;
    bool m_wantsReset = false;
    bool m_hasConfirmed = false;
    std::exception_ptr m_exception;              ///< must not pass through boot-client's C code
    std::optional<example::RuntimeDevice> m_usb; ///< as soon as the client can be asked
};

} // namespace virtual_h755
