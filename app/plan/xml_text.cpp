#include "plan/xml_text.h"

namespace plan {
namespace {

std::string escaped(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&apos;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: break;
    }
    // Texts from devices and files may hold any byte; ASCII is what every reader understands.
    const bool isPlain = c >= ' ' && c <= '~';
    return {isPlain ? c : '?'};
}

} // namespace

std::string xmlText(std::string_view text)
{
    std::string result;
    for (const char c : text)
        result += escaped(c);
    return result;
}

std::string secondsText(std::uint64_t ms)
{
    std::string fraction = std::to_string(ms % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::to_string(ms / 1000) + '.' + fraction;
}

} // namespace plan
