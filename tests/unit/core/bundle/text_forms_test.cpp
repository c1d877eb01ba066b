#include "core/bundle/text_forms.h"

#include <catch2/catch.hpp>

using namespace updater;

TEST_CASE("each version has one text", "[text-forms]")
{
    using contract::Version;
    CHECK(versionText({1, 2, 3, 0}) == "1.2.3");
    CHECK(versionText({1, 2, 3, 4}) == "1.2.3+4");
    CHECK(parseVersion("1.2.3") == Version{1, 2, 3, 0});
    CHECK(parseVersion("255.255.65535+4294967295") == Version{255, 255, 65535, 4294967295U});
}

TEST_CASE("anything else is not a version", "[text-forms]")
{
    const auto text =
        GENERATE("", "1", "1.2", "1.2.", "1.2.3.4", "1.2.3 ", " 1.2.3", "1.2.x", "-1.2.3", "+1.2.3",
                 "01.2.3", "1.2.3+", "1.2.3+0", "1.2.3+01", "1.2.3+4x", "256.0.0", "0.256.0",
                 "0.0.65536", "0.0.0+4294967296", "v1.2.3");
    CAPTURE(text);
    CHECK_FALSE(parseVersion(text));
}

TEST_CASE("hex is lower case and of exact length", "[text-forms]")
{
    contract::ByteArray<2> bytes{};
    CHECK(hexText(contract::ByteArray<2>{0x0A, 0xF1}) == "0af1");
    REQUIRE(parseHex("0af1", bytes));
    CHECK(bytes == contract::ByteArray<2>{0x0A, 0xF1});
    CHECK_FALSE(parseHex("0AF1", bytes));
    CHECK_FALSE(parseHex("0af", bytes));
    CHECK_FALSE(parseHex("0af1a", bytes));
    CHECK_FALSE(parseHex("0ag1", bytes));
}

TEST_CASE("a date is a day of the calendar", "[text-forms]")
{
    CHECK(isDate("2026-11-22"));
    CHECK(isDate("2024-02-29"));
    CHECK(isDate("2000-02-29"));
    CHECK(isDate("0000-12-31"));
}

TEST_CASE("anything else is not a date", "[text-forms]")
{
    const auto text = GENERATE("", "2026-13-40", "2026-13-01", "2026-00-01", "2026-01-00",
                               "2026-04-31", "2023-02-29", "1900-02-29", "2026-1-01", "2026-01-1",
                               "2026-01-1x", "-026-01-01", "-000-01-01", "2026-+1-01", "2026/01/01",
                               "2026-01-011", " 2026-01-01", "22.11.2026");
    CAPTURE(text);
    CHECK_FALSE(isDate(text));
}
