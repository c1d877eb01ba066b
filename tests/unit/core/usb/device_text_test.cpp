#include "core/usb/device_text.h"

#include <catch2/catch.hpp>

using namespace updater;

TEST_CASE("nothing but printable ASCII of a device's text comes through", "[usb][hostile]")
{
    CHECK(printable("H755 Reference") == "H755 Reference");
    CHECK(printable("a\nb\x1b[2Jc") == "a\\x0Ab\\x1B[2Jc");
    CHECK(printable("\xe2\x80\xae"
                    "evil") == "\\xE2\\x80\\xAE"
                               "evil");
    CHECK(printable("back\\slash") == "back\\\\slash");
    CHECK(printable(std::string_view("\0x", 2)) == "\\x00x");
}

TEST_CASE("a device's text has a bounded length", "[usb][hostile]")
{
    CHECK(printable(std::string(1000, 'a')).size() == 64);
}

TEST_CASE("a serial number is the unique id in hex", "[usb]")
{
    CHECK(serialOf({0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0xAB, 0xFF}) ==
          "00010203040506070809ABFF");
}

TEST_CASE("a unique id has 24 hex digits", "[usb]")
{
    CHECK(isUniqueId("00010203040506070809abFF"));
    CHECK_FALSE(isUniqueId("00010203040506070809abF"));
    CHECK_FALSE(isUniqueId("00010203040506070809abFFF"));
    CHECK_FALSE(isUniqueId("00010203040506070809abFg"));
    CHECK_FALSE(isUniqueId(""));
}

TEST_CASE("ids are compared without regard to case", "[usb]")
{
    CHECK(isSameSerial("00ab", "00AB"));
    CHECK_FALSE(isSameSerial("00ab", "00AC"));
    CHECK_FALSE(isSameSerial("00ab", "00ab0"));
}
