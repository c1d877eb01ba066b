#include "core/usb/device_text.h"

#include <algorithm>

namespace updater {
namespace {

constexpr std::string_view hexDigits = "0123456789ABCDEF";

std::string hexByte(std::uint8_t byte)
{
    return {hexDigits[byte >> 4], hexDigits[byte & 0xF]};
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char upperCase(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

std::string printable(std::string_view text, std::size_t limitBytes)
{
    std::string result;
    for (const char c : text.substr(0, limitBytes)) {
        if (c == '\\') {
            result += "\\\\";
        } else if (c >= ' ' && c <= '~') {
            result += c;
        } else {
            result += "\\x" + hexByte(static_cast<std::uint8_t>(c));
        }
    }
    return result;
}

std::string serialOf(const std::array<std::uint8_t, 12>& uniqueId)
{
    std::string result;
    for (const std::uint8_t byte : uniqueId)
        result += hexByte(byte);
    return result;
}

bool isUniqueId(std::string_view text)
{
    return text.size() == 24 && std::all_of(text.begin(), text.end(), isHexDigit);
}

bool isSameSerial(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return upperCase(x) == upperCase(y); });
}

} // namespace updater
