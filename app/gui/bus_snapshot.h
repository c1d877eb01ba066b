// What the USB thread found: plain values that cross threads.
#pragma once

#include "core/update/next_step.h"
#include "core/usb/usb_transport.h"

#include <QMetaType>

namespace gui {

struct BusSnapshot {
    std::vector<updater::UsbDevice> devices; ///< ours, by port
    std::vector<updater::UsbNode> tree;      ///< everything on the bus
    std::string chosenId;                    ///< unique id; empty if none or several and none named
    updater::Observed chosen;                ///< what that one said last
    std::optional<updater::Error> problem;   ///< why the bus or the chosen device cannot be read
};

} // namespace gui

Q_DECLARE_METATYPE(gui::BusSnapshot)
