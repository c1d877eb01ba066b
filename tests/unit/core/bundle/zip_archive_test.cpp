#include "core/bundle/zip_archive.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

const Bytes hello{'h', 'e', 'l', 'l', 'o'};
const Bytes empty;

/// Two entries: "a" (5 bytes) and "b/c.md" (none).
Bytes sample()
{
    return writeZip(std::vector<ZipEntry>{{"a", hello}, {"b/c.md", empty}});
}

constexpr std::size_t contentAt = 30 + 1;    // behind the first local header and its name
constexpr std::size_t secondAt = 36;         // second local header
constexpr std::size_t directoryAt = 36 + 36; // central directory
constexpr std::size_t endAt = 72 + 47 + 52;  // end record

ErrorCode refusalOf(const Bytes& archive)
{
    const auto entries = readZip(archive);
    REQUIRE_FALSE(entries);
    return entries.error().code;
}

ErrorCode refusalOfName(const std::string& name)
{
    return refusalOf(writeZip(std::vector<ZipEntry>{{name, hello}}));
}

} // namespace

TEST_CASE("an archive gives back the entries that were written", "[zip]")
{
    const Bytes archive = sample();
    const auto entries = readZip(archive);
    REQUIRE(entries);
    REQUIRE(entries->size() == 2);
    CHECK(entries->at(0).name == "a");
    CHECK(std::ranges::equal(entries->at(0).bytes, hello));
    CHECK(entries->at(0).bytes.data() == archive.data() + contentAt);
    CHECK(entries->at(1).name == "b/c.md");
    CHECK(entries->at(1).bytes.empty());
}

TEST_CASE("a file that does not start with an entry is not a ZIP", "[zip]")
{
    CHECK(refusalOf({}) == ErrorCode::BundleNotZip);
    CHECK(refusalOf({'P', 'K', 3}) == ErrorCode::BundleNotZip);
    CHECK(refusalOf({0x7F, 'E', 'L', 'F', 1, 1, 1, 0}) == ErrorCode::BundleNotZip);
    CHECK(refusalOf(writeZip({})) == ErrorCode::BundleNotZip); // an archive without entries
    Bytes prefixed = sample();
    prefixed.insert(prefixed.begin(), 0);
    CHECK(refusalOf(prefixed) == ErrorCode::BundleNotZip);
}

TEST_CASE("an archive cut anywhere is refused", "[zip]")
{
    const Bytes archive = sample();
    for (std::size_t bytes = 0; bytes < archive.size(); ++bytes) {
        const ErrorCode code = refusalOf(Bytes(archive.begin(), archive.begin() + long(bytes)));
        REQUIRE(code == (bytes < 4 ? ErrorCode::BundleNotZip : ErrorCode::BundleMalformed));
    }
}

TEST_CASE("an archive with any bit flipped is refused", "[zip]")
{
    const Bytes archive = sample();
    for (std::size_t bit = 0; bit < 8 * archive.size(); ++bit) {
        Bytes bad = archive;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CAPTURE(bit);
        REQUIRE_FALSE(readZip(bad));
    }
}

