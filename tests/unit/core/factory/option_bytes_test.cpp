#include "core/factory/option_bytes.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

/// RM0399 table 20, as a chip comes from the factory.
OptionRegisters blankChip()
{
    return {{0x5200'201C, 0x17C6'AAF0}, {0x5200'2038, 0xFF}, {0x5200'2040, 0x1FF0'0800}};
}

OptionRegisters provisionedChip()
{
    return {{0x5200'201C, 0x1786'AAFC}, {0x5200'2038, 0xFE}, {0x5200'2040, 0x1FF0'0800}};
}

} // namespace

TEST_CASE("a blank chip lacks exactly the fields that are ours to set", "[options]")
{
    const auto differences = compareOptions(blankChip());
    REQUIRE(differences);
    REQUIRE(differences->size() == 3);
    CHECK(differences->at(0).text() == "BCM4: found 0x00400000, wanted 0x00000000");
    CHECK(differences->at(1).text() == "BOR_LEV: found 0x00000000, wanted 0x0000000C");
    CHECK(differences->at(2).text() == "WRPSn1: found 0x00000001, wanted 0x00000000");
    for (const OptionDifference& difference : *differences)
        CHECK(difference.field->isOurs);
    CHECK_FALSE(isBootloaderProtected(blankChip()));
}

TEST_CASE("a provisioned chip differs in nothing", "[options]")
{
    CHECK(compareOptions(provisionedChip())->empty());
    CHECK(isBootloaderProtected(provisionedChip()));
}

TEST_CASE("read protection, boot address, boot core and swapped banks are noticed", "[options]")
{
    const std::uint32_t settings = 0x5200'201C;
    for (const auto& [address, value, name] :
         {std::tuple{settings, 0x1786'55FCU, "RDP"}, std::tuple{settings, 0x1786'CCFCU, "RDP"},
          std::tuple{settings, 0x1706'AAFCU, "BCM7"},
          std::tuple{settings, 0x9786'AAFCU, "SWAP_BANK"},
          std::tuple{0x5200'2040U, 0x1FF0'0802U, "BOOT7"}}) {
        OptionRegisters chip = provisionedChip();
        chip[address] = value;
        const auto differences = compareOptions(chip);
        REQUIRE(differences->size() == 1);
        CHECK(differences->front().field->name == name);
        CHECK_FALSE(differences->front().field->isOurs);
    }
}

TEST_CASE("a register that was not read is no match", "[options]")
{
    OptionRegisters chip = provisionedChip();
    chip.erase(0x5200'2038);
    CHECK(compareOptions(chip).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("no field that is ours touches read protection, boot addresses or banks", "[options]")
{
    for (const OptionField& field : optionFields()) {
        if (!field.isOurs) continue;
        CHECK((field.address == 0x5200'2020 || field.address == 0x5200'203C));
        if (field.address == 0x5200'2020) CHECK((field.mask & ~0x0040'000CU) == 0);
    }
}

TEST_CASE("the list for production lines shows the table", "[options]")
{
    const std::string list = optionByteList();
    CHECK(list.find("BCM4      OPTSR_PRG  0x52002020  0x00400000  0x00000000  the M4 waits until "
                    "its image has been verified\n") != std::string::npos);
    CHECK(list.find("# Expected, and not to be changed:\nBCM7      OPTSR_PRG  0x52002020") !=
          std::string::npos);
    CHECK(list.ends_with("BOOT7     BOOT7_PRG  0x52002044  0x0000FFFF  0x00000800  BOOT0 low: "
                         "0x08000000\n"));
}
