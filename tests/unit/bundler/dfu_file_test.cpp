#include "bundler/dfu_file.h"

#include <catch2/catch.hpp>

TEST_CASE("a DFU file ends with the suffix of DFU 1.1 appendix B", "[dfu-file]")
{
    const std::vector<std::uint8_t> content{'h', '7', '5', '5'};
    const auto file = bundler::dfuFile(content, 0x1209, 0x0002);
    const std::vector<std::uint8_t> expected{'h',  '7',  '5',  '5',  0xFF, 0xFF, 0x02, 0x00,
                                             0x09, 0x12, 0x00, 0x01, 'U',  'F',  'D',  16};
    REQUIRE(file.size() == 20);
    CHECK(std::vector<std::uint8_t>(file.begin(), file.end() - 4) == expected);
    // CRC-32 without final inversion: over a whole file it leaves the fixed remainder of CRC-32.
    std::uint32_t crc = 0xFFFF'FFFF;
    for (const std::uint8_t byte : file) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB8'8320 : 0);
    }
    CHECK(crc == 0);
}
