#include "core/update/progress_meter.h"

#include "support/scripted_connection.h"

#include <catch2/catch.hpp>

using namespace updater;

namespace {

struct Transcript final : Progress {
    void report(const ProgressReport& report) override { reports.push_back(report); }
    void notice(Notice) override {}
    std::vector<ProgressReport> reports;
};

struct Fixture {
    Transcript transcript;
    test_support::InstantClock clock;
    ProgressMeter meter{transcript, clock, 200};

    const ProgressReport& last() const { return transcript.reports.back(); }
};

void sendFrom(Fixture& f, std::uint32_t from, std::uint32_t to, std::uint32_t blockMs)
{
    f.meter.startSending(from);
    for (std::uint32_t done = from + 1; done <= to; ++done) {
        f.clock.sleepMs(blockMs);
        f.meter.sent(4096, done);
    }
}

} // namespace

TEST_CASE("a copy on the device is part of the job and of the estimate", "[progress]")
{
    Fixture f;
    f.meter.expectCopy();
    sendFrom(f, 0, 200, 26);
    f.meter.enter(Activity::Copying);
    const std::uint16_t atCopy = f.last().permille;
    CHECK(atCopy < 500);
    CHECK(*f.last().remainingMs > 10'000);
    f.clock.sleepMs(5'000);
    f.meter.tick();
    CHECK(f.last().permille > atCopy + 200);
    CHECK(*f.last().remainingMs < 10'000);
    f.clock.sleepMs(40'000);
    f.meter.tick();
    CHECK(f.last().permille < 900);
    const std::size_t reports = f.transcript.reports.size();
    f.meter.enter(Activity::WaitingForConfirmation);
    f.meter.tick();
    CHECK(f.transcript.reports.size() == reports + 1);
    CHECK(f.last().permille > 800);
    CHECK(*f.last().remainingMs < 5'000);
    f.meter.enter(Activity::Done);
    CHECK(f.last().permille == 1000);
}

TEST_CASE("the bar covers the whole job and ends at 1000 only when done", "[progress]")
{
    Fixture f;
    f.meter.enter(Activity::EnteringUpdateMode);
    CHECK(f.last().permille == 0);
    sendFrom(f, 0, 200, 26);
    f.meter.enter(Activity::Restarting);
    f.meter.enter(Activity::WaitingForConfirmation);
    for (const ProgressReport& report : f.transcript.reports)
        CHECK(report.permille < 1000);
    CHECK(f.last().permille > 700);
    f.meter.enter(Activity::Done);
    CHECK(f.last().permille == 1000);
    CHECK(f.last().remainingMs == 0U);
}

TEST_CASE("the bar never goes back, not even when a resume finds less than was sent", "[progress]")
{
    Fixture f;
    sendFrom(f, 0, 150, 26);
    f.meter.enter(Activity::WaitingForDevice);
    f.meter.enter(Activity::EnteringUpdateMode);
    sendFrom(f, 100, 200, 26);
    f.meter.enter(Activity::Restarting);
    std::uint16_t before = 0;
    for (const ProgressReport& report : f.transcript.reports) {
        CHECK(report.permille >= before);
        before = report.permille;
    }
}

TEST_CASE("what is sent is counted over all connections", "[progress]")
{
    Fixture f;
    sendFrom(f, 0, 150, 26);
    sendFrom(f, 128, 200, 26);
    CHECK(f.last().blocksSent == 222);
    CHECK(f.last().bytesSent == 222 * 4096);
    CHECK(f.last().blocksDone == 200);
}

TEST_CASE("the remaining time follows the measured rate", "[progress]")
{
    Fixture f;
    sendFrom(f, 0, 100, 100);
    REQUIRE(f.last().remainingMs);
    CHECK(*f.last().remainingMs >= 10'000);
    CHECK(*f.last().remainingMs <= 14'000);
}

TEST_CASE("no remaining time is promised while the device is away", "[progress]")
{
    Fixture f;
    f.meter.enter(Activity::WaitingForDevice);
    CHECK_FALSE(f.last().remainingMs);
}
