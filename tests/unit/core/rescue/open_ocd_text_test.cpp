// Transcripts of OpenOCD 0.12. Lines of the probe and of errors are as its source prints them and
// as people have published them for STM32H7 boards; none is from an H755 of ours yet
// (docs/hardware-validation.md).
#include "core/rescue/open_ocd_text.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

constexpr std::string_view head = "Open On-Chip Debugger 0.12.0\n"
                                  "Licensed under GNU GPL v2\n"
                                  "For bug reports, read\n"
                                  "\thttp://openocd.org/doc/doxygen/bugs.html\n"
                                  "dapdirect_swd\n";
constexpr std::string_view probe = "Info : STLINK V3J10M3 (API v3) VID:PID 0483:374E\n"
                                   "Info : Target voltage: 3.302400\n";
constexpr std::string_view reached =
    "Info : clock speed 1800 kHz\n"
    "Info : stlink_dap_op_connect(connect)\n"
    "Info : SWD DPIDR 0x6ba02477\n"
    "Info : [stm32h7x.cpu0] Cortex-M7 r1p1 processor detected\n"
    "Info : [stm32h7x.cpu0] target has 8 breakpoints, 4 watchpoints\n"
    "** connected **\n";
constexpr std::string_view facts = "0x5c001000: 20036450 \n"
                                   "\n"
                                   "0x1ff1e800: 00340021 3133510d 38323733 \n"
                                   "\n"
                                   "0x1ff1e880: 00000800 \n"
                                   "\n"
                                   "Info : Device: STM32H74x/75x\n"
                                   "Info : flash size probed value 2048k\n"
                                   "Info : STM32H7 flash has dual banks\n"
                                   "Option Register: <0x5200201c> = 0x1786aafc\n"
                                   "Option Register: <0x52002028> = 0xff\n"
                                   "Option Register: <0x52002030> = 0xff\n"
                                   "Option Register: <0x52002038> = 0xfe\n"
                                   "Option Register: <0x52002040> = 0x1ff00800\n"
                                   "Option Register: <0x52002048> = 0x10000810\n"
                                   "Option Register: <0x52002128> = 0xff\n"
                                   "Option Register: <0x52002130> = 0xff\n"
                                   "Option Register: <0x52002138> = 0xff\n";

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

std::vector<OcdStage> programStages()
{
    return {{{"init"}, "** connected **", ErrorCode::SwdConnection},
            {{"write"}, "** piece-0.bin written **", ErrorCode::FlashProgram},
            {{"verify"}, "** piece-0.bin verified **", ErrorCode::FlashVerify}};
}

ErrorCode codeOf(int exitCode, std::initializer_list<std::string_view> parts)
{
    const Result<> judged = judgeRun(programStages(), exitCode, joined(parts));
    REQUIRE_FALSE(judged);
    return judged.error().code;
}

} // namespace

TEST_CASE("success is exit code 0 and every marker on a line of its own", "[rescue]")
{
    constexpr std::string_view written = "** piece-0.bin written **\n";
    constexpr std::string_view verified = "** piece-0.bin verified **\n";
    CHECK(judgeRun(programStages(), 0, joined({head, probe, reached, written, verified})));
    CHECK(codeOf(0, {head, probe, reached, written}) == ErrorCode::FlashVerify);
    CHECK(codeOf(0, {head, probe, reached, verified}) == ErrorCode::FlashProgram);
    CHECK(codeOf(0, {head}) == ErrorCode::SwdConnection);
    CHECK(codeOf(0, {}) == ErrorCode::SwdConnection);
    CHECK(codeOf(1, {head, probe, reached, written, verified}) == ErrorCode::SwdConnection);
    CHECK(codeOf(139, {head, probe, reached, written, verified}) == ErrorCode::SwdConnection);
    CHECK(codeOf(0, {head, reached, written, "Error: ** piece-0.bin verified **\n"}) ==
          ErrorCode::FlashVerify);
}

TEST_CASE("what is wrong with the probe is told from what is wrong with the chip", "[rescue]")
{
    CHECK(codeOf(1, {head, "Error: open failed\n\n"}) == ErrorCode::NoProbe);
    CHECK(codeOf(1, {head, "Error: libusb_open() failed with LIBUSB_ERROR_ACCESS\n",
                     "Error: open failed\n"}) == ErrorCode::PermissionDenied);
    CHECK(codeOf(1, {head, "Error: libusb_claim_interface failed with LIBUSB_ERROR_BUSY\n",
                     "Error: open failed\n"}) == ErrorCode::DeviceBusy);
    CHECK(codeOf(1, {head, probe, "Error: init mode failed (unable to connect to the target)\n"}) ==
          ErrorCode::SwdConnection);
}

TEST_CASE("the last complaint becomes the detail", "[rescue]")
{
    const Result<> judged =
        judgeRun(programStages(), 1,
                 joined({head, probe, reached, "Error: wait_flash_op_queue, WRPERR detected\n",
                         "Error: erase time-out or operation error sector 0\n", "\n"}));
    CHECK(judged.error().code == ErrorCode::FlashProgram);
    CHECK(judged.error().detail ==
          "OpenOCD ended with 1: Error: erase time-out or operation error sector 0");
}

TEST_CASE("a chip's facts are read from what OpenOCD prints", "[rescue]")
{
    const Result<ChipFacts> chip = parseChipFacts(joined({head, probe, reached, facts}));
    REQUIRE(chip);
    CHECK(chip->probe == "STLINK V3J10M3 (API v3) VID:PID 0483:374E");
    CHECK(chip->targetVolts == "3.30");
    CHECK(chip->idCode == 0x2003'6450);
    CHECK(chip->flashKiB == 2048);
    CHECK(chip->uniqueId == std::array<std::uint8_t, 12>{0x21, 0x00, 0x34, 0x00, 0x0D, 0x51, 0x33,
                                                         0x31, 0x33, 0x37, 0x32, 0x38});
    CHECK(chip->options.at(0x5200'201C) == 0x1786'AAFC);
    CHECK(chip->options.at(0x5200'2138) == 0xFF);
    CHECK(compareOptions(chip->options)->empty());
}

TEST_CASE("facts with any line missing or broken are no facts", "[rescue]")
{
    const std::string whole = joined({head, probe, reached, facts});
    for (const std::string_view line :
         {"0x5c001000: 20036450 ", " 38323733 ", "0x1ff1e880: 00000800 ",
          "Option Register: <0x5200201c> = 0x1786aafc", "Option Register: <0x52002138> = 0xff"}) {
        std::string text = whole;
        text.erase(text.find(line), line.size());
        CAPTURE(line);
        CHECK(parseChipFacts(text).error().code == ErrorCode::ReplyMalformed);
    }
    for (const std::string_view value : {"zz", "0x1786aafc00", "-1", "0xfe garbage", ""}) {
        std::string text = whole;
        constexpr std::string_view good = "0x1786aafc";
        text.replace(text.find(good), good.size(), value);
        CAPTURE(value);
        CHECK(parseChipFacts(text).error().code == ErrorCode::ReplyMalformed);
    }
}
