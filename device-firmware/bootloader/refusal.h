// Why a download stops: what DFU_GETSTATUS reports for it, and which string explains errVENDOR.
#pragma once

#include "contract/dfu.h"
#include "contract/set_stream.h"

namespace boot {

/// String descriptors of the bootloader. iString of GETSTATUS points to the ones from BelowFloor
/// on.
enum class StringIndex : std::uint8_t {
    None = 0,
    Vendor = 1,
    Product = 2,
    Serial = 3,
    Interface = 4,
    BelowFloor = 5,
    NewerBootloaderNeeded = 6,
    JournalReadOnly = 7,
};

struct Refusal {
    contract::dfu::Status status = contract::dfu::Status::ErrUnknown;
    StringIndex string = StringIndex::None;

    constexpr bool operator==(const Refusal&) const = default;
};

/// What a refused stream header is reported as (docs/protocol.md, "Errors").
constexpr Refusal refusalOf(contract::StreamFault fault)
{
    using contract::StreamFault;
    using contract::dfu::Status;
    switch (fault) {
    case StreamFault::Product:
    case StreamFault::Hardware: return {Status::ErrTarget};
    case StreamFault::Bounds: return {Status::ErrAddress};
    case StreamFault::Counter: return {Status::ErrVendor, StringIndex::BelowFloor};
    case StreamFault::Bootloader: return {Status::ErrVendor, StringIndex::NewerBootloaderNeeded};
    case StreamFault::None:
    case StreamFault::Magic:
    case StreamFault::FormatVersion:
    case StreamFault::Key:
    case StreamFault::Signature:
    case StreamFault::Flags: break;
    }
    return {Status::ErrFile};
}

} // namespace boot
