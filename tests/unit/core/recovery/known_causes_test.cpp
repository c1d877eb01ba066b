#include "core/recovery/known_causes.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace updater;

TEST_CASE("every known cause can be reached by what a technician sees", "[recovery]")
{
    CHECK(knownCauses().size() == 17);
    std::uint8_t number = 0;
    for (const KnownCause& cause : knownCauses()) {
        CHECK(cause.number == ++number);
        CHECK(cause.signs.front() != Sign::None);
        CHECK(cause.remedy.size() > 20);
        for (const Sign sign : cause.signs) {
            if (sign == Sign::None) continue;
            const auto causes = causesOf(sign);
            CHECK(std::ranges::find(causes, &cause) != causes.end());
        }
    }
}

TEST_CASE("every sign leads to a cause, the most likely first", "[recovery]")
{
    for (int sign = 1; sign <= static_cast<int>(Sign::ProbeCannotAttach); ++sign)
        CHECK_FALSE(causesOf(static_cast<Sign>(sign)).empty());
    CHECK(causesOf(Sign::NothingOnBus).front()->number == 1);
    CHECK(causesOf(Sign::NothingWithBoot0).front()->number == 4);
    CHECK(causesOf(Sign::WriteProtected).front()->route == Route::Probe);
}
