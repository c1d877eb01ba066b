#include "virtual/rom_descriptors.h"

#include "contract/dfu.h"

namespace virtual_h755 {

namespace {

using Bytes = std::vector<std::uint8_t>;

enum Type : std::uint8_t { Device = 1, Configuration = 2, String = 3 };
enum StringIndex : std::uint8_t { Languages, Vendor, Product, Serial, FlashLayout, OptionLayout };

/// bcdDevice is 0x0200, although AN2606 speaks of DFU protocol V2.2 (REF 4.5).
const Bytes deviceDescriptor{18,   Device, 0x00, 0x01, 0,    0,      0,       64,     0x83,
                             0x04, 0x11,   0xDF, 0x00, 0x02, Vendor, Product, Serial, 1};

/// Two alternates of interface 0 (REF 4.5), then one functional descriptor: download, upload, will
/// detach, not manifestation tolerant; 255 ms; 1024 bytes; DFU 1.1a.
const Bytes configurationDescriptor{9,
                                    Configuration,
                                    36,
                                    0,
                                    1,
                                    1,
                                    0,
                                    0xC0,
                                    50, // self-powered, 100 mA
                                    9,
                                    4,
                                    0,
                                    0,
                                    0,
                                    0xFE,
                                    1,
                                    2,
                                    FlashLayout, //
                                    9,
                                    4,
                                    0,
                                    1,
                                    0,
                                    0xFE,
                                    1,
                                    2,
                                    OptionLayout, //
                                    9,
                                    contract::dfu::functionalDescriptorType,
                                    0x0B,
                                    0xFF,
                                    0,
                                    rom::transferBytes & 0xFF,
                                    rom::transferBytes >> 8,
                                    0x1A,
                                    0x01};

Bytes stringDescriptor(std::string_view text)
{
    Bytes bytes{static_cast<std::uint8_t>(2 + 2 * text.size()), String};
    for (const char letter : text) {
        bytes.push_back(static_cast<std::uint8_t>(letter));
        bytes.push_back(0);
    }
    return bytes;
}

Bytes stringOf(const RomOptions& options, std::uint8_t index)
{
    switch (index) {
    case Languages: return {4, String, 0x09, 0x04};
    case Vendor: return stringDescriptor("STMicroelectronics");
    case Product: return stringDescriptor("STM32  BOOTLOADER");
    case Serial:
        return stringDescriptor(options.serial.empty() ? options.chip.serial
                                                       : std::string_view{options.serial});
    case FlashLayout: return stringDescriptor(options.chip.flashLayout);
    case OptionLayout: return stringDescriptor(options.chip.optionLayout);
    default: return {};
    }
}

} // namespace

std::vector<std::uint8_t> romDescriptor(const RomOptions& options, std::uint16_t value)
{
    const auto index = static_cast<std::uint8_t>(value);
    switch (value >> 8) {
    case Device: return deviceDescriptor;
    case Configuration: return configurationDescriptor;
    case String: return stringOf(options, index);
    default: return {};
    }
}

} // namespace virtual_h755
