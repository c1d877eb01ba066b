// Cuts as the command line writes them.
#include "cutter.h"

#include "virtual/words.h"

#include <algorithm>

namespace power_loss {

using virtual_h755::Tear;

namespace {

constexpr std::array<std::string_view, 5> tearNames{"clean", "good", "blank", "bad", "flaky"};
constexpr std::string_view noBackup = "nobackup";
constexpr std::string_view rotted = "rot";

std::string nameOf(Tear tear)
{
    return std::string(tearNames[static_cast<std::size_t>(tear)]);
}

std::string_view takeUntil(std::string_view& text, char separator)
{
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

bool takeOption(Cut& cut, std::string_view option)
{
    if (option == noBackup) {
        cut.losesBackup = true;
        return true;
    }
    if (!option.starts_with(rotted)) return false;
    option.remove_prefix(rotted.size());
    const auto bank = virtual_h755::parseNumber(takeUntil(option, '.'));
    const auto sector = virtual_h755::parseNumber(option);
    if (!bank || !sector || *bank > 1 || *sector > 7) return false;
    cut.rotted = {static_cast<std::uint8_t>(*bank), static_cast<std::uint8_t>(*sector)};
    return true;
}

} // namespace

std::string textOf(const Cut& cut)
{
    std::string text =
        std::to_string(cut.moment) + ":" + nameOf(cut.tear) + "+" + nameOf(cut.otherTear);
    if (cut.losesBackup) text += ":" + std::string(noBackup);
    if (cut.rotted)
        text += ":" + std::string(rotted) + std::to_string(cut.rotted->bank) + "." +
                std::to_string(cut.rotted->number);
    return text;
}

std::optional<Cut> parseCut(std::string_view text)
{
    const auto moment = virtual_h755::parseNumber(takeUntil(text, ':'));
    const auto tear = virtual_h755::parseTear(takeUntil(text, '+'));
    const auto otherTear = virtual_h755::parseTear(takeUntil(text, ':'));
    if (!moment || !tear || !otherTear) return std::nullopt;
    Cut cut{*moment, *tear, *otherTear, false, std::nullopt};
    while (!text.empty()) {
        if (!takeOption(cut, takeUntil(text, ':'))) return std::nullopt;
    }
    return cut;
}

} // namespace power_loss
