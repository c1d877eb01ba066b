#include "core/report/chip_words.h"
#include "core/report/device_words.h"

#include <catch2/catch.hpp>

using namespace updater;

TEST_CASE("option bytes are told in words and in hex", "[chip-words]")
{
    CHECK(readProtectionText(0xAA) == "level 0 (0xaa)");
    CHECK(readProtectionText(0xCC) == "level 2, permanent (0xcc)");
    CHECK(readProtectionText(0x55) == "level 1 (0x55)"); // any other value
    CHECK(writeProtectionText(0xFF) == "none (0xff)");
    CHECK(writeProtectionText(0xFE) == "sectors 0 (0xfe)");
    CHECK(writeProtectionText(0x7A) == "sectors 0, 2, 7 (0x7a)");
    CHECK(bootCm4Text(0) == "no (0x00)");
    CHECK(bootCm4Text(1) == "yes: provisioning is incomplete (0x01)");
}

TEST_CASE("the chip's versions are told as its documents name them", "[chip-words]")
{
    CHECK(romVersionText(0x90) == "V9.0 (0x90)");
    CHECK(siliconRevisionText(0x2003) == "V (0x2003)");
    CHECK(siliconRevisionText(0x1003) == "Y (0x1003)");
    CHECK(siliconRevisionText(0) == "unknown (0x0000)");
}

TEST_CASE("a fault's bits have their names", "[chip-words]")
{
    CHECK(faultStatusText(0) == "none (0x00000000)");
    CHECK(faultStatusText(0x8200) == "PRECISERR, BFARVALID (0x00008200)");
    CHECK(faultStatusText(0x0201'0000) == "UNDEFINSTR, DIVBYZERO (0x02010000)");
    CHECK(faultStatusText(0x8000'0000) == "bit 31 (0x80000000)");
}

TEST_CASE("a set's flags have names", "[chip-words]")
{
    using namespace contract::set_flags;
    CHECK(setFlagsText(0) == "none (0x0000)");
    CHECK(setFlagsText(confirmsItself) == "confirms-itself (0x0001)");
    CHECK(setFlagsText(raiseFloorAtConfirm) == "raises-floor-at-confirm (0x0002)");
    CHECK(setFlagsText(applicationStartsM4) == "application-starts-m4 (0x0004)");
    CHECK(setFlagsText(slotAOnly) == "slot-a-only (0x0100)");
}

TEST_CASE("the last fault of each table has its own word", "[chip-words]")
{
    CHECK(word(contract::ImageFault::None) == "none");
    CHECK(word(contract::ImageFault::VectorTable) == "vector-table");
    CHECK(word(contract::ImageFault::TlvMissing) == "tlv-missing");
    CHECK(word(contract::ImageFault::SetMismatch) == "set-mismatch");
    CHECK(word(contract::StreamFault::Counter) == "counter");
    CHECK(word(contract::StreamFault::Bounds) == "bounds");
}
