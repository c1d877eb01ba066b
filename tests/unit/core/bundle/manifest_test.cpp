#include "core/bundle/manifest.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace updater;
using nlohmann::json;

namespace {

Manifest sample()
{
    Manifest manifest;
    manifest.product = {755001, 1, 7};
    manifest.releaseVersion = {1, 2, 3, 4};
    manifest.coreVersions = {contract::Version{1, 2, 3, 0}, contract::Version{1, 0, 9, 0}};
    manifest.setId.fill(0xAB);
    manifest.securityCounter = 4'000'000'000;
    manifest.keyIndex = 1;
    manifest.minimumBootloader = {0, 1, 0, 0};
    manifest.requiresFrom = {1, 1, 0, 0};
    manifest.channel = "stable";
    manifest.date = "2026-11-22";
    manifest.entries = {{"firmware.h7set", 12'345, {}}, {"notes/en.md", 7, {}}};
    return manifest;
}

Result<Manifest> parse(std::string_view text)
{
    return parseManifest({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

ErrorCode refusalOf(std::string_view text)
{
    const auto manifest = parse(text);
    REQUIRE_FALSE(manifest);
    return manifest.error().code;
}

json sampleJson()
{
    return json::parse(manifestText(sample()));
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a manifest reads as it was written", "[manifest]")
{
    const auto read = parse(manifestText(sample()));
    REQUIRE(read);
    CHECK(manifestText(*read) == manifestText(sample()));
    CHECK(read->product == sample().product);
    CHECK(read->coreVersions == sample().coreVersions);
    CHECK(read->securityCounter == 4'000'000'000);
    CHECK(read->entries.at(1).name == "notes/en.md");
}

TEST_CASE("every field of a manifest is required", "[manifest]")
{
    const json whole = sampleJson();
    for (const auto& [name, value] : whole.items()) {
        json cut = whole;
        cut.erase(name);
        CAPTURE(name);
        CHECK(refusalOf(cut.dump()) == ErrorCode::BundleManifest);
    }
    for (const char* group : {"product", "cores"}) {
        for (const auto& [name, value] : whole[group].items()) {
            json cut = whole;
            cut[group].erase(name);
            CAPTURE(name);
            CHECK(refusalOf(cut.dump()) == ErrorCode::BundleManifest);
        }
    }
}

TEST_CASE("a field of another type is refused", "[manifest]")
{
    const json whole = sampleJson();
    for (const auto& [name, value] : whole.items()) {
        for (const json& other : {json(nullptr), json(true), json(-1), json(1.5), json("?"),
                                  json::array({"?"}), json::object({{"?", 1}})}) {
            json wrong = whole;
            wrong[name] = other;
            CAPTURE(name, other.dump());
            CHECK(refusalOf(wrong.dump()) == ErrorCode::BundleManifest);
        }
    }
}

TEST_CASE("a value out of its range is refused", "[manifest]")
{
    json wrong = sampleJson();
    SECTION("format 0")
    {
        wrong["format"] = 0;
    }
    SECTION("hardware revision")
    {
        wrong["product"]["hardwareMaximum"] = 65536;
    }
    SECTION("empty hardware range")
    {
        wrong["product"]["hardwareMinimum"] = 8;
    }
    SECTION("product")
    {
        wrong["product"]["id"] = 4294967296;
    }
    SECTION("counter")
    {
        wrong["securityCounter"] = 4294967296;
    }
    SECTION("version")
    {
        wrong["release"] = "1.256.0";
    }
    SECTION("set id too short")
    {
        wrong["setId"] = "abab";
    }
    SECTION("set id in capitals")
    {
        wrong["setId"] = std::string(32, 'A');
    }
    SECTION("empty channel")
    {
        wrong["channel"] = "";
    }
    SECTION("long channel")
    {
        wrong["channel"] = std::string(33, 'a');
    }
    SECTION("channel with control characters")
    {
        wrong["channel"] = "a\x1b[31m";
    }
    SECTION("date")
    {
        wrong["date"] = "22.11.2026";
    }
    SECTION("date that no calendar has")
    {
        wrong["date"] = "2026-13-40";
    }
    SECTION("entry length")
    {
        wrong["entries"][0]["bytes"] = 4294967296;
    }
    SECTION("entry hash")
    {
        wrong["entries"][0]["sha256"] = "00";
    }
    SECTION("entry name")
    {
        wrong["entries"][0]["name"] = std::string(65, 'a');
    }
    SECTION("too many entries")
    {
        wrong["entries"] = json(63, wrong["entries"][0]);
    }
    CHECK(refusalOf(wrong.dump()) == ErrorCode::BundleManifest);
}

TEST_CASE("a field that nobody knows is refused", "[manifest]")
{
    json wrong = sampleJson();
    SECTION("at the top")
    {
        wrong["key"] = "value";
    }
    SECTION("in the product")
    {
        wrong["product"]["key"] = 1;
    }
    SECTION("in an entry")
    {
        wrong["entries"][0]["path"] = "x";
    }
    CHECK(refusalOf(wrong.dump()) == ErrorCode::BundleManifest);
}

TEST_CASE("a later format version says so", "[manifest]")
{
    json later = sampleJson();
    later["format"] = 2;
    CHECK(refusalOf(later.dump()) == ErrorCode::BundleFormatVersion);
}

TEST_CASE("a repeated key is refused, however it is written", "[manifest]")
{
    const std::string text = manifestText(sample());
    const auto repeated =
        GENERATE("\"release\": \"9.9.9\",", "\"\\u0072elease\": \"9.9.9\",",
                 "\"rel\\u0065ase\": \"9.9.9\",", "\"format\": 1, \"format\": 1,");
    CHECK(refusalOf(replaced(text, "\"channel\"", std::string(repeated) + "\"channel\"")) ==
          ErrorCode::BundleDuplicateKey);
    CHECK(refusalOf(replaced(text, "\"id\"", "\"id\": 1, \"id\"")) ==
          ErrorCode::BundleDuplicateKey);
}

TEST_CASE("one name in two objects is not a repetition", "[manifest]")
{
    CHECK(parse(manifestText(sample()))); // each entry has a "name"
}

TEST_CASE("what is not one JSON value is refused", "[manifest]")
{
    const std::string text = manifestText(sample());
    CHECK(refusalOf("") == ErrorCode::BundleManifest);
    CHECK(refusalOf("null") == ErrorCode::BundleManifest);
    CHECK(refusalOf("[]") == ErrorCode::BundleManifest);
    CHECK(refusalOf(text + "{}") == ErrorCode::BundleManifest);
    CHECK(refusalOf(text.substr(0, text.size() / 2)) == ErrorCode::BundleManifest);
    CHECK(refusalOf("// comment\n" + text) == ErrorCode::BundleManifest);
    CHECK(refusalOf(replaced(text, "stable",
                             "st\xFF"
                             "able")) == ErrorCode::BundleManifest);
    CHECK(refusalOf(replaced(text, "12345", "1e400")) == ErrorCode::BundleManifest);
}

TEST_CASE("nesting and size are limited before anything is built", "[manifest]")
{
    CHECK(refusalOf(std::string(60'000, '[')) == ErrorCode::BundleManifest);
    std::string deep;
    for (int i = 0; i < 9000; ++i)
        deep += "{\"a\":";
    CHECK(refusalOf(deep) == ErrorCode::BundleManifest);
    CHECK(refusalOf(manifestText(sample()) + std::string(maximumManifestBytes, ' ')) ==
          ErrorCode::BundleManifest);
}
