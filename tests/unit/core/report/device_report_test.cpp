// Reports about virtual devices.
#include "core/report/device_report.h"

#include "contract/journal_word.h"
#include "core/bundle/text_forms.h"
#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"
#include "core/report/journal_json.h"
#include "core/update/followed_device.h"
#include "support/update_bench.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace test_support;
using namespace updater;

namespace {

const std::string& partOf(const DeviceReport& report, std::string_view name)
{
    const auto part = std::ranges::find(report.parts, name, &ReportPart::name);
    if (part == report.parts.end()) throw std::out_of_range(std::string(name));
    return part->text;
}

bool hasPart(const DeviceReport& report, std::string_view name)
{
    return std::ranges::count(report.parts, name, &ReportPart::name) != 0;
}

std::vector<nlohmann::json> linesOf(const std::string& text)
{
    std::vector<nlohmann::json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(nlohmann::json::parse(line));
    return lines;
}

/// The only device, in its bootloader.
void enterBootloader(UpdateBench& bench)
{
    auto device = FollowedDevice::choose(bench.transport, {});
    REQUIRE(device);
    REQUIRE(device->observe());
    REQUIRE(DfuClient(*device->connection(), bench.transport.clock()).detach());
    device->waitForRestart({});
    REQUIRE(device->waitUntilPresent(10'000, {}).value_or(false));
}

} // namespace

TEST_CASE("a page of the journal comes as it is in flash", "[report][vendor]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    enterBootloader(bench);
    const auto devices = bench.transport.devices();
    const auto connection = bench.transport.open(devices->front());
    REQUIRE(connection);
    VendorClient client(**connection);
    const auto page = client.journalPage(0);
    REQUIRE(page);
    const auto word =
        contract::decodeJournalWord(contract::ByteView(*page).first<contract::flashWordBytes>());
    REQUIRE(word);
    CHECK(word->type == contract::JournalType::State);
    const std::uint32_t pages = smallMap.journal.bytes / contract::vendor::journalPageBytes;
    CHECK(client.journalPage(static_cast<std::uint16_t>(pages - 1)));
    CHECK(client.journalPage(static_cast<std::uint16_t>(pages)).error().code ==
          ErrorCode::NotAllowed);
}

TEST_CASE("the report of an application holds its status", "[report]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const DeviceReport report = deviceReport(bench.transport, {});
    CHECK_FALSE(report.problem);
    CHECK(report.ownSerial == "015507000000000000000000");
    const auto status = nlohmann::json::parse(partOf(report, "status.json"));
    CHECK(status["mode"] == "application");
    CHECK(status["version"] == "1.0.0");
    CHECK(status["raw"].get<std::string>().size() == 2 * contract::RuntimeStatus::encodedBytes);
    CHECK_FALSE(hasPart(report, "journal.json"));
    CHECK(partOf(report, "usb-tree.txt").find(report.ownSerial) != std::string::npos);
}

TEST_CASE("the report of a bootloader holds its journal", "[report]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.install(secondRelease());
    enterBootloader(bench);
    const DeviceReport report = deviceReport(bench.transport, {});
    CHECK_FALSE(report.problem);
    const auto status = nlohmann::json::parse(partOf(report, "status.json"));
    CHECK(status["mode"] == "bootloader");
    const auto lines = linesOf(partOf(report, "journal.json"));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.size() == status["journalWordsUsed"]);
    for (const auto& line : lines) {
        CHECK(line["type"] == "journal");
        CHECK(line["raw"].get<std::string>().size() == 2 * contract::flashWordBytes);
        CHECK(line["kind"] != "void");
    }
    CHECK(lines.back()["slotB"] == "confirmed");
}

TEST_CASE("a report tells no other device's serial number", "[report]")
{
    UpdateBench bench;
    const auto other = makeDevice(bench.clock, 2);
    bench.transport.add(*other, "1-2");
    const auto selector = DeviceSelector::parse("1-1");
    const DeviceReport report = deviceReport(bench.transport, *selector);
    CHECK_FALSE(report.problem);
    REQUIRE(report.otherSerials == std::vector<std::string>{"025507000000000000000000"});
    const Bytes archive =
        reportArchive(report.parts, {{}, {}, report.ownSerial, report.otherSerials});
    const std::string text(archive.begin(), archive.end());
    CHECK(text.find("025507") == std::string::npos);
    CHECK(text.find("<other device 1>") != std::string::npos);
    CHECK(text.find(report.ownSerial) != std::string::npos);
}

TEST_CASE("without a device there is a report that says so", "[report]")
{
    UpdateBench bench;
    bench.device->unplug();
    const DeviceReport report = deviceReport(bench.transport, {});
    REQUIRE(report.problem);
    CHECK(report.problem->code == ErrorCode::NoDevice);
    CHECK(report.ownSerial.empty());
    const auto status = nlohmann::json::parse(partOf(report, "status.json"));
    CHECK(status["type"] == "problem");
    CHECK(status["code"] == "HX-0301");
    CHECK(hasPart(report, "usb-tree.txt"));
}

TEST_CASE("each kind of journal word says what it holds", "[report]")
{
    using contract::JournalType;
    using contract::JournalWord;
    const auto [type, kind] =
        GENERATE(table<JournalType, std::string>({{JournalType::State, "state"},
                                                  {JournalType::DownloadBegin, "download-begin"},
                                                  {JournalType::SectorDone, "sector-done"},
                                                  {JournalType::Trial, "trial"},
                                                  {JournalType::Confirm, "confirm"}}));
    const auto bytes = contract::encode(JournalWord{.type = type, .set = 1, .sequence = 7});
    const auto line = nlohmann::json::parse(journalJson(bytes));
    CHECK(line["kind"] == kind);
    CHECK(line["word"] == 0);
    CHECK(line["sequence"] == 7);
    CHECK(line["raw"] == hexText(bytes));
}

TEST_CASE("blank words are left out and torn ones are void", "[report]")
{
    contract::ByteArray<4 * contract::flashWordBytes> sector{};
    std::ranges::fill(std::span(sector).first(2 * contract::flashWordBytes), std::uint8_t{0xFF});
    sector.back() = 1;
    const auto lines = linesOf(journalJson(sector));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["word"] == 2);
    CHECK(lines[0]["kind"] == "void");
    CHECK(lines[1]["word"] == 3);
}
