// Looks at the bus and tells what is new. A device is read once for each time it appears: reading
// it again and again would keep one in update mode from going back to its application.
#pragma once

#include "core/update/followed_device.h"
#include "gui/bus_snapshot.h"

namespace gui {

class BusWatch {
public:
    explicit BusWatch(updater::UsbTransport& transport) : m_transport(transport) {}

    /// The device to read, by unique id; empty: the only one.
    void choose(std::string uniqueId);

    /// The next look reports, whatever it finds.
    void forget() { m_last.reset(); }

    /// Nothing if the bus and the chosen device are as at the last look. What else is on the bus
    /// does not make it read the device again.
    std::optional<BusSnapshot> look();

private:
    struct Seen {
        BusSnapshot snapshot;
        bool isSettled = true; ///< nothing is expected to change by itself
        std::uint64_t readMs = 0;
    };

    std::optional<BusSnapshot> lookAround();
    bool isAsBefore(const std::vector<updater::UsbDevice>& devices) const;
    BusSnapshot read(std::vector<updater::UsbDevice> devices);
    const updater::UsbDevice* chosenOf(const std::vector<updater::UsbDevice>& devices) const;
    updater::Result<updater::Observed> observe(const updater::UsbDevice& device);

    updater::UsbTransport& m_transport;
    std::string m_chosenId;
    std::optional<Seen> m_last;
};

} // namespace gui
