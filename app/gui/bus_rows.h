// The bus as a list for technicians: what is where, and what can be chosen. Pure.
#pragma once

#include "core/recovery/bus_resident.h"
#include "gui/bus_snapshot.h"

namespace gui {

struct BusRow {
    std::string port;
    updater::BusResident resident = updater::BusResident::Other;
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::string version; ///< of our devices: the application's or the bootloader's
    std::string serial;  ///< of our devices; empty if it could not be read
    std::optional<updater::Error> problem; ///< why our device cannot be opened

    bool isOurs() const;
    /// Ours and readable, an STM32's ROM loader, an ST-LINK.
    bool canBeChosen() const;
    /// What it is known by while it stays: ours by serial number, others by port and ids.
    std::string key() const;
};

/// By port, root hubs left out. Our devices are listed even where the bus tells no tree.
std::vector<BusRow> busRows(const BusSnapshot& bus);

/// Where a board waits in its ROM loader: on `port`, else the only one there is; empty if none, or
/// if several could be meant.
std::string romLoaderPort(const BusSnapshot& bus, const std::string& port);

} // namespace gui
