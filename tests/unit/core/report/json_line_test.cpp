#include "core/report/json_line.h"

#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using updater::JsonLine;

namespace {

std::string roundTrip(std::string_view text)
{
    return nlohmann::json::parse(JsonLine("t").text("k", text).str())["k"].get<std::string>();
}

} // namespace

TEST_CASE("a JSON line keeps the order of its members and begins with its type", "[json]")
{
    const std::array<JsonLine, 2> slots{JsonLine().text("slot", "A"), JsonLine().text("slot", "B")};
    JsonLine line("info");
    line.number("bytes", 18'446'744'073'709'551'615U).flag("ok", true).nothing("none");
    line.objects("slots", slots);
    CHECK(line.str() == R"({"type":"info","bytes":18446744073709551615,"ok":true,"none":null,)"
                        R"("slots":[{"slot":"A"},{"slot":"B"}]})");
}

TEST_CASE("every text comes back as it was", "[json]")
{
    const auto* const text =
        GENERATE("", "plain", "quote \" backslash \\ slash /", "line\nbreak\ttab\x01\x1b[31m",
                 "\x7f", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\xa7", "\xe2\x80\xae mirror");
    CHECK(roundTrip(text) == text);
}

TEST_CASE("a JSON line is printable ASCII whatever its texts are", "[json]")
{
    std::string every;
    for (int byte = 0; byte < 256; ++byte)
        every += static_cast<char>(byte);
    for (const char c : JsonLine("t").text("k", every).str())
        CHECK((c >= ' ' && c <= '~'));
}

TEST_CASE("bytes that are not UTF-8 become replacement characters", "[json]")
{
    const auto* const broken = GENERATE("\x80",              // continuation alone
                                        "\xc3",              // cut short
                                        "\xff",              // never a first byte
                                        "\xc0\xaf",          // overlong
                                        "\xed\xa0\x80",      // surrogate
                                        "\xf4\x90\x80\x80"); // above U+10FFFF
    const std::string result = roundTrip(broken);
    CHECK(result.find("\xef\xbf\xbd") == 0);
    CHECK(result.size() == 3 * std::string_view(broken).size());
}
