#include "elf_writer.h"

#include <catch2/catch.hpp>

using namespace bundler_test;
using bundler::Bytes;
using bundler::readElf;
using updater::ErrorCode;

namespace {

constexpr contract::Region slot =
    contract::h755FlashMap.slot(contract::Core::M7, contract::Slot::A);
constexpr std::uint32_t start = 0x0802'0400;

ElfSpec sample()
{
    return {.segments = {{start, start, Bytes(16, 1)}, {0x2000'0000, start + 20, Bytes(8, 2)}}};
}

ErrorCode refusalOf(const ElfSpec& spec)
{
    const auto image = readElf(writeElf(spec), slot);
    REQUIRE_FALSE(image);
    return image.error().code;
}

} // namespace

TEST_CASE("segments lie in the payload where they are loaded, gaps are erased", "[elf-reader]")
{
    const auto image = readElf(writeElf(sample()), slot);
    REQUIRE(image);
    Bytes expected(28, 0xFF);
    std::fill_n(expected.begin(), 16, std::uint8_t{1});
    std::fill_n(expected.begin() + 20, 8, std::uint8_t{2});
    CHECK(image->payload == expected);
    CHECK(image->runAddressOf(0) == start);
    CHECK(image->runAddressOf(21) == 0x2000'0001U);
    CHECK_FALSE(image->runAddressOf(17));
    CHECK(image->placeOf(17) == "payload offset 0x11");
}

TEST_CASE("segments in any order give the same payload", "[elf-reader]")
{
    ElfSpec reversed = sample();
    std::swap(reversed.segments[0], reversed.segments[1]);
    CHECK(readElf(writeElf(reversed), slot)->payload == readElf(writeElf(sample()), slot)->payload);
}

TEST_CASE("what is not an ARM executable is refused", "[elf-reader]")
{
    ElfSpec spec = sample();
    SECTION("another machine")
    {
        spec.machine = EM_386;
    }
    SECTION("a relocatable file")
    {
        spec.type = ET_REL;
    }
    SECTION("big endian")
    {
        spec.byteOrder = ELFDATA2MSB;
    }
    SECTION("nothing to load")
    {
        spec.segments.clear();
    }
    CHECK(refusalOf(spec) == ErrorCode::BundleImage);
}

TEST_CASE("raw data given as a link is refused", "[elf-reader]")
{
    CHECK_FALSE(readElf({}, slot));
    CHECK_FALSE(readElf(Bytes(4096, 0), slot));
    CHECK_FALSE(readElf({':', '1', '0', '0'}, slot)); // Intel HEX
}

TEST_CASE("an ELF file cut anywhere is refused or was complete", "[elf-reader]")
{
    const Bytes whole = writeElf(sample());
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
        CAPTURE(bytes);
        REQUIRE_FALSE(readElf(Bytes(whole.begin(), whole.begin() + long(bytes)), slot));
    }
}

TEST_CASE("an image outside its slot is refused", "[elf-reader]")
{
    ElfSpec spec = sample();
    ErrorCode expected = ErrorCode::BundleImage;
    SECTION("linked for slot B")
    {
        spec.segments[0].loadAddress = 0x0808'0400;
    }
    SECTION("loaded to RAM")
    {
        spec.segments[1].loadAddress = 0x2000'0000;
    }
    SECTION("starts at the slot itself")
    {
        spec.segments[0].loadAddress = 0x0802'0000;
    }
    SECTION("starts late")
    {
        spec.segments[0].loadAddress = start + 4;
    }
    SECTION("overlapping")
    {
        spec.segments[1].loadAddress = start + 15;
    }
    SECTION("longer than the slot")
    {
        spec.segments[0].bytes.resize(384 * 1024 - 0x400 + 1);
        spec.segments.pop_back();
        expected = ErrorCode::BundleImageTooLarge;
    }
    SECTION("wrapping around the address space")
    {
        spec.segments[1].loadAddress = 0xFFFF'FFFC;
    }
    CHECK(refusalOf(spec) == expected);
}
