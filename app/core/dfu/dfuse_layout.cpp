#include "core/dfu/dfuse_layout.h"

#include "contract/flash_map.h"

#include <charconv>
#include <optional>

namespace updater {

namespace {

constexpr std::size_t longestText = 126; // what a string descriptor can hold
constexpr std::size_t mostSegments = 16;
constexpr std::uint64_t addressSpace = std::uint64_t{1} << 32;

/// What is left to parse.
class Rest {
public:
    explicit Rest(std::string_view text) : m_text(text) {}

    bool isEmpty() const { return m_text.empty(); }
    bool take(std::string_view wanted)
    {
        if (m_text.substr(0, wanted.size()) != wanted) return false;
        m_text.remove_prefix(wanted.size());
        return true;
    }
    std::optional<char> letter()
    {
        if (isEmpty()) return std::nullopt;
        const char first = m_text.front();
        m_text.remove_prefix(1);
        return first;
    }
    std::optional<std::uint32_t> number(int base)
    {
        std::uint32_t value = 0;
        const auto [end, error] =
            std::from_chars(m_text.data(), m_text.data() + m_text.size(), value, base);
        if (error != std::errc{}) return std::nullopt;
        m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
        return value;
    }
    std::string_view until(char stop)
    {
        const std::string_view head = m_text.substr(0, m_text.find(stop));
        m_text.remove_prefix(head.size());
        return head;
    }

private:
    std::string_view m_text;
};

std::optional<std::uint32_t> factorOf(char unit)
{
    switch (unit) {
    case ' ':
    case 'B': return 1;
    case 'K': return 1024;
    case 'M': return 1024 * 1024;
    default: return std::nullopt;
    }
}

/// "16*128Kg" at `address`: count, size, unit, and a letter whose low bits say what is allowed.
std::optional<DfuseSegment> parseSegment(Rest& rest, std::uint64_t address)
{
    const auto sectors = rest.number(10);
    if (!sectors || !rest.take("*")) return std::nullopt;
    const auto size = rest.number(10);
    const auto unit = rest.letter();
    const auto kind = rest.letter();
    const auto factor = unit ? factorOf(*unit) : std::nullopt;
    if (!size || !factor || !kind || *kind < 'a' || *kind > 'g') return std::nullopt;
    const std::uint64_t sectorBytes = std::uint64_t{*size} * *factor;
    if (*sectors == 0 || sectorBytes == 0 || sectorBytes > addressSpace / *sectors)
        return std::nullopt;
    if (address + *sectors * sectorBytes > addressSpace) return std::nullopt;
    const int allowed = *kind - 'a' + 1;
    return DfuseSegment{static_cast<std::uint32_t>(address),
                        *sectors,
                        static_cast<std::uint32_t>(sectorBytes),
                        (allowed & 1) != 0,
                        (allowed & 2) != 0,
                        (allowed & 4) != 0};
}

/// "/0x08000000/" and the segments from there on; false if that is not what there is.
bool parseRegion(Rest& rest, std::vector<DfuseSegment>& segments)
{
    if (!rest.take("/0x")) return false;
    const auto start = rest.number(16);
    if (!start || !rest.take("/")) return false;
    std::uint64_t address = *start;
    if (!segments.empty() && address < segments.back().end()) return false;
    do {
        const auto segment = parseSegment(rest, address);
        if (!segment || segments.size() == mostSegments) return false;
        segments.push_back(*segment);
        address = segment->end();
    } while (rest.take(","));
    return true;
}

} // namespace

Result<DfuseLayout> parseDfuseLayout(std::string_view text)
{
    const auto malformed = [&] {
        return fail(ErrorCode::ReplyMalformed, "memory layout: " + std::string(text));
    };
    Rest rest(text);
    if (text.size() > longestText || !rest.take("@")) return malformed();
    std::string_view name = rest.until('/');
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    DfuseLayout layout{std::string(name), {}};
    do {
        if (!parseRegion(rest, layout.segments)) return malformed();
    } while (!rest.isEmpty());
    return layout;
}

bool isH755Flash(const DfuseLayout& layout)
{
    constexpr const contract::FlashMap& map = contract::h755FlashMap;
    const DfuseSegment flash{
        map.baseAddress, 2 * map.sectorsPerBank, map.sectorBytes, true, true, true};
    return layout.name == "Internal Flash" && layout.segments == std::vector{flash};
}

} // namespace updater
