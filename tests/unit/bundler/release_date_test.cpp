#include "bundler/release_date.h"

#include <catch2/catch.hpp>

using namespace bundler;

TEST_CASE("a release's date is that of SOURCE_DATE_EPOCH", "[release-date]")
{
    CHECK(releaseDate(nullptr) == "1980-01-01");
    CHECK(releaseDate("0") == "1970-01-01");
    CHECK(releaseDate("1795392000") == "2026-11-23");
    CHECK(releaseDate("253402300799") == "9999-12-31");
    CHECK_FALSE(releaseDate("253402300800"));
    CHECK_FALSE(releaseDate(""));
    CHECK_FALSE(releaseDate("-1"));
    CHECK_FALSE(releaseDate("1x"));
}
