// Where devices appear to hosts.
#pragma once

#include "virtual/usb_function.h"

namespace virtual_h755 {

class Bus {
public:
    Bus() = default;
    virtual ~Bus() = default;
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    /// Makes the function appear at root port `port` (from 1). False if it does not answer as a
    /// device must; then nothing appears. The caller holds the lock under which the bus calls
    /// functions.
    virtual bool attach(unsigned port, UsbFunction& function) = 0;

    /// The device at the port disappears.
    virtual void detach(unsigned port) = 0;

    /// Root ports, numbered from 1.
    virtual unsigned ports() const = 0;
};

} // namespace virtual_h755
