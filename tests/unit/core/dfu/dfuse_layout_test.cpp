#include "core/dfu/dfuse_layout.h"

#include <catch2/catch.hpp>
#include <random>

using namespace updater;

namespace {

constexpr std::string_view h755 = "@Internal Flash   /0x08000000/16*128Kg";

bool isRefused(std::string_view text)
{
    const auto layout = parseDfuseLayout(text);
    return !layout && layout.error().code == ErrorCode::ReplyMalformed;
}

} // namespace

TEST_CASE("the H755's layout is 16 sectors of 128 KB that may be read, erased and written",
          "[dfuse]")
{
    const auto layout = parseDfuseLayout(h755);
    REQUIRE(layout);
    CHECK(layout->name == "Internal Flash");
    REQUIRE(layout->segments ==
            std::vector<DfuseSegment>{{0x0800'0000, 16, 0x2'0000, true, true, true}});
    CHECK(layout->segments[0].end() == 0x0820'0000);
    CHECK(isH755Flash(*layout));
}

TEST_CASE("other chips' layouts are understood and not taken for the H755's", "[dfuse]")
{
    const std::string_view text = GENERATE(
        as<std::string_view>(),                  //
        "@Internal Flash  /0x08000000/8*128Kg",  // H723
        "@Internal Flash  /0x08000000/256*08Kg", // H7A3
        "@Internal Flash  /0x08000000/16*128Ka", // read only
        "@Internal Flash  /0x08020000/16*128Kg", // elsewhere
        "@Internal Flash  /0x08000000/15*128Kg,1*128Kg", "@External Flash  /0x08000000/16*128Kg",
        "@Option Bytes  /0x5200201C/01*128 e", "@OTP/0x1FF0F000/01*1024 e");
    const auto layout = parseDfuseLayout(text);
    REQUIRE(layout);
    CHECK_FALSE(isH755Flash(*layout));
}

TEST_CASE("several segments and regions follow one another", "[dfuse]")
{
    const auto layout = parseDfuseLayout("@F4/0x08000000/4*16Kg,1*64Kg/0x1FFF0000/2*4Ba");
    REQUIRE(layout);
    CHECK(layout->segments ==
          std::vector<DfuseSegment>{{0x0800'0000, 4, 0x4000, true, true, true},
                                    {0x0801'0000, 1, 0x1'0000, true, true, true},
                                    {0x1FFF'0000, 2, 4, true, false, false}});
    const auto options = parseDfuseLayout("@Option Bytes   /0x5200201C/01*128 e");
    REQUIRE(options);
    CHECK(options->segments == std::vector<DfuseSegment>{{0x5200'201C, 1, 128, true, false, true}});
}

TEST_CASE("what is not exactly a layout is refused", "[dfuse][hostile]")
{
    CHECK(isRefused(""));
    CHECK(isRefused("@"));
    CHECK(isRefused("Internal Flash/0x08000000/16*128Kg"));
    CHECK(isRefused("@Flash"));
    CHECK(isRefused("@Flash/08000000/16*128Kg"));
    CHECK(isRefused("@Flash/0x/16*128Kg"));
    CHECK(isRefused("@Flash/0x08000000"));
    CHECK(isRefused("@Flash/0x08000000/"));
    CHECK(isRefused("@Flash/0x08000000/16*128K"));
    CHECK(isRefused("@Flash/0x08000000/16*128Kh"));
    CHECK(isRefused("@Flash/0x08000000/16*128Gg"));
    CHECK(isRefused("@Flash/0x08000000/16*128Kg,"));
    CHECK(isRefused("@Flash/0x08000000/16*128Kg "));
    CHECK(isRefused("@Flash/0x08000000/-1*128Kg"));
    CHECK(isRefused("@Flash/0x08000000/0*128Kg"));
    CHECK(isRefused("@Flash/0x08000000/16*0Kg"));
    CHECK(isRefused("@Flash/0x108000000/16*128Kg"));               // no 32-bit address
    CHECK(isRefused("@Flash/0x08000000/99999999999*1Kg"));         // no 32-bit number
    CHECK(isRefused("@Flash/0x08000000/4294967295*4294967295Mg")); // beyond 64 bits
    CHECK(isRefused("@Flash/0xFFFF0000/2*64Kg"));                  // beyond the address space
    CHECK(isRefused("@Flash/0x08000000/2*1Kg/0x08000400/1*1Kg"));  // overlaps
    CHECK(isRefused("@" + std::string(200, ' ') + "/0x08000000/16*128Kg"));
    std::string many = "@F/0x0/1*1Kg";
    for (int i = 0; i < 16; ++i)
        many += ",1*1Kg";
    CHECK(isRefused(many));
}

TEST_CASE("a layout with random changes never yields sectors outside the address space",
          "[dfuse][hostile]")
{
    std::mt19937 random(755);
    const std::string_view letters = "@/0x*,KMBag 123456789FfX?";
    int parsed = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string text(h755);
        for (unsigned change = random() % 4; change-- > 0;) {
            const std::size_t at = random() % text.size();
            const char letter = letters[random() % letters.size()];
            switch (random() % 3) {
            case 0: text[at] = letter; break;
            case 1: text.insert(at, 1, letter); break;
            default: text.erase(at, 1 + random() % 3); break;
            }
            if (text.empty()) text = "@";
        }
        const auto layout = parseDfuseLayout(text);
        if (!layout) continue;
        ++parsed;
        std::uint64_t end = 0;
        for (const DfuseSegment& segment : layout->segments) {
            const bool isSane = segment.address >= end && segment.end() <= (1ULL << 32) &&
                                segment.sectors > 0 && segment.sectorBytes > 0;
            if (!isSane) FAIL(text);
            end = segment.end();
        }
        if (isH755Flash(*layout) && (layout->segments[0].end() != 0x0820'0000)) FAIL(text);
    }
    CHECK(parsed > 1000);
}
