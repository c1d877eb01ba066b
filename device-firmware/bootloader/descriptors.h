// The bootloader's USB descriptors (docs/protocol.md, "Identity"). They depend on the brand and the
// chip's UID only, never on what the slots hold. Whoever changes one bumps the bootloader's
// version.
#pragma once

#include "bootloader/identity.h"
#include "bootloader/refusal.h"

namespace boot {

enum class DescriptorType : std::uint8_t {
    Device = 1,
    Configuration = 2,
    String = 3,
    Interface = 4,
    BinaryObjectStore = 15,
    DeviceCapability = 16,
};

/// No descriptor of ours is longer.
inline constexpr std::size_t maximumDescriptorBytes = 256;
using DescriptorBuffer = std::span<std::uint8_t, maximumDescriptorBytes>;

/// Writes a descriptor as GET_DESCRIPTOR asks for it and returns its length; 0: there is none.
std::size_t writeDescriptor(const Identity& identity, const contract::UniqueId& uniqueId,
                            DescriptorType type, std::uint8_t index, DescriptorBuffer out);

/// Microsoft OS 2.0 descriptor set: WinUSB without a driver package.
std::size_t writeMicrosoftDescriptors(const Identity& identity, DescriptorBuffer out);

/// fwupd's quirks for this device (DS20), exactly as long as the BOS says.
contract::ByteView quirkText();

} // namespace boot
