#include "core/usb/device_selector.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

UsbDevice deviceAt(std::string port, std::string serial)
{
    UsbDevice device;
    device.bus = 1;
    device.address = 5;
    device.portPath = std::move(port);
    device.serial = std::move(serial);
    return device;
}

const std::string idOfA = "AAAAAAAAAAAAAAAAAAAAAAAA";
const std::string idOfB = "BBBBBBBBBBBBBBBBBBBBBBBB";
const std::vector<UsbDevice> two{deviceAt("1-1", idOfA), deviceAt("1-2.3", idOfB)};

DeviceSelector named(std::string_view text)
{
    return DeviceSelector::parse(text).value();
}

} // namespace

TEST_CASE("the only device needs no name", "[selector]")
{
    const std::vector<UsbDevice> one{two[0]};
    CHECK(DeviceSelector().choose(one)->serial == idOfA);
}

TEST_CASE("no device at all is NoDevice", "[selector]")
{
    CHECK(DeviceSelector().choose({}).error().code == ErrorCode::NoDevice);
}

TEST_CASE("several devices and none named is a refusal that lists them", "[selector]")
{
    const auto chosen = DeviceSelector().choose(two);
    REQUIRE(chosen.error().code == ErrorCode::SeveralDevices);
    CHECK(chosen.error().detail == idOfA + " at 1-1, " + idOfB + " at 1-2.3");
}

TEST_CASE("a device is chosen by its id in any case, or by its port", "[selector]")
{
    CHECK(named("bbbbbbbbbbbbbbbbbbbbbbbb").choose(two)->serial == idOfB);
    CHECK(named("1-2.3").choose(two)->serial == idOfB);
    CHECK(named("1-1").choose(two)->serial == idOfA);
}

TEST_CASE("a named device that is not there is never replaced by another", "[selector]")
{
    CHECK(named("CCCCCCCCCCCCCCCCCCCCCCCC").choose(two).error().code ==
          ErrorCode::NamedDeviceMissing);
    CHECK(named("1-2").choose(two).error().code == ErrorCode::NamedDeviceMissing);
}

TEST_CASE("two devices with the same id are not told apart by guessing", "[selector][hostile]")
{
    const std::vector<UsbDevice> twins{deviceAt("1-1", idOfA), deviceAt("1-2", idOfA)};
    CHECK(named(idOfA).choose(twins).error().code == ErrorCode::SeveralDevices);
}

TEST_CASE("a device that may not be opened is refused with that reason", "[selector]")
{
    std::vector<UsbDevice> one{deviceAt("1-1", "")};
    one[0].problem = Error{ErrorCode::PermissionDenied, "EACCES"};
    CHECK(DeviceSelector().choose(one).error().code == ErrorCode::PermissionDenied);
    CHECK(named(idOfA).choose(one).error().code == ErrorCode::PermissionDenied);
}

TEST_CASE("what is neither an id nor a port path is refused", "[selector]")
{
    const auto* const text =
        GENERATE("", "1", "-1", "1-", "1--2", "1-2.", "1-.2", "1.2-3", "1-2.x",
                 "AAAAAAAAAAAAAAAAAAAAAAA", "1-1111111111.1111111111.1111111111");
    CHECK(DeviceSelector::parse(text).error().code == ErrorCode::BadArguments);
}
