#include "core/report/device_words.h"

#include "core/bundle/text_forms.h"

namespace updater {

using contract::ImageFault;
using contract::JournalHealth;
using contract::Reason;
using contract::ResetCause;
using contract::SlotState;
using contract::StreamFault;
using contract::UpdateReason;

namespace {

/// Values are checked when a reply is read; this is for a table that lacks a row.
template <typename Enum, std::size_t size>
std::string_view wordOf(const std::array<std::string_view, size>& words, Enum value)
{
    const auto position = static_cast<std::size_t>(value);
    return position < size ? words[position] : "unknown";
}

} // namespace

std::string slotName(std::uint8_t slot)
{
    return slot == 0 ? "A" : slot == 1 ? "B" : "none";
}

std::string_view word(DeviceMode mode)
{
    switch (mode) {
    case DeviceMode::Application: return "application";
    case DeviceMode::Bootloader: return "bootloader";
    case DeviceMode::RomLoader: return "ROM loader";
    }
    return "unknown";
}

std::string_view word(SlotState state)
{
    constexpr std::array<std::string_view, 8> words{"empty", "partial",   "checking", "ready",
                                                    "trial", "confirmed", "reverted", "invalid"};
    return wordOf(words, state);
}

std::string_view word(Reason reason)
{
    constexpr std::array<std::string_view, 9> words{
        "none",       "crashed-in-trial", "unconfirmed-at-power-off",
        "superseded", "selected",         "final-check-failed",
        "rotted",     "journal-lost",     "unfinished"};
    return wordOf(words, reason);
}

std::string_view word(UpdateReason reason)
{
    constexpr std::array<std::string_view, 11> words{
        "none",          "requested",    "button",       "double-reset", "unhealthy-starts",
        "rescue-window", "no-valid-set", "trial-failed", "boot-cm4-set", "fault-repeated",
        "copy-failed"};
    return wordOf(words, reason);
}

std::string_view word(ResetCause cause)
{
    constexpr std::array<std::string_view, 6> words{"unknown",  "pin",      "power-on",
                                                    "software", "watchdog", "fault"};
    return wordOf(words, cause);
}

std::string_view word(JournalHealth health)
{
    constexpr std::array<std::string_view, 3> words{"good", "rebuilt", "read-only"};
    return wordOf(words, health);
}

std::string_view word(ImageFault fault)
{
    constexpr std::array<std::string_view, 23> words{
        "none",       "unreadable",   "magic",     "header-size", "load-address",  "flags",
        "padding",    "size",         "tlv-area",  "tlv-unknown", "tlv-duplicate", "tlv-misplaced",
        "tlv-length", "tlv-missing",  "set-flags", "hash",        "key",           "signature",
        "product",    "set-mismatch", "companion", "counter",     "vector-table"};
    return wordOf(words, fault);
}

std::string_view word(StreamFault fault)
{
    constexpr std::array<std::string_view, 11> words{
        "none",     "magic",   "format-version", "key",   "signature", "product",
        "hardware", "counter", "bootloader",     "flags", "bounds"};
    return wordOf(words, fault);
}

std::string versionOfBcd(std::uint16_t bcdDevice)
{
    const auto digit = [bcdDevice](int shift) {
        return static_cast<std::uint8_t>(bcdDevice >> shift & 0xF);
    };
    contract::Version version;
    version.major = static_cast<std::uint8_t>(digit(12) * 10 + digit(8));
    version.minor = digit(4);
    version.revision = digit(0);
    return versionText(version);
}

} // namespace updater
