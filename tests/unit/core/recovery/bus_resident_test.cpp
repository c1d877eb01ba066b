#include "core/recovery/bus_resident.h"

#include "branding/branding.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

BusResident residentWith(std::uint16_t vendorId, std::uint16_t productId, std::uint8_t deviceClass)
{
    return residentOf({"1-1", vendorId, productId, deviceClass, "full"});
}

} // namespace

TEST_CASE("what is on the bus is known by its ids", "[recovery]")
{
    CHECK(residentWith(branding::vendorId, branding::runtimeProductId, 0) ==
          BusResident::Application);
    CHECK(residentWith(branding::vendorId, branding::bootloaderProductId, 0) ==
          BusResident::Bootloader);
    CHECK(residentWith(0x0483, 0xDF11, 0) == BusResident::RomLoader);
    CHECK(residentWith(0x0483, 0x3748, 0) == BusResident::Probe);
    CHECK(residentWith(0x0483, 0x374E, 0xEF) == BusResident::Probe);
    CHECK(residentWith(0x1D6B, 0x0002, 9) == BusResident::Hub);
    CHECK(residentWith(0x0483, 0x5740, 2) == BusResident::Other);
    CHECK(residentWith(0x1209, 0xDF11, 0) == BusResident::Other);
}
