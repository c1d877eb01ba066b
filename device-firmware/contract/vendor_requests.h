// Vendor requests beside DFU 1.1 (docs/protocol.md, "Vendor requests"). No request reads or writes
// an address; what is not listed here stalls.
#pragma once

#include "contract/layout.h"

namespace contract::vendor {

/// bmRequestType: vendor, device recipient, in the bootloader; interface recipient at run time.
inline constexpr std::uint8_t deviceIn = 0xC0;
inline constexpr std::uint8_t deviceOut = 0x40;
inline constexpr std::uint8_t interfaceIn = 0xC1;

enum class Request : std::uint8_t {
    GetStatus = 0x01,   ///< in: DeviceStatus; at run time (interface recipient): RuntimeStatus
    BeginUpdate = 0x02, ///< out: 32 bytes, SHA-256 of the encoded stream header
    GetMissing = 0x03,  ///< in: u16 block count, then a bitmap, bit n of byte n/8 = block n wanted
    Stay = 0x04,        ///< out, no data: remain in update mode
    Reboot = 0x05,      ///< out, no data: wValue = RebootTarget
    SelectSet = 0x06,   ///< out, no data: trial of the other set, wValue = its slot index
    GetJournal = 0x07,  ///< in: wValue = page of 4096 bytes of the journal sector
    Descriptors = 0x20, ///< in: wValue 0, wIndex 7 = Microsoft OS 2.0 descriptor set
    QuirkText = 0x21,   ///< in: wValue 0, wIndex 7 = fwupd's DS20 text; fwupd knows no other wValue
};

enum class RebootTarget : std::uint16_t { Normal = 0, UpdateMode = 1, RomLoader = 2 };

inline constexpr std::uint32_t beginUpdateBytes = 32;
inline constexpr std::uint32_t journalPageBytes = 4096;
/// GET_MISSING's longest reply: 2 bytes and one bit for each of 512 blocks.
inline constexpr std::uint32_t maximumBlocks = 512;
inline constexpr std::uint32_t missingReplyBytes = 2 + maximumBlocks / 8;

} // namespace contract::vendor
