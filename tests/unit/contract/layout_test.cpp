#include "contract/dfu.h"
#include "contract/layout.h"
#include "contract/version.h"

#include <catch2/catch.hpp>

using namespace contract;

TEST_CASE("fields are packed and little-endian", "[layout]")
{
    const Version version{.major = 1, .minor = 2, .revision = 0x0304, .build = 0x0506'0708};
    const ByteArray<8> expected{1, 2, 4, 3, 8, 7, 6, 5};
    CHECK(encode(version) == expected);
    CHECK(decode<Version>(expected) == version);
}

TEST_CASE("versions order by major, minor, revision, build", "[layout]")
{
    CHECK(Version{1, 0, 0, 0} < Version{1, 0, 0, 1});
    CHECK(Version{1, 0, 9, 9} < Version{1, 1, 0, 0});
    CHECK(Version{1, 255, 0, 0} < Version{2, 0, 0, 0});
}

TEST_CASE("bcdDevice shows major, minor and revision in decimal digits", "[layout]")
{
    CHECK(bcdDevice({1, 2, 3, 0}) == 0x0123);
    CHECK(bcdDevice({42, 9, 9, 7}) == 0x4299);
    CHECK(fitsBcdDevice({99, 9, 9, 0}));
    CHECK_FALSE(fitsBcdDevice({100, 0, 0, 0}));
    CHECK_FALSE(fitsBcdDevice({1, 10, 0, 0}));
    CHECK_FALSE(fitsBcdDevice({1, 0, 10, 0}));
}

TEST_CASE("the DFU status reply has a 24-bit poll time-out", "[layout]")
{
    dfu::StatusReply reply{.status = dfu::Status::ErrErase, .state = dfu::State::Error};
    reply.setPollTimeoutMs(0x01'0203);
    const ByteArray<6> expected{0x04, 0x03, 0x02, 0x01, 10, 0};
    CHECK(encode(reply) == expected);
    CHECK(decode<dfu::StatusReply>(expected).pollTimeoutMs() == 0x01'0203);
}
