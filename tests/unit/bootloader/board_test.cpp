#include "bootloader/board.h"

#include "support/tiny_map.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>

using boot::FlashResult;
using test_support::tinyMap;

namespace {

FlashResult eraseThatTakes(std::uint64_t eraseUs)
{
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{tinyMap, clock, {100, eraseUs, true}};
    virtual_h755::VirtualBoard board{flash, clock};
    flash.startErase({0, 7});
    return boot::waitFor(board, 0);
}

} // namespace

TEST_CASE("an erase may take ten seconds", "[board][R7]")
{
    CHECK(eraseThatTakes(9'900'000) == FlashResult::Done);
}

TEST_CASE("a bank that never ends counts as failed", "[board][R7]")
{
    CHECK(eraseThatTakes(60'000'000) == FlashResult::Failed);
}
