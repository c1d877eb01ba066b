// Messages of the usbredir protocol 0.7, as far as a host of control transfers needs them: to and
// from bytes. Nothing of what comes in is believed before it is checked.
#pragma once

#include "core/usb/usb_transport.h"

#include <array>

namespace updater::usbredir {

enum class Type : std::uint32_t {
    Hello = 0,
    DeviceConnect = 1,
    DeviceDisconnect = 2,
    Reset = 3,
    InterfaceInfo = 4,
    SetConfiguration = 6,
    CancelTransfer = 21,
    ControlTransfer = 100,
};

struct Message {
    Type type = Type::Hello; ///< also ones that are not named above
    std::uint32_t id = 0;    ///< an answer has its request's
    std::vector<std::uint8_t> body;
};

/// What a device that has been plugged in is.
struct Connected {
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::uint16_t bcdDevice = 0;
};

/// How a control transfer ended; `data` is empty after one to the device.
struct Transferred {
    enum class Status : std::uint8_t {
        Done,
        Cancelled,
        Invalid,
        Failed,
        Stalled,
        TimedOut,
        Babbled
    };
    Status status = Status::Failed;
    std::uint16_t bytes = 0; ///< moved
    ByteView data;
};

std::vector<std::uint8_t> hello();
std::vector<std::uint8_t> reset();
std::vector<std::uint8_t> setConfiguration(std::uint8_t number);
std::vector<std::uint8_t> cancel(std::uint32_t id);
/// `length` is wLength; `sent` is empty for a transfer from the device.
std::vector<std::uint8_t> control(std::uint32_t id, const SetupFields& setup, std::uint16_t length,
                                  ByteView sent);

/// Takes the first message out of `received` once it is complete; ReplyMalformed for what no
/// message can be.
Result<std::optional<Message>> takeMessage(std::vector<std::uint8_t>& received);

// What is in a message of that type; ReplyMalformed if it does not have the right length.
Result<Connected> readConnected(const Message& message);
/// The number of the first interface of DFU's class with this protocol; nothing if there is none.
Result<std::optional<std::uint8_t>> readDfuInterface(const Message& message, DeviceMode mode);
/// `length` and the direction are the request's.
Result<Transferred> readTransferred(const Message& message, const SetupFields& setup,
                                    std::size_t length);

} // namespace updater::usbredir
