#include "virtual/words.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using Kind = ApplicationBehaviour::Kind;

TEST_CASE("numbers are decimal, whole and short", "[virtual][words]")
{
    REQUIRE(parseNumber("0") == 0U);
    REQUIRE(parseNumber("999999999999999999") == 999'999'999'999'999'999U);
    const std::string text = GENERATE("", "-1", "+1", "1x", " 1", "0x10", "1000000000000000000");
    REQUIRE_FALSE(parseNumber(text));
}

TEST_CASE("every tear has a word", "[virtual][words]")
{
    REQUIRE(parseTear("clean") == Tear::Clean);
    REQUIRE(parseTear("good") == Tear::TornGood);
    REQUIRE(parseTear("blank") == Tear::TornBlank);
    REQUIRE(parseTear("bad") == Tear::TornBad);
    REQUIRE(parseTear("flaky") == Tear::TornFlaky);
    REQUIRE_FALSE(parseTear("torn"));
}

TEST_CASE("an application is a word and when", "[virtual][words]")
{
    REQUIRE(parseApplication("confirm:20")->kind == Kind::Confirm);
    REQUIRE(parseApplication("confirm:20")->afterMs == 20);
    REQUIRE(parseApplication("confirm")->afterMs == 300);
    REQUIRE(parseApplication("never")->kind == Kind::NeverConfirm);
    REQUIRE(parseApplication("hang:5")->kind == Kind::Hang);
    REQUIRE(parseApplication("crash:0")->kind == Kind::Crash);
    REQUIRE_FALSE(parseApplication("crash:0")->onlyOf);
    REQUIRE(parseApplication("crash:5@1.2.300")->afterMs == 5);
    REQUIRE(*parseApplication("never@1.2.300")->onlyOf == contract::Version{1, 2, 300});
    const std::string text = GENERATE("", "sleep", "confirm:", "confirm:x", "confirm:86400001",
                                      "crash@", "crash@1.2", "crash@256.0.0", "crash@1.2.3.4");
    REQUIRE_FALSE(parseApplication(text));
}
