#include "core/bundle/byte_patch.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace updater;
using Bytes = std::vector<std::uint8_t>;

TEST_CASE("a patch replaces exactly the bytes that it names", "[byte-patch]")
{
    Bytes body(300, 0);
    const Bytes patch{0, 0xAA, 5, 0xBB, 0x80, 0x02, 0xCC}; // offsets 0, 5, 5 + 256
    REQUIRE(applyPatch(body, patch));
    Bytes expected(300, 0);
    expected[0] = 0xAA;
    expected[5] = 0xBB;
    expected[261] = 0xCC;
    CHECK(body == expected);
}

TEST_CASE("an empty patch changes nothing", "[byte-patch]")
{
    Bytes body(3, 7);
    CHECK(applyPatch(body, {}));
    CHECK(body == Bytes(3, 7));
}

TEST_CASE("a malformed patch is refused", "[byte-patch]")
{
    Bytes body(16, 0);
    CHECK_FALSE(applyPatch(body, Bytes{16, 1}));         // behind the body
    CHECK_FALSE(applyPatch(body, Bytes{10, 1, 6, 1}));   // behind the body, in two steps
    CHECK_FALSE(applyPatch(body, Bytes{1, 1, 0, 1}));    // the same byte twice
    CHECK_FALSE(applyPatch(body, Bytes{1}));             // no value
    CHECK_FALSE(applyPatch(body, Bytes{0x80}));          // half a number
    CHECK_FALSE(applyPatch(body, Bytes{0x81, 0x00, 1})); // a number in two bytes that needs one
}