TEST_CASE("what other ZIP writers add is refused", "[zip]")
{
    Bytes archive = sample();
    const auto insert = [&](std::size_t at, Bytes bytes) {
        archive.insert(archive.begin() + long(at), bytes.begin(), bytes.end());
    };
    REQUIRE(Bytes(archive.begin() + long(directoryAt), archive.begin() + long(directoryAt) + 4) ==
            Bytes{'P', 'K', 1, 2});
    REQUIRE(archive.size() == endAt + 22);
    SECTION("compression")
    {
        archive[8] = archive[directoryAt + 10] = 8;
    }
    SECTION("encryption")
    {
        archive[6] = archive[directoryAt + 8] = 1;
    }
    SECTION("a data descriptor")
    {
        archive[6] = archive[directoryAt + 8] = 8;
    }
    SECTION("a time stamp")
    {
        archive[10] = archive[directoryAt + 12] = 1;
    }
    SECTION("attributes, as of a symbolic link")
    {
        archive[directoryAt + 41] = 0xA1;
    }
    SECTION("an extra field in the local header")
    {
        archive[28] = 4;
        insert(contentAt, {0xFE, 0xCA, 0, 0});
    }
    SECTION("an extra field in the directory")
    {
        archive[directoryAt + 30] = 4;
        insert(directoryAt + 47, {0xFE, 0xCA, 0, 0});
    }
    SECTION("an entry's comment")
    {
        archive[directoryAt + 32] = 1;
        insert(directoryAt + 47, {'!'});
    }
    SECTION("an archive comment")
    {
        archive[endAt + 20] = 1;
        insert(archive.size(), {'!'});
    }
    SECTION("a byte behind the end")
    {
        insert(archive.size(), {0});
    }
    SECTION("a byte between two entries")
    {
        insert(secondAt, {0});
    }
    SECTION("a byte before the directory")
    {
        insert(directoryAt, {0});
    }
    SECTION("ZIP64 sizes")
    {
        for (std::size_t i = 18; i < 26; ++i)
            archive[i] = 0xFF;
    }
    SECTION("several disks")
    {
        archive[endAt + 4] = 1;
    }
    CHECK(refusalOf(archive) == ErrorCode::BundleMalformed);
}

TEST_CASE("local header and directory that disagree are refused", "[zip]")
{
    Bytes archive = sample();
    SECTION("name")
    {
        archive[directoryAt + 46] = 'z';
    }
    SECTION("length")
    {
        archive[directoryAt + 24] = 4;
    }
    SECTION("CRC")
    {
        archive[directoryAt + 16] ^= 1;
    }
    SECTION("offset")
    {
        archive[directoryAt + 42] = 1;
    }
    SECTION("entry count")
    {
        archive[endAt + 10] = 1;
    }
    SECTION("directory offset")
    {
        archive[endAt + 16] ^= 1;
    }
    CHECK(refusalOf(archive) == ErrorCode::BundleMalformed);
}

TEST_CASE("a CRC that does not fit the content is refused although both headers agree", "[zip]")
{
    Bytes archive = sample();
    archive[14] ^= 1;
    archive[directoryAt + 16] ^= 1;
    CHECK(refusalOf(archive) == ErrorCode::BundleMalformed);
}

TEST_CASE("an entry name that could lead out of a folder is refused", "[zip]")
{
    const auto name = GENERATE("../x", "a/../x", "..", ".", "/etc/passwd", "c:x", "C:/x", "a\\b",
                               "a//b", "a/", ".hidden", "a/.b", "A", "a b", "a\n", "", "ä");
    CAPTURE(name);
    CHECK(refusalOfName(name) == ErrorCode::BundleEntryName);
}

TEST_CASE("an entry name with a zero byte or of 65 bytes is refused", "[zip]")
{
    CHECK(refusalOfName(std::string("a\0b", 3)) == ErrorCode::BundleEntryName);
    CHECK(refusalOfName(std::string(65, 'a')) == ErrorCode::BundleEntryName);
    CHECK(readZip(writeZip(std::vector<ZipEntry>{{std::string(64, 'a'), hello}})));
}

TEST_CASE("two entries of one name are refused", "[zip]")
{
    CHECK(refusalOf(writeZip(std::vector<ZipEntry>{{"a", hello}, {"a", empty}})) ==
          ErrorCode::BundleEntryDuplicate);
}

TEST_CASE("an archive of more entries than a bundle has is refused", "[zip]")
{
    std::vector<ZipEntry> entries;
    for (int i = 0; i < 65; ++i)
        entries.push_back({"n" + std::to_string(i), empty});
    CHECK(refusalOf(writeZip(entries)) == ErrorCode::BundleMalformed);
    entries.pop_back();
    CHECK(readZip(writeZip(entries)));
}
