// Texts from devices, bundles and command lines: names, serial numbers, versions, selectors.
#include "core/bundle/text_forms.h"
#include "core/report/json_line.h"
#include "core/usb/device_selector.h"
#include "core/usb/device_text.h"
#include "fuzz_input.h"
#include "invariant.h"

#include <nlohmann/json.hpp>

using namespace fuzz;

namespace {

void checkPrintable(std::string_view text)
{
    const std::string shown = updater::printable(text);
    invariant(shown.size() <= 4 * 64, "shown text has a limit");
    for (const char c : shown)
        invariant(c >= ' ' && c <= '~', "nothing but printable ASCII is shown");
}

void checkJson(std::string_view text)
{
    const std::string line = updater::JsonLine("test").text("key", text).number("n", 1).str();
    for (const char c : line)
        invariant(c >= ' ' && c <= '~', "a JSON line is printable ASCII");
    const auto json = nlohmann::json::parse(line, nullptr, false);
    invariant(!json.is_discarded() && json.size() == 3, "a JSON line is JSON");
}

void checkForms(std::string_view text)
{
    if (const auto version = updater::parseVersion(text))
        invariant(updater::versionText(*version) == text, "a version has one text");
    contract::ByteArray<12> bytes{};
    if (updater::parseHex(text, bytes))
        invariant(updater::hexText(bytes) == text, "bytes have one text");
    const auto selector = updater::DeviceSelector::parse(text);
    if (!selector) return;
    updater::UsbDevice device;
    (updater::isUniqueId(text) ? device.serial : device.portPath) = text;
    invariant(selector->matches(device), "a selector finds the device that it names");
    invariant(selector->choose({&device, 1}).has_value(), "one match is a choice");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    checkPrintable(text);
    checkJson(text);
    checkForms(text);
    return 0;
}
