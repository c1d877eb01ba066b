// The OTG core's model and, as plain storage, what feeds it, under the driver's register accesses.
#pragma once

#include "emulator/usb_core.h"

#include <map>

namespace test {

class UsbChip {
public:
    /// Register accesses go to the chip that was made last.
    UsbChip();
    ~UsbChip();
    UsbChip(const UsbChip&) = delete;
    UsbChip& operator=(const UsbChip&) = delete;

    static UsbChip& current();
    std::uint32_t read(std::uint32_t address);
    void write(std::uint32_t address, std::uint32_t value, unsigned bytes);

    /// For UsbDevice; every look lets a little time pass.
    static std::uint32_t nowMs();

    virtual_h755::SimulatedClock clock;
    emulator::UsbCore core{clock, [this] { return isFed(); }};
    bool hasSupply = true;     ///< VDD33USB
    bool hasOscillator = true; ///< HSI48 starts
    /// Registers around the core, by address.
    std::map<std::uint32_t, std::uint32_t> registers;

private:
    bool isFed() const;
    bool isSet(std::uint32_t address, std::uint32_t bits) const;
};

} // namespace test
