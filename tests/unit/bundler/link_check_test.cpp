#include "bundler/link_check.h"

#include "contract/image_format.h"

#include <catch2/catch.hpp>

using namespace contract;
using namespace bundler;
using updater::ErrorCode;
using updater::Result;

namespace {

constexpr std::uint32_t codeAt = 64; // behind a vector table of 16 words
constexpr std::uint32_t dataAt = 96;
constexpr std::uint32_t payloadBytes = 128;

void store(LinkedImage& link, std::uint32_t offset, std::uint32_t word)
{
    Encoder encoder{ByteSpan{link.payload}.subspan(offset, 4)};
    encoder(word);
}

void storeInstruction(LinkedImage& link, std::uint32_t offset, std::uint32_t instruction)
{
    store(link, offset, instruction << 16 | instruction >> 16);
}

void storeWords(TwoLinks& links, std::uint32_t offset, std::uint32_t a, std::uint32_t b)
{
    store(links.slotA, offset, a);
    store(links.slotB, offset, b);
}

void storeInstructions(TwoLinks& links, std::uint32_t offset, std::uint32_t a, std::uint32_t b)
{
    storeInstruction(links.slotA, offset, a);
    storeInstruction(links.slotB, offset, b);
}

/// Vectors, 32 bytes of code (nop) and 32 bytes of data (0), with a symbol for each.
LinkedImage linkAt(std::uint32_t start)
{
    LinkedImage link;
    link.payload.assign(payloadBytes, 0);
    link.pieces = {{0, start, codeAt, false},
                   {codeAt, start + codeAt, dataAt - codeAt, true},
                   {dataAt, start + dataAt, payloadBytes - dataAt, false}};
    link.symbols = {
        {start, codeAt, "vectors"}, {start + codeAt, 32, "code"}, {start + dataAt, 32, "data"}};
    for (std::uint32_t offset = codeAt; offset < dataAt; offset += 4)
        store(link, offset, 0xBF00'BF00);
    store(link, 0, 0x2002'0000);
    store(link, 4, start + codeAt + 1);
    return link;
}

TwoLinks sample(Core core = Core::M7)
{
    return {core, linkAt(h755FlashMap.slot(core, Slot::A).address + imageHeaderBytes),
            linkAt(h755FlashMap.slot(core, Slot::B).address + imageHeaderBytes)};
}

Result<> check(const TwoLinks& links, const std::vector<std::string>& allowed = {})
{
    return checkLinks(links, h755FlashMap, allowed);
}

std::string refusalOf(const TwoLinks& links)
{
    const auto done = check(links);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::BundleImage);
    return done.error().detail;
}

} // namespace

TEST_CASE("links that differ in addresses only are accepted", "[link-check]")
{
    TwoLinks links = sample();
    CHECK(check(links));
    SECTION("a word that points into the slot")
    {
        storeWords(links, dataAt + 4, 0x0802'1234, 0x0808'1234);
    }
    SECTION("the end of the slot")
    {
        storeWords(links, dataAt, 0x0808'0000, 0x080E'0000);
    }
    SECTION("the other core's slot, moved by its distance")
    {
        storeWords(links, dataAt, 0x0810'0400, 0x0818'0400);
    }
    SECTION("a MOVT")
    {
        storeInstructions(links, codeAt + 4, 0xF6C0'0002, 0xF6C0'0008);
    }
    SECTION("an M4")
    {
        links = sample(Core::M4);
    }
    CHECK(check(links));
}

TEST_CASE("any other difference is refused by symbol and offset", "[link-check]")
{
    TwoLinks links = sample();
    std::string place = "data+0x4";
    SECTION("a word moved by another distance")
    {
        storeWords(links, dataAt + 4, 0x0802'1234, 0x0808'1238);
    }
    SECTION("a word that is no address")
    {
        storeWords(links, dataAt + 4, 0x1234'0000, 0x123A'0000);
    }
    SECTION("an address that does not lie on a word")
    {
        links.slotA.payload[dataAt + 7] = 0x02;
        links.slotB.payload[dataAt + 7] = 0x08;
    }
    SECTION("code")
    {
        storeInstruction(links.slotB, codeAt + 8, 0xF8DF'0004);
        place = "code+0x8";
    }
    SECTION("an address between instructions that is no literal pool")
    {
        storeWords(links, codeAt + 8, 0x0802'1234, 0x0808'1234);
        place = "code+0xa"; // its upper half, read as an instruction of its own
    }
    SECTION("a MOVT to another register")
    {
        storeInstructions(links, codeAt + 4, 0xF6C0'0002, 0xF6C0'0108);
        place = "code+0x4";
    }
    CHECK(refusalOf(links) == "M7 link B: differs from link A in more than addresses at " + place);
}

TEST_CASE("links of different length are refused", "[link-check]")
{
    TwoLinks links = sample();
    links.slotB.payload.resize(payloadBytes + 4);
    links.slotB.pieces.back().bytes += 4;
    CHECK(refusalOf(links) == "M7 link B: 132 bytes, link A 128");
}

TEST_CASE("a constant in both links that points into slot A is refused in B", "[link-check]")
{
    TwoLinks links = sample();
    std::string why = "data+0x4 points into slot A (0x08020400)";
    SECTION("a word")
    {
        storeWords(links, dataAt + 4, 0x0802'0400, 0x0802'0400);
    }
    SECTION("a MOVT")
    {
        storeInstructions(links, codeAt + 4, 0xF6C0'0002, 0xF6C0'0002);
        why = "code+0x4 points into slot A (0x08020000)";
    }
    SECTION("a MOV of the other core's slot")
    {
        storeInstructions(links, codeAt + 4, 0xF04F'6301, 0xF04F'6301);
        why = "code+0x4 points into slot A (0x08100000)";
    }
    CHECK(refusalOf(links) == "M7 link B: " + why);
    CHECK(check(links, {"data", "code"}));
    CHECK_FALSE(check(links, {"vectors"}));
}

TEST_CASE("a constant that points into slot B is refused in A", "[link-check]")
{
    TwoLinks links = sample();
    storeWords(links, dataAt, 0x0808'0400, 0x0808'0400);
    CHECK(refusalOf(links) == "M7 link A: data+0x0 points into slot B (0x08080400)");
}

TEST_CASE("instructions are found one by one, not at any even offset", "[link-check]")
{
    TwoLinks links = sample();
    for (LinkedImage* link : {&links.slotA, &links.slotB}) {
        // ldr.w followed by a halfword that together with the next looks like movt r0, #0x0802
        storeInstruction(*link, codeAt, 0xF8DF'F6C0);
        store(*link, codeAt + 4, 0xBF00'0002);
    }
    CHECK(check(links));
}

TEST_CASE("a vector table that points nowhere is refused", "[link-check]")
{
    TwoLinks links = sample();
    SECTION("stack")
    {
        store(links.slotA, 0, 0x0800'0000);
    }
    SECTION("reset vector")
    {
        store(links.slotA, 4, 0x0802'0400 + codeAt);
    }
    SECTION("a handler in the other slot")
    {
        store(links.slotA, 12, 0x0808'0441);
    }
    SECTION("a handler without the Thumb bit")
    {
        store(links.slotA, 12, 0x0802'0440);
    }
    SECTION("a handler behind the payload")
    {
        store(links.slotA, 60, 0x0802'0481);
    }
    CHECK_FALSE(checkVectors(links.slotA, Core::M7, Slot::A, h755FlashMap));
    CHECK(checkVectors(links.slotB, Core::M7, Slot::B, h755FlashMap));
}

TEST_CASE("handlers in RAM, in ITCM and reserved vectors are accepted", "[link-check]")
{
    TwoLinks links = sample();
    store(links.slotA, 8, 0x2400'0101);
    store(links.slotA, 12, 0x0000'0041);
    store(links.slotA, 28, 0);
    CHECK(checkVectors(links.slotA, Core::M7, Slot::A, h755FlashMap));
}
