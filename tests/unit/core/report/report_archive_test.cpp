#include "core/report/report_archive.h"

#include "core/report/log_capture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

using namespace updater;

namespace {

std::string textOf(const ZipEntry& entry)
{
    return {entry.bytes.begin(), entry.bytes.end()};
}

} // namespace

TEST_CASE("a report is a plain ZIP of its parts in their order", "[report]")
{
    const std::vector<ReportPart> parts{{"status.json", "{}"}, {"log.txt", "jo in /home/jo"}};
    const Redaction redaction{"/home/jo", "jo", {}, {}};
    const Bytes archive = reportArchive(parts, redaction);
    const auto entries = readZip(archive);
    REQUIRE(entries);
    REQUIRE(entries->size() == 2);
    CHECK((*entries)[0].name == "status.json");
    CHECK(textOf((*entries)[0]) == "{}");
    CHECK(textOf((*entries)[1]) == "<user> in <home>");
    CHECK(reportArchive(parts, redaction) == archive);
}

TEST_CASE("facts are not redacted", "[report]")
{
    const Bytes archive =
        reportArchive({{"status.json", R"({"type":1})"}}, {"/home/type", "type", {}, {}});
    CHECK(textOf(readZip(archive)->front()) == R"({"type":1})");
}

TEST_CASE("a report without parts is a ZIP too", "[report]")
{
    CHECK(reportArchive({}, {}).size() == 22);
}

TEST_CASE("versions.json names program and system", "[report]")
{
    const ReportPart part = versionsPart("h755ctl", "1.2.3");
    CHECK(part.name == "versions.json");
    const auto json = nlohmann::json::parse(part.text);
    CHECK(json["program"] == "h755ctl");
    CHECK(json["version"] == "1.2.3");
    CHECK(json["system"] != "");
    CHECK(json["kernel"] != "");
}

TEST_CASE("the log keeps every step and shows what it showed before", "[report]")
{
    std::ostringstream shown;
    const auto before = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(shown)));
    spdlog::set_level(spdlog::level::warn);
    {
        const LogCapture capture;
        spdlog::debug("a step");
        spdlog::warn("a warning");
        const std::string text = capture.text();
        CHECK(text.find("debug a step\n") != std::string::npos);
        CHECK(text.find("warning a warning\n") != std::string::npos);
        for (std::size_t i = 0; i < LogCapture::maximumLines + 10; ++i)
            spdlog::debug("line {}", i);
        const std::string full = capture.text();
        CHECK(static_cast<std::size_t>(std::count(full.begin(), full.end(), '\n')) ==
              LogCapture::maximumLines);
        CHECK(full.find("line 9\n") == std::string::npos);
    }
    spdlog::debug("later");
    CHECK(shown.str().find("a step") == std::string::npos);
    CHECK(shown.str().find("a warning") != std::string::npos);
    CHECK(shown.str().find("later") == std::string::npos);
    CHECK(spdlog::get_level() == spdlog::level::warn);
    spdlog::set_default_logger(before);
}
