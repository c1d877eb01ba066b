// What the kernel does with a new device, and how it shows the result in sysfs.
#pragma once

#include "virtual/usb_node.h"

#include <string>
#include <vector>

namespace virtual_h755 {

/// A device's descriptors as read from it.
struct Descriptors {
    std::vector<std::uint8_t> device;
    std::vector<std::uint8_t> configuration;
    std::string manufacturer; ///< printable ASCII, what else there is replaced by '?'
    std::string product;
    std::string serial;
};

/// Bus reset, descriptors, SET_CONFIGURATION(1). Nothing if the device does not answer correctly.
std::optional<Descriptors> enumerate(UsbFunction& function);

/// In umockdev's format.
std::string describeDevice(const Descriptors& descriptors, const std::string& devicePath,
                           unsigned address);
std::string describeRootHub();

} // namespace virtual_h755
