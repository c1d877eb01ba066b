#include "hex_writer.h"

#include <catch2/catch.hpp>

using namespace bundler_test;
using bundler::Bytes;
using bundler::readIntelHex;

namespace {

constexpr contract::Region region{0x0802'0400, 0x5'FC00};

Bytes read(const std::string& text)
{
    const auto bytes = readIntelHex(text, region);
    if (!bytes) FAIL(bytes.error().detail);
    return *bytes;
}

std::string refusalOf(const std::string& text)
{
    const auto bytes = readIntelHex(text, region);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == updater::ErrorCode::BundleImage);
    return bytes.error().detail;
}

/// One data record behind the right base.
std::string with(const std::string& record)
{
    return hexBase(region.address) + record + hexEnd;
}

} // namespace

TEST_CASE("a record of the specification's form is read", "[intel-hex]")
{
    // Made with GNU objcopy from eight bytes at 0x08020400.
    CHECK(read(":020000040802F0\r\n:08040000112233445566778890\r\n:00000001FF\r\n") ==
          Bytes{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88});
}

TEST_CASE("records in any order give the same bytes, gaps are erased", "[intel-hex]")
{
    const std::string first = hexRecord(0, 0x0400, {1, 2});
    const std::string second = hexRecord(0, 0x0404, {3});
    const Bytes expected{1, 2, 0xFF, 0xFF, 3};
    CHECK(read(with(first + second)) == expected);
    CHECK(read(with(second + first)) == expected);
}

TEST_CASE("base records move what follows", "[intel-hex]")
{
    SECTION("linear")
    {
        CHECK(read(with(hexRecord(0, 0x0400, {1}) + hexBase(0x0803'0000) + hexRecord(0, 0, {2})))
                  .size() == 0xFC01);
    }
    SECTION("segment: 16 times the base")
    {
        constexpr contract::Region low{0x1'0400, 0x1000};
        const auto bytes =
            readIntelHex(hexRecord(2, 0, {0x10, 0x20}) + hexRecord(0, 0x0200, {7}) + hexEnd, low);
        REQUIRE(bytes);
        CHECK(*bytes == Bytes{7});
    }
}

TEST_CASE("start addresses are read and ignored", "[intel-hex]")
{
    CHECK(read(with(hexRecord(0, 0x0400, {9}) + hexRecord(3, 0, {0, 0, 1, 2}) +
                    hexRecord(5, 0, {8, 2, 4, 1}))) == Bytes{9});
}

TEST_CASE("digits of either case and both kinds of line ends are read", "[intel-hex]")
{
    CHECK(read(":020000040802f0\n:02040000abcd82\r\n:00000001fF") == Bytes{0xAB, 0xCD});
}

TEST_CASE("the payload may fill its region to the last byte", "[intel-hex]")
{
    const std::string last = hexBase(0x0807'0000) + hexRecord(0, 0xFFFF, {5});
    CHECK(read(with(hexRecord(0, 0x0400, {1}) + last)).size() == region.bytes);
}

TEST_CASE("a record that is not as it should be is refused by its line", "[intel-hex]")
{
    struct Row {
        const char* what;
        std::string record;
        std::string why;
    };
    const auto row = GENERATE(values<Row>({
        {"no colon", "0104000001FA\n", "no record"},
        {"empty line", "\n", "no record"},
        {"a letter", ":0104000G01FA\n", "not hexadecimal"},
        {"an odd digit", ":0104000001FA0\n", "not hexadecimal"},
        {"a space", ":0104000001FA \n", "not hexadecimal"},
        {"only a colon", ":\n", "cut, or longer than it says"},
        {"cut", ":0204000001F9\n", "cut, or longer than it says"},
        {"too long", ":010400000102F9\n", "cut, or longer than it says"},
        {"checksum", ":0104000001FB\n", "wrong checksum"},
        {"type 06", hexRecord(6, 0, {}), "unknown record type"},
        {"end record with data", hexRecord(1, 0, {1}), "malformed record"},
        {"segment base of one byte", hexRecord(2, 0, {1}), "malformed record"},
        {"segment start of two bytes", hexRecord(3, 0, {1, 2}), "malformed record"},
        {"linear base of four bytes", hexRecord(4, 0, {1, 2, 3, 4}), "malformed record"},
        {"linear start of three bytes", hexRecord(5, 0, {1, 2, 3}), "malformed record"},
        {"base with an address", hexRecord(4, 2, {8, 2}), "malformed record"},
        {"across 64 KB", hexRecord(0, 0xFFFF, {1, 2}), "record across a boundary of 64 KB"},
        {"in the image header", hexRecord(0, 0x03FF, {1, 2}),
         "0x080203ff is outside the slot's payload, 0x08020400 to 0x0807ffff"},
        {"behind the slot", hexBase(0x0808'0000) + hexRecord(0, 0, {1}),
         "0x08080000 is outside the slot's payload, 0x08020400 to 0x0807ffff"},
    }));
    CAPTURE(row.what);
    const auto lines = std::count(row.record.begin(), row.record.end(), '\n');
    CHECK(refusalOf(with(row.record)) == "line " + std::to_string(1 + lines) + ": " + row.why);
}

TEST_CASE("two records for one address are refused, even with the same byte", "[intel-hex]")
{
    CHECK(refusalOf(with(hexRecord(0, 0x0400, {1, 2, 3}) + hexRecord(0, 0x0402, {3}))) ==
          "line 3: 0x08020402 is written twice");
}

TEST_CASE("a file without its end record, or with more behind it, is refused", "[intel-hex]")
{
    const std::string data = hexBase(region.address) + hexRecord(0, 0x0400, {1});
    CHECK(refusalOf(data) == "the file has no end record");
    CHECK(refusalOf("") == "the file has no end record");
    CHECK(refusalOf(data + hexEnd + hexEnd) == "line 4: behind the end record");
    CHECK(refusalOf(data + hexEnd + "\n") == "line 4: behind the end record");
}

TEST_CASE("a file that leaves the first address empty is refused", "[intel-hex]")
{
    CHECK(refusalOf(with(hexRecord(0, 0x0404, {1}))) ==
          "nothing at 0x08020400, where the vector table must be");
    CHECK(refusalOf(with("")) == "nothing at 0x08020400, where the vector table must be");
}

TEST_CASE("a file cut anywhere is refused or was complete", "[intel-hex]")
{
    const std::string whole = writeHex(region.address, Bytes(100, 0x5A));
    const std::size_t lineEndBytes = 2;
    for (std::size_t bytes = 0; bytes + lineEndBytes < whole.size(); ++bytes) {
        CAPTURE(bytes);
        REQUIRE_FALSE(readIntelHex(whole.substr(0, bytes), region));
    }
    CHECK(read(whole) == Bytes(100, 0x5A));
}
