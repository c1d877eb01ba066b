// Reports read back, and whatever else comes with that name.
#include "core/report/report_reader.h"

#include "core/report/device_report.h"
#include "core/update/followed_device.h"
#include "support/update_bench.h"

#include <catch2/catch.hpp>

using namespace test_support;
using namespace updater;

namespace {

struct Reported {
    Bytes archive;
    contract::DeviceStatus status;
};

/// Of a board in update mode, with a release in slot A.
Reported report()
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.device->mutableFacts().isButtonHeld = true;
    bench.device->reset(contract::ResetCause::Pin);
    bench.runMs(1000);
    auto device = FollowedDevice::choose(bench.transport, {});
    REQUIRE(device);
    const auto observed = device->observe();
    REQUIRE(observed);
    const auto* status = std::get_if<contract::DeviceStatus>(&*observed);
    REQUIRE(status != nullptr);
    return {supportArchive(deviceReport(bench.transport, {}), "test", "1", "log\n"), *status};
}

/// The same entries with one text changed.
Bytes with(const Bytes& archive, const std::string& name, const std::string& text)
{
    auto entries = readZip(archive);
    REQUIRE(entries);
    for (ZipEntry& entry : *entries) {
        if (entry.name == name)
            entry.bytes = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    }
    return writeZip(*entries);
}

std::string textOf(const Bytes& archive, const std::string& name)
{
    const auto entries = readZip(archive);
    REQUIRE(entries);
    const auto entry = std::ranges::find(*entries, name, &ZipEntry::name);
    REQUIRE(entry != entries->end());
    return {entry->bytes.begin(), entry->bytes.end()};
}

/// Good, or refused by its own code: nothing else may come out, whatever goes in.
bool isReadOrRefused(const Bytes& archive)
{
    const auto read = readReport(archive);
    return read || read.error().code == ErrorCode::ReportNotUsable;
}

} // namespace

TEST_CASE("a report reads back as the device said it", "[report][replay]")
{
    const Reported original = report();
    const auto read = readReport(original.archive);
    REQUIRE(read);
    CHECK(read->status == original.status);
    CHECK(read->journal.size() == original.status.journalWordsUsed * contract::flashWordBytes);
}

TEST_CASE("a report that is cut off anywhere is refused", "[report][replay]")
{
    const Bytes archive = report().archive;
    for (std::size_t bytes = 0; bytes < archive.size(); ++bytes) {
        const auto read = readReport(contract::ByteView(archive).first(bytes));
        REQUIRE_FALSE(read);
        REQUIRE(read.error().code == ErrorCode::ReportNotUsable);
    }
}

TEST_CASE("a flipped bit all over a report's JSON is read or refused", "[report][replay]")
{
    const Bytes archive = report().archive;
    for (const char* name : {"status.json", "journal.json"}) {
        const std::string text = textOf(archive, name);
        for (std::size_t at = 0; at < text.size(); at += 3) {
            for (const unsigned bit : {0U, 2U, 7U}) {
                std::string changed = text;
                changed[at] = static_cast<char>(changed[at] ^ 1U << bit);
                CAPTURE(name, at, bit);
                REQUIRE(isReadOrRefused(with(archive, name, changed)));
            }
        }
    }
}

TEST_CASE("what lies about numbers in a report is refused", "[report][replay]")
{
    const Bytes archive = report().archive;
    const std::string journal = textOf(archive, "journal.json");
    const std::string first = journal.substr(0, journal.find('\n') + 1);
    for (const std::string word : {"4096", "18446744073709551616", "1e3", "-1", "null", "\"0\""}) {
        std::string changed = first;
        changed.replace(changed.find(":0,"), 3, ':' + word + ',');
        CAPTURE(changed);
        const auto read = readReport(with(archive, "journal.json", changed));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::ReportNotUsable);
    }
}
