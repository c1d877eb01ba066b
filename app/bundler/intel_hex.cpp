#include "bundler/intel_hex.h"

#include "bundler/linked_image.h"
#include "core/bundle/text_forms.h"

#include <algorithm>
#include <numeric>

namespace bundler {

using contract::Region;
using updater::ErrorCode;
using updater::fail;
using updater::Result;

namespace {

constexpr std::size_t frameBytes = 5; // length, address (2), type, checksum

enum class RecordType : std::uint8_t {
    Data = 0,
    EndOfFile = 1,
    SegmentBase = 2,
    SegmentStart = 3,
    LinearBase = 4,
    LinearStart = 5,
};

/// Length of a record's data by its type; Data has any.
constexpr std::array<std::size_t, 6> dataBytesOf{0, 0, 2, 4, 2, 4};

struct Record {
    RecordType type = RecordType::Data;
    std::uint16_t address = 0;
    Bytes data;
};

/// The bytes behind the colon, in digits of either case.
std::optional<Bytes> bytesOf(std::string_view digits)
{
    std::string lower(digits);
    std::ranges::transform(lower, lower.begin(), [](char digit) {
        return digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
    });
    Bytes bytes(lower.size() / 2);
    return updater::parseHex(lower, bytes) ? std::optional{std::move(bytes)} : std::nullopt;
}

/// One line without its end: everything that a record must be by itself.
Result<Record> parseRecord(std::string_view line)
{
    const auto refuse = [](const char* why) { return fail(ErrorCode::BundleImage, why); };
    if (!line.starts_with(':')) return refuse("no record");
    const std::optional<Bytes> bytes = bytesOf(line.substr(1));
    if (!bytes) return refuse("not hexadecimal");
    if (bytes->size() < frameBytes || bytes->size() != frameBytes + bytes->front())
        return refuse("cut, or longer than it says");
    if (std::accumulate(bytes->begin(), bytes->end(), 0U) % 256 != 0)
        return refuse("wrong checksum");
    const std::uint8_t type = (*bytes)[3];
    if (type >= dataBytesOf.size()) return refuse("unknown record type");
    Record record{static_cast<RecordType>(type),
                  static_cast<std::uint16_t>((*bytes)[1] << 8 | (*bytes)[2]),
                  {bytes->begin() + 4, bytes->end() - 1}};
    const bool isData = record.type == RecordType::Data;
    if (!isData && (record.address != 0 || record.data.size() != dataBytesOf[type]))
        return refuse("malformed record");
    return record;
}

/// The memory that the records fill.
class Placement {
public:
    explicit Placement(const Region& region)
        : m_region(region), m_bytes(region.bytes, 0xFF), m_isWritten(region.bytes)
    {
    }

    bool isEnded() const { return m_isEnded; }
    Result<> take(const Record& record);
    Result<Bytes> payload() const;

private:
    Result<> place(const Record& record);

    Region m_region;
    Bytes m_bytes;
    std::vector<bool> m_isWritten;
    std::uint32_t m_base = 0;
    std::uint32_t m_usedBytes = 0;
    bool m_isEnded = false;
};

Result<> Placement::take(const Record& record)
{
    const auto base = [&] { return std::uint32_t{record.data[0]} << 8 | record.data[1]; };
    switch (record.type) {
    case RecordType::Data: return place(record);
    case RecordType::EndOfFile: m_isEnded = true; break;
    case RecordType::SegmentBase: m_base = base() << 4; break;
    case RecordType::LinearBase: m_base = base() << 16; break;
    case RecordType::SegmentStart:
    case RecordType::LinearStart: break;
    }
    return {};
}

Result<> Placement::place(const Record& record)
{
    const std::uint32_t address = m_base + record.address;
    const auto bytes = static_cast<std::uint32_t>(record.data.size());
    // Readers disagree on whether the offset wraps here or the base goes on.
    if (record.address + bytes > 0x1'0000)
        return fail(ErrorCode::BundleImage, "record across a boundary of 64 KB");
    if (!m_region.contains(address, bytes)) {
        return fail(ErrorCode::BundleImage,
                    addressText(address) + " is outside the slot's payload, " +
                        addressText(m_region.address) + " to " + addressText(m_region.end() - 1));
    }
    for (std::uint32_t i = 0; i < bytes; ++i) {
        const std::uint32_t offset = address - m_region.address + i;
        if (m_isWritten[offset])
            return fail(ErrorCode::BundleImage, addressText(address + i) + " is written twice");
        m_isWritten[offset] = true;
        m_bytes[offset] = record.data[i];
        m_usedBytes = std::max(m_usedBytes, offset + 1);
    }
    return {};
}

Result<Bytes> Placement::payload() const
{
    if (!m_isEnded) return fail(ErrorCode::BundleImage, "the file has no end record");
    if (!m_isWritten[0])
        return fail(ErrorCode::BundleImage, "nothing at " + addressText(m_region.address) +
                                                ", where the vector table must be");
    return Bytes(m_bytes.begin(), m_bytes.begin() + m_usedBytes);
}

/// The next line without its end, which is LF or CR LF.
std::string_view takeLine(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

} // namespace

Result<Bytes> readIntelHex(std::string_view text, const Region& region)
{
    Placement placement(region);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto inLine = [&](const updater::Error& error) {
            return fail(error.code, "line " + std::to_string(number) + ": " + error.detail);
        };
        const std::string_view line = takeLine(text);
        if (placement.isEnded()) return inLine({ErrorCode::BundleImage, "behind the end record"});
        const Result<Record> record = parseRecord(line);
        if (!record) return inLine(record.error());
        if (const Result<> taken = placement.take(*record); !taken) return inLine(taken.error());
    }
    return placement.payload();
}

} // namespace bundler
