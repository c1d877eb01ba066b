#include "tally.h"

#include <algorithm>
#include <cstdio>
#include <istream>
#include <ostream>

namespace power_loss {

using Kind = Finding::Kind;

namespace {

constexpr std::array<std::string_view, Tally::kinds> kindNames{
    "lost", "mixed", "loop", "wrong outcome", "floor", "update", "rule violated"};

std::array<std::uint64_t Tally::*, 5> counters()
{
    return {&Tally::operations, &Tally::cuts, &Tally::ranTarget, &Tally::ranOther,
            &Tally::updateMode};
}

} // namespace

std::string_view nameOf(Kind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

void Tally::note(const std::optional<Finding>& finding, const Aftermath& found, Release target,
                 const std::string& options)
{
    ++cuts;
    if (finding) {
        ++findings[static_cast<std::size_t>(finding->kind)];
        return fail(std::string(nameOf(finding->kind)) + ": " + finding->text +
                    "\n    power-loss " + options);
    }
    if (found.end == Aftermath::End::UpdateMode) {
        ++updateMode;
    } else {
        ++(found.executed[0] == target ? ranTarget : ranOther);
    }
}

void Tally::fail(const std::string& text)
{
    if (failures.size() < mostFailures) failures.push_back(text);
}

void Tally::add(const Tally& other)
{
    operations = std::max(operations, other.operations);
    for (const auto counter : counters()) {
        if (counter != &Tally::operations) this->*counter += other.*counter;
    }
    for (std::size_t i = 0; i < kinds; ++i)
        findings[i] += other.findings[i];
    for (const std::string& failure : other.failures)
        fail(failure);
}

void write(std::ostream& out, const Tally& tally)
{
    for (const auto counter : counters())
        out << tally.*counter << ' ';
    for (const std::uint64_t count : tally.findings)
        out << count << ' ';
    out << tally.failures.size() << '\n';
    for (const std::string& failure : tally.failures)
        out << failure.size() << '\n' << failure;
}

Tally readTally(std::istream& in)
{
    Tally tally;
    for (const auto counter : counters())
        in >> tally.*counter;
    for (std::uint64_t& count : tally.findings)
        in >> count;
    std::size_t failures = 0;
    in >> failures;
    for (std::size_t i = 0; in && i < std::min(failures, Tally::mostFailures); ++i) {
        std::size_t bytes = 0;
        in >> bytes;
        in.ignore();
        std::string text(std::min<std::size_t>(bytes, 10'000), '\0');
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        tally.failures.push_back(text);
    }
    if (!in) tally.fail("a worker process has not reported");
    return tally;
}

void printHeader()
{
    std::printf("%-62s %6s %8s  %8s %8s %8s  %4s %5s %5s %5s\n", "flow", "ops", "cuts", "target",
                "other", "update", "lost", "mixed", "loops", "else");
    std::printf("%-62s %6s %8s  %8s %8s %8s\n", "", "", "", "set runs", "set runs", "mode");
}

void printRow(const std::string& name, const Tally& tally)
{
    const auto count = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    const std::uint64_t rest = tally.of(Kind::Wrong) + tally.of(Kind::Floor) +
                               tally.of(Kind::Update) + tally.of(Kind::Violation);
    std::printf("%-62s %6llu %8llu  %8llu %8llu %8llu  %4llu %5llu %5llu %5llu%s\n", name.c_str(),
                count(tally.operations), count(tally.cuts), count(tally.ranTarget),
                count(tally.ranOther), count(tally.updateMode), count(tally.of(Kind::Lost)),
                count(tally.of(Kind::Mixed)), count(tally.of(Kind::Loop)), count(rest),
                tally.isGood() ? "" : "  FAILED");
    for (const std::string& failure : tally.failures)
        std::printf("  %s\n", failure.c_str());
    std::fflush(stdout);
}

} // namespace power_loss
