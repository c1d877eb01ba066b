// USB DFU 1.1 constants (USB Device Firmware Upgrade Specification 1.1, chapters 4 and 6, appendix
// A).
#pragma once

#include "contract/layout.h"

namespace contract::dfu {

inline constexpr std::uint8_t interfaceClass = 0xFE;
inline constexpr std::uint8_t interfaceSubClass = 0x01;
inline constexpr std::uint8_t runtimeProtocol = 0x01;
inline constexpr std::uint8_t dfuModeProtocol = 0x02;

enum class Request : std::uint8_t {
    Detach = 0,
    Download = 1,
    Upload = 2,
    GetStatus = 3,
    ClearStatus = 4,
    GetState = 5,
    Abort = 6,
};

enum class State : std::uint8_t {
    AppIdle = 0,
    AppDetach = 1,
    Idle = 2,
    DownloadSync = 3,
    DownloadBusy = 4,
    DownloadIdle = 5,
    ManifestSync = 6,
    Manifest = 7,
    ManifestWaitReset = 8,
    UploadIdle = 9,
    Error = 10,
};

enum class Status : std::uint8_t {
    Ok = 0x00,
    ErrTarget = 0x01,
    ErrFile = 0x02,
    ErrWrite = 0x03,
    ErrErase = 0x04,
    ErrCheckErased = 0x05,
    ErrProg = 0x06,
    ErrVerify = 0x07,
    ErrAddress = 0x08,
    ErrNotDone = 0x09,
    ErrFirmware = 0x0A,
    ErrVendor = 0x0B,
    ErrUsbReset = 0x0C,
    ErrPowerOnReset = 0x0D,
    ErrUnknown = 0x0E,
    ErrStalledPacket = 0x0F,
};

/// Reply to DFU_GETSTATUS (6.1.2).
struct StatusReply {
    Status status = Status::Ok;
    ByteArray<3> pollTimeoutBytes{};
    State state = State::Idle;
    std::uint8_t stringIndex = 0;

    static constexpr std::size_t encodedBytes = 6;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.status);
        field(self.pollTimeoutBytes);
        field(self.state);
        field(self.stringIndex);
    }

    constexpr std::uint32_t pollTimeoutMs() const
    {
        return pollTimeoutBytes[0] | static_cast<std::uint32_t>(pollTimeoutBytes[1]) << 8 |
               static_cast<std::uint32_t>(pollTimeoutBytes[2]) << 16;
    }
    constexpr void setPollTimeoutMs(std::uint32_t ms)
    {
        for (std::size_t i = 0; i < 3; ++i) {
            pollTimeoutBytes[i] = static_cast<std::uint8_t>(ms >> (8 * i));
        }
    }
};
static_assert(fillsItsBytes<StatusReply>());

namespace attributes {
inline constexpr std::uint8_t canDownload = 1 << 0;
inline constexpr std::uint8_t canUpload = 1 << 1;
inline constexpr std::uint8_t manifestationTolerant = 1 << 2;
inline constexpr std::uint8_t willDetach = 1 << 3;
} // namespace attributes

/// Functional descriptor (4.1.3 and 4.2.4), the same in both modes.
inline constexpr std::uint8_t functionalDescriptorType = 0x21;
inline constexpr std::uint8_t ourAttributes =
    attributes::canDownload | attributes::manifestationTolerant | attributes::willDetach;
inline constexpr std::uint16_t detachTimeoutMs = 1000;
inline constexpr std::uint16_t transferBytes = 4096; ///< usbfs and WinUSB take no more on EP0
inline constexpr std::uint16_t bcdDfuVersion = 0x0110;

} // namespace contract::dfu
