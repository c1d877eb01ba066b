// Figures of the real ELF, printed and held to the product's promises. Instructions are counted
// exactly; time assumes one cycle for each, and 1 us more for each access to a register.
#include "emulator/emulator_bench.h"

#include <catch2/catch.hpp>
#include <cstdio>

using namespace emulator;
using virtual_h755::Mode;

namespace {

constexpr std::uint64_t longestAnswerUs = 50'000;
constexpr std::uint32_t stackBytes = 32 * 1024;

} // namespace

TEST_CASE("Full images: instructions to the jump, longest EP0 answer, stack", "[measurements]")
{
    EmulatorBench bench(fastFlash, false);
    REQUIRE(bench.reachesUpdateMode());
    bench.device->forgetLongestControl();
    bench.install(exampleRelease(Size::Full, {1, 0, 0, 0}));
    const std::uint64_t answerUs = bench.device->longestControlUs();
    const std::uint32_t stackInUpdateMode = bench.device->longestStackBytes();

    bench.device->powerOff(virtual_h755::Tear::Clean);
    bench.device->powerOn();
    REQUIRE(bench.reachesApplication());
    const std::uint64_t instructions = bench.device->chip().instructionsToJump();
    std::printf("reset to jump, 368 + 496 KB: %.1f million instructions, %.0f ms at 400 MHz\n",
                static_cast<double>(instructions) / 1e6, static_cast<double>(instructions) / 400e3);
    std::printf("longest EP0 answer over a full install: %.1f ms\n",
                static_cast<double>(answerUs) / 1000);
    std::printf("stack: %u bytes used of %u\n", stackInUpdateMode, stackBytes);
    CHECK(instructions > 30'000'000);
    CHECK(instructions <= 65'000'000);
    CHECK(answerUs <= longestAnswerUs);
    CHECK(stackInUpdateMode > 1000);
    CHECK(stackInUpdateMode <= stackBytes / 2);
}

TEST_CASE("EP0 answers during erases that take as long as on silicon", "[measurements]")
{
    EmulatorBench bench(virtual_h755::FlashTiming::datasheet(), false);
    REQUIRE(bench.reachesUpdateMode());
    bench.device->forgetLongestControl();
    bench.install(exampleRelease(Size::Small, {1, 0, 0, 0}));
    const std::uint64_t answerUs = bench.device->longestControlUs();
    std::printf("longest EP0 answer with erases of 1 s: %.1f ms\n",
                static_cast<double>(answerUs) / 1000);
    CHECK(answerUs <= longestAnswerUs);
}
