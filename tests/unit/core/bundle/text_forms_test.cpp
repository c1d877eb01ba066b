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
