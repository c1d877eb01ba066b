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

/// What the central directory adds behind an entry's header (APPNOTE 4.3.12).
struct CentralTail {
    std::uint16_t commentBytes = 0;
    std::uint16_t firstDisk = 0;
    std::uint16_t internalAttributes = 0;
    std::uint32_t externalAttributes = 0;
    std::uint32_t localHeaderOffset = 0;

    static constexpr std::size_t encodedBytes = 14;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.commentBytes);
        field(self.firstDisk);
        field(self.internalAttributes);
        field(self.externalAttributes);
        field(self.localHeaderOffset);
    }
};
static_assert(fillsItsBytes<CentralTail>());

/// End of central directory behind its magic (APPNOTE 4.3.16).
struct EndRecord {
    std::uint16_t disk = 0;
    std::uint16_t directoryDisk = 0;
    std::uint16_t entriesOnDisk = 0;
    std::uint16_t entries = 0;
    std::uint32_t directoryBytes = 0;
    std::uint32_t directoryOffset = 0;
    std::uint16_t commentBytes = 0;

    static constexpr std::size_t encodedBytes = 18;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.disk);
        field(self.directoryDisk);
        field(self.entriesOnDisk);
        field(self.entries);
        field(self.directoryBytes);
        field(self.directoryOffset);
        field(self.commentBytes);
    }
};
static_assert(fillsItsBytes<EndRecord>());

void append(Bytes& out, ByteView bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
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
    Bytes archive;
    Bytes directory;
    for (const ZipEntry& entry : entries) {
        const EntryHeader header = headerOf(entry);
        const CentralTail tail{.localHeaderOffset = static_cast<std::uint32_t>(archive.size())};
        append(archive, localMagic);
        append(archive, encode(header));
        append(archive, bytesOf(entry.name));
        append(archive, entry.bytes);
        append(directory, centralMagic);
        append(directory, ByteArray<2>{zipVersion, 0}); // made by
        append(directory, encode(header));
        append(directory, encode(tail));
        append(directory, bytesOf(entry.name));
    }
    EndRecord end;
    end.entries = end.entriesOnDisk = static_cast<std::uint16_t>(entries.size());
    end.directoryBytes = static_cast<std::uint32_t>(directory.size());
    end.directoryOffset = static_cast<std::uint32_t>(archive.size());
    append(archive, directory);
    append(archive, endMagic);
    append(archive, encode(end));
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
