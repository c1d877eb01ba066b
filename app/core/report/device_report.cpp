#include "core/report/device_report.h"

#include "core/bundle/text_forms.h"
#include "core/report/device_words.h"
#include "core/report/journal_json.h"
#include "core/report/journal_reader.h"
#include "core/report/status_json.h"
#include "core/update/followed_device.h"
#include "core/usb/device_text.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace updater {
namespace {

std::string hexDigits(std::uint32_t value, std::size_t digits)
{
    contract::ByteArray<4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
    return hexText(bytes).substr(2 * bytes.size() - digits);
}

std::string lineOf(const UsbDevice& device)
{
    std::string line = device.portPath + "  " + (device.serial.empty() ? "-" : device.serial) +
                       "  " + std::string(word(device.mode)) + ' ' + versionOfBcd(device.bcdDevice);
    if (device.problem)
        line += "  " + errorLabel(device.problem->code) + ' ' + device.problem->detail;
    return line + '\n';
}

std::string lineOf(const UsbNode& node)
{
    return node.portPath + "  " + hexDigits(node.vendorId, 4) + ':' + hexDigits(node.productId, 4) +
           "  class " + hexDigits(node.deviceClass, 2) + "  " + std::string(node.speed) +
           " speed\n";
}

std::string treeText(std::span<const UsbDevice> devices, std::span<const UsbNode> nodes)
{
    std::string text = "our devices\n";
    for (const UsbDevice& device : devices)
        text += lineOf(device);
    text += "everything on the bus\n";
    for (const UsbNode& node : nodes)
        text += lineOf(node);
    return text;
}

std::string problemJson(const Error& error)
{
    return JsonLine("problem")
               .text("code", errorLabel(error.code))
               .text("name", errorText(error.code).name)
               .text("cause", errorText(error.code).cause)
               .str() +
           '\n';
}

template <typename Status>
std::string rawStatusJson(const std::string& id, const Status& status)
{
    return statusJson(id, status).text("raw", hexText(contract::encode(status))).str() + '\n';
}

Result<> addDevice(DeviceReport& report, UsbTransport& transport, const DeviceSelector& selector)
{
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(transport, selector));
    report.ownSerial = device.uniqueId();
    TRY_ASSIGN(const Observed observed, device.observe());
    if (const auto* running = std::get_if<contract::RuntimeStatus>(&observed)) {
        report.parts.push_back({"status.json", rawStatusJson(report.ownSerial, *running)});
        return {};
    }
    const auto* waiting = std::get_if<contract::DeviceStatus>(&observed);
    if (waiting == nullptr) return fail(ErrorCode::ConnectionLost, report.ownSerial);
    report.parts.push_back({"status.json", rawStatusJson(report.ownSerial, *waiting)});
    Bytes sector;
    if (const Result<> read = readJournal(*device.connection(), sector); !read)
        report.problem = read.error();
    report.parts.push_back({"journal.json", journalJson(sector)});
    return {};
}

} // namespace

DeviceReport deviceReport(UsbTransport& transport, const DeviceSelector& selector)
{
    DeviceReport report;
    if (Result<> added = addDevice(report, transport, selector); !added) {
        report.problem = added.error();
        report.parts.push_back({"status.json", problemJson(added.error())});
    }
    if (report.problem) {
        spdlog::debug("report: {} {}", errorLabel(report.problem->code), report.problem->detail);
    }
    const std::vector<UsbDevice> devices = transport.devices().value_or(std::vector<UsbDevice>());
    for (const UsbDevice& device : devices) {
        if (!device.serial.empty() && !isSameSerial(device.serial, report.ownSerial))
            report.otherSerials.push_back(device.serial);
    }
    report.parts.push_back({"usb-tree.txt", treeText(devices, transport.tree())});
    return report;
}

Bytes supportArchive(DeviceReport report, std::string_view program, std::string_view version,
                     std::string log)
{
    report.parts.push_back(versionsPart(program, version));
    report.parts.push_back({"log.txt", std::move(log)});
    Redaction redaction = personalNames();
    redaction.ownSerial = report.ownSerial;
    redaction.otherSerials = report.otherSerials;
    return reportArchive(std::move(report.parts), redaction);
}

} // namespace updater
