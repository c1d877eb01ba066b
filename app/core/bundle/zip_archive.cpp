#include "core/bundle/zip_archive.h"

#include "contract/journal_word.h" // crc32

#include <algorithm>
#include <string_view>

namespace updater {

using namespace contract;

namespace {

constexpr ByteArray<4> localMagic{'P', 'K', 3, 4};
constexpr ByteArray<4> centralMagic{'P', 'K', 1, 2};
constexpr ByteArray<4> endMagic{'P', 'K', 5, 6};
constexpr std::uint16_t zipVersion = 10; // stored files only (APPNOTE 4.4.3)
constexpr std::uint16_t noDate = 0x0021; // 1980-01-01, the earliest there is
constexpr std::size_t maximumEntries = 64;
constexpr std::size_t maximumNameBytes = 64;

/// What local and central header say alike (APPNOTE 4.3.7 without its magic).
struct EntryHeader {
    std::uint16_t versionNeeded = zipVersion;
    std::uint16_t flags = 0;
    std::uint16_t method = 0; // stored
    std::uint16_t time = 0;
    std::uint16_t date = noDate;
    std::uint32_t crc = 0;
    std::uint32_t compressedBytes = 0;
    std::uint32_t bytes = 0;
    std::uint16_t nameBytes = 0;
    std::uint16_t extraBytes = 0;

    static constexpr std::size_t encodedBytes = 26;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.versionNeeded);
        field(self.flags);
        field(self.method);
        field(self.time);
        field(self.date);
        field(self.crc);
        field(self.compressedBytes);
        field(self.bytes);
        field(self.nameBytes);
        field(self.extraBytes);
    }
};
static_assert(fillsItsBytes<EntryHeader>());

constexpr std::size_t localHeaderBytes = 4 + EntryHeader::encodedBytes;

void append(Bytes& out, ByteView bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// Numbers and byte arrays one after the other.
template <typename... Fields>
void appendFields(Bytes& out, const Fields&... fields)
{
    ByteArray<(sizeof(Fields) + ...)> bytes{};
    Encoder encoder{bytes};
    (encoder(fields), ...);
    append(out, bytes);
}

ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

EntryHeader headerOf(const ZipEntry& entry)
{
    EntryHeader header;
    header.crc = crc32(entry.bytes);
    header.bytes = header.compressedBytes = static_cast<std::uint32_t>(entry.bytes.size());
    header.nameBytes = static_cast<std::uint16_t>(entry.name.size());
    return header;
}

/// Lower-case letters, digits, '-', '_' and '.', in parts divided by single '/'; no part starts
/// with '.'.
bool isPlainName(std::string_view name)
{
    if (name.empty() || name.size() > maximumNameBytes || name.back() == '/') return false;
    char previous = '/';
    for (const char c : name) {
        const bool isWord =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!isWord && !((c == '.' || c == '/') && previous != '/')) return false;
        previous = c;
    }
    return true;
}

/// Takes the entry whose local header starts at `at`, and moves `at` behind its content.
Result<ZipEntry> readEntry(ByteView archive, std::size_t& at)
{
    const ByteView rest = archive.subspan(at);
    if (rest.size() < localHeaderBytes)
        return fail(ErrorCode::BundleMalformed, "ends inside a local header");
    const auto header =
        decode<EntryHeader>(rest.subspan<sizeof(localMagic), EntryHeader::encodedBytes>());
    if (header.nameBytes > rest.size() - localHeaderBytes)
        return fail(ErrorCode::BundleMalformed, "ends inside an entry's name");
    const ByteView name = rest.subspan(localHeaderBytes, header.nameBytes);
    const ByteView behind = rest.subspan(localHeaderBytes + header.nameBytes);
    ZipEntry entry{std::string(name.begin(), name.end()), {}};
    if (!isPlainName(entry.name)) return fail(ErrorCode::BundleEntryName, "entry name not allowed");
    if (header.bytes > behind.size())
        return fail(ErrorCode::BundleMalformed, entry.name + " ends behind the file");
    entry.bytes = behind.first(header.bytes);
    at += localHeaderBytes + header.nameBytes + header.bytes;
    return entry;
}

bool contains(const std::vector<ZipEntry>& entries, std::string_view name)
{
    return std::ranges::any_of(entries, [&](const ZipEntry& e) { return e.name == name; });
}

} // namespace

Bytes writeZip(std::span<const ZipEntry> entries)
{
    constexpr std::uint16_t zero = 0;
    constexpr std::uint32_t noAttributes = 0;
    Bytes archive;
    Bytes directory; // APPNOTE 4.3.12
    for (const ZipEntry& entry : entries) {
        const auto header = encode(headerOf(entry));
        const auto madeBy = zipVersion;
        const auto offset = static_cast<std::uint32_t>(archive.size());
        appendFields(archive, localMagic, header);
        append(archive, bytesOf(entry.name));
        append(archive, entry.bytes);
        // Behind the header: bytes of a comment, disk, internal and external attributes.
        appendFields(directory, centralMagic, madeBy, header, zero, zero, zero, noAttributes,
                     offset);
        append(directory, bytesOf(entry.name));
    }
    const auto count = static_cast<std::uint16_t>(entries.size());
    const auto directoryBytes = static_cast<std::uint32_t>(directory.size());
    const auto directoryOffset = static_cast<std::uint32_t>(archive.size());
    append(archive, directory);
    // APPNOTE 4.3.16: two disk numbers, entries on this disk and in all, ..., bytes of a comment.
    appendFields(archive, endMagic, zero, zero, count, count, directoryBytes, directoryOffset,
                 zero);
    return archive;
}

Result<std::vector<ZipEntry>> readZip(ByteView archive)
{
    if (!startsWith(archive, localMagic))
        return fail(ErrorCode::BundleNotZip, "does not start with a ZIP entry");
    std::vector<ZipEntry> entries;
    std::size_t at = 0;
    while (startsWith(archive.subspan(at), localMagic)) {
        if (entries.size() == maximumEntries)
            return fail(ErrorCode::BundleMalformed, "too many entries");
        TRY_ASSIGN(ZipEntry entry, readEntry(archive, at));
        if (contains(entries, entry.name)) return fail(ErrorCode::BundleEntryDuplicate, entry.name);
        entries.push_back(std::move(entry));
    }
    // There is one way to write these entries; whatever else is in the file shows as a difference.
    const Bytes canonical = writeZip(entries);
    const auto [found, wanted] = std::ranges::mismatch(archive, canonical);
    if (found != archive.end() || wanted != canonical.end()) {
        return fail(ErrorCode::BundleMalformed, "not a plain stored archive at byte " +
                                                    std::to_string(found - archive.begin()));
    }
    return entries;
}

} // namespace updater
