// What a report tells of the bus and of one device. Reading changes nothing on the device.
#pragma once

#include "core/report/report_archive.h"
#include "core/usb/device_selector.h"

namespace updater {

struct DeviceReport {
    /// status.json, usb-tree.txt and, of a bootloader, journal.json.
    std::vector<ReportPart> parts;
    std::string ownSerial; ///< of the chosen device; empty if there is none
    std::vector<std::string> otherSerials;
    std::optional<Error> problem; ///< why the device, or a part of it, could not be read
};

/// A report is most needed where something fails: there always is one, with the reason in
/// status.json.
DeviceReport deviceReport(UsbTransport& transport, const DeviceSelector& selector);

/// The file that is sent to support: the report with versions and log, redacted.
Bytes supportArchive(DeviceReport report, std::string_view program, std::string_view version,
                     std::string log);

} // namespace updater
