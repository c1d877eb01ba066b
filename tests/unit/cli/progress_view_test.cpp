#include "cli/progress_view.h"

#include "support/scripted_connection.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using updater::Activity;
using updater::ProgressReport;

namespace {

ProgressReport sending(std::uint16_t permille)
{
    ProgressReport report;
    report.activity = Activity::Sending;
    report.permille = permille;
    report.remainingMs = 12'300;
    report.blocksDone = 50;
    report.totalBlocks = 200;
    return report;
}

struct Fixture {
    explicit Fixture(cli::Output::Style style) : output(results, notes, style) {}

    std::ostringstream results;
    std::ostringstream notes;
    cli::Output output;
    test_support::InstantClock clock;
    cli::ProgressView view{output, clock, 600'000};

    std::ptrdiff_t lines() const
    {
        const std::string text = notes.str();
        return std::count(text.begin(), text.end(), '\n');
    }
};

} // namespace

TEST_CASE("a bar line shows the whole job, the step in words and the remaining time", "[cli]")
{
    CHECK(cli::barLine(sending(456)) ==
          "[#########...........]  45 %  sending (may be unplugged), about 13 s left");
    ProgressReport done = sending(1000);
    done.activity = Activity::Done;
    CHECK(cli::barLine(done) == "[####################] 100 %  done");
}

TEST_CASE("no bar line is wider than a terminal of 80 columns", "[cli]")
{
    for (const Activity activity :
         {Activity::ReadingDevice, Activity::EnteringUpdateMode, Activity::Sending,
          Activity::Restarting, Activity::Copying, Activity::WaitingForConfirmation,
          Activity::WaitingForDevice, Activity::Done}) {
        ProgressReport report = sending(999);
        report.activity = activity;
        const bool isAway = activity == Activity::WaitingForDevice; // no estimate then
        report.remainingMs = isAway ? std::nullopt : std::optional<std::uint64_t>(99'999'000);
        CHECK(cli::barLine(report).size() < 80);
    }
}

TEST_CASE("a notice is a sentence for people and an object for programs", "[cli]")
{
    Fixture text({.json = false, .isTerminal = false});
    text.view.notice(updater::Notice::CannotGoBack);
    CHECK(text.notes.str().find("cannot go back by itself.\n") != std::string::npos);
    CHECK(text.results.str().empty());
    Fixture json({.json = true, .isTerminal = false});
    json.view.notice(updater::Notice::CannotGoBack);
    CHECK(json.results.str().starts_with(
        "{\"type\":\"notice\",\"notice\":\"cannot-go-back\",\"text\":\"This release is "));
    CHECK(json.notes.str().empty());
}

TEST_CASE("a copy is explained once, when it begins", "[cli]")
{
    Fixture f({.json = false, .isTerminal = false});
    ProgressReport report = sending(500);
    report.activity = Activity::Copying;
    f.view.report(report);
    f.view.report(report);
    const std::string shown = f.notes.str();
    const std::string sentence = "The device copies the new firmware into place.";
    CHECK(shown.find(sentence) != std::string::npos);
    CHECK(shown.find(sentence) == shown.rfind(sentence));
}

TEST_CASE("without a terminal a line comes every tenth, every two seconds and at each new step",
          "[cli]")
{
    Fixture f({.json = false, .isTerminal = false});
    f.view.report(sending(100));
    CHECK(f.lines() == 1);
    f.view.report(sending(199));
    CHECK(f.lines() == 1);
    f.view.report(sending(200));
    CHECK(f.lines() == 2);
    f.clock.sleepMs(1999);
    f.view.report(sending(201));
    CHECK(f.lines() == 2);
    f.clock.sleepMs(1);
    f.view.report(sending(201));
    CHECK(f.lines() == 3);
    ProgressReport restarting = sending(201);
    restarting.activity = Activity::Restarting;
    f.view.report(restarting);
    CHECK(f.lines() == 4);
    CHECK(f.results.str().empty());
}

TEST_CASE("a device that went is announced once, with how long it will be waited for", "[cli]")
{
    Fixture f({.json = false, .isTerminal = false});
    ProgressReport away = sending(300);
    away.activity = Activity::WaitingForDevice;
    away.remainingMs = std::nullopt;
    f.view.report(away);
    f.clock.sleepMs(5000);
    f.view.report(away);
    const std::string text = f.notes.str();
    const std::size_t first = text.find("up to 600 s");
    CHECK(first != std::string::npos);
    CHECK(text.find("up to 600 s", first + 1) == std::string::npos);
}

TEST_CASE("on a terminal each line replaces the one before, to its last character", "[cli]")
{
    Fixture f({.json = false, .isTerminal = true});
    f.output.redraw("a long line");
    f.output.redraw("short");
    CHECK(f.notes.str() == "\ra long line\rshort      ");
    f.output.note("next");
    CHECK(f.notes.str() == "\ra long line\rshort      \nnext\n");
}

TEST_CASE("with --json nothing but JSON lines is written", "[cli]")
{
    Fixture f({.json = true, .isTerminal = true});
    f.view.report(sending(100));
    CHECK(f.notes.str().empty());
    CHECK(f.results.str() ==
          R"({"type":"progress","activity":"sending","permille":100,"remainingMs":12300,)"
          R"("blocksSent":0,"bytesSent":0,"blocksDone":50,"totalBlocks":200})"
          "\n");
}

TEST_CASE("an error is told with its code, cause, detail and remedy", "[cli]")
{
    Fixture f({.json = false, .isTerminal = false});
    CHECK(f.output.error({updater::ErrorCode::CounterTooLow, "1 below 2"}) == 6);
    const auto& text = updater::errorText(updater::ErrorCode::CounterTooLow);
    CHECK(f.notes.str() == "error HX-0603: " + std::string(text.cause) + " (1 below 2)\n" +
                               std::string(text.remedy) + "\n");
}
