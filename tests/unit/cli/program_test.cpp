// h755ctl as a function, against virtual devices in this process.
#include "cli/program.h"

#include "support/update_bench.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace test_support;

namespace {

/// Hands a bus that lives on to a command that wants to own one.
class BorrowedTransport final : public updater::UsbTransport {
public:
    explicit BorrowedTransport(updater::UsbTransport& bus) : m_bus(bus) {}

    updater::Result<std::vector<updater::UsbDevice>> devices() override { return m_bus.devices(); }
    updater::Result<std::unique_ptr<updater::UsbConnection>>
    open(const updater::UsbDevice& device) override
    {
        return m_bus.open(device);
    }
    void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) override
    {
        m_bus.waitForChange(timeoutMs, std::move(stop));
    }
    updater::Clock& clock() override { return m_bus.clock(); }

private:
    updater::UsbTransport& m_bus;
};

struct Console {
    UpdateBench bench;
    std::ostringstream results;
    std::ostringstream notes;

    int run(std::vector<std::string> arguments)
    {
        results.str({});
        notes.str({});
        cli::Output output(results, notes, {});
        const auto open = [this]() -> updater::Result<std::unique_ptr<updater::UsbTransport>> {
            return std::make_unique<BorrowedTransport>(bench.transport);
        };
        return cli::runProgram(std::move(arguments), output, open, bench.stop.get_token());
    }
    nlohmann::json json() const { return nlohmann::json::parse(results.str()); }
};

} // namespace

TEST_CASE("list shows each device on a line", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    const auto other = makeDevice(console.bench.clock, 2);
    console.bench.transport.add(*other, "1-2");
    CHECK(console.run({"list"}) == 0);
    CHECK(console.results.str() == "015507000000000000000000  1-1  application 1.0.0\n"
                                   "025507000000000000000000  1-2  bootloader 0.1.0\n");
}

TEST_CASE("list --watch ends at its time-out", "[cli]")
{
    Console console;
    const std::uint64_t startMs = console.bench.transport.clock().nowMs();
    CHECK(console.run({"list", "--watch", "--timeout", "3"}) == 0);
    CHECK(console.results.str().starts_with("+ 015507000000000000000000"));
    CHECK(console.bench.transport.clock().nowMs() - startMs < 4000);
}

TEST_CASE("info tells application and bootloader apart", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    CHECK(console.run({"info", "--json"}) == 0);
    CHECK(console.json()["mode"] == "application");
    CHECK(console.json()["state"] == "confirmed");
    CHECK(console.run({"reboot", "--update-mode", "--json"}) == 0);
    CHECK(console.json()["mode"] == "bootloader");
    CHECK(console.run({"info", "--json"}) == 0);
    CHECK(console.json()["updateReason"] == "requested");
    CHECK(console.json()["slots"].size() == 2);
    CHECK(console.run({"reboot", "--json"}) == 0);
    CHECK(console.json()["mode"] == "application");
}

TEST_CASE("info shows a staged set as a backup copy and not as one that could run", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    ReleaseSpec spec = secondRelease();
    spec.isSingleLink = true;
    console.bench.install(spec);
    CHECK(console.run({"reboot", "--update-mode", "--json"}) == 0);
    CHECK(console.run({"info"}) == 0);
    const std::string text = console.results.str();
    CHECK(text.find("slot A: confirmed, release 1.1.0, ") != std::string::npos);
    CHECK(text.find("slot B: backup copy, release 1.1.0, ") != std::string::npos);
    CHECK(text.find("cannot go back by itself") != std::string::npos);
    CHECK(console.run({"info", "--json"}) == 0);
    CHECK(console.json()["canGoBack"] == false);
    CHECK(console.json()["slots"][0]["runnable"] == true);
    CHECK(console.json()["slots"][1]["runnable"] == false);
}

TEST_CASE("info of a device with two releases says that it can go back", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    console.bench.install(secondRelease());
    CHECK(console.run({"reboot", "--update-mode", "--json"}) == 0);
    CHECK(console.run({"info"}) == 0);
    CHECK(console.results.str().find("cannot go back") == std::string::npos);
    CHECK(console.run({"info", "--json"}) == 0);
    CHECK(console.json()["canGoBack"] == true);
}

TEST_CASE("a reboot out of the application comes back to it", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    CHECK(console.run({"reboot"}) == 0);
    CHECK(console.results.str() == "restarted: 015507000000000000000000 is in its application\n");
}

TEST_CASE("several devices and none named is a refusal with exit code 3", "[cli]")
{
    Console console;
    const auto other = makeDevice(console.bench.clock, 2);
    console.bench.transport.add(*other, "1-2");
    CHECK(console.run({"info"}) == 3);
    CHECK(console.notes.str().find("error HX-0302: ") == 0);
    CHECK(console.run({"info", "--device", "1-2"}) == 0);
    CHECK(console.run({"--device", "015507000000000000000000", "info"}) == 0);
    CHECK(console.run({"info", "--device", "1-3"}) == 3);
}

TEST_CASE("what it does not understand ends with exit code 2", "[cli]")
{
    Console console;
    const auto arguments =
        GENERATE(values<std::vector<std::string>>({{},
                                                   {"fly"},
                                                   {"update"},
                                                   {"list", "extra"},
                                                   {"list", "--timeout", "0"},
                                                   {"list", "--timeout", "x"},
                                                   {"info", "--device", "no device"}}));
    CHECK(console.run(arguments) == 2);
    CHECK(console.notes.str().find("error HX-0201: ") == 0);
    CHECK(console.results.str().empty());
}

TEST_CASE("with --json an error is an object on stdout too", "[cli]")
{
    Console console;
    console.bench.device->unplug();
    CHECK(console.run({"info", "--json"}) == 3);
    CHECK(console.json()["code"] == "HX-0301");
    CHECK(console.json()["exitCode"] == 3);
}

TEST_CASE("verify needs no device and refuses what is no release", "[cli]")
{
    Console console;
    CHECK(console.run({"verify", "/nowhere/at all.h755"}) == 2);
    CHECK(console.run({"verify", "/proc/self/exe"}) == 5);
}

TEST_CASE("report writes a file, and ends with the reason if no device can be read", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / "h755ctl report test";
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "report.zip").string();
    CHECK(console.run({"report", "--output", file, "--json"}) == 0);
    CHECK(console.json()["type"] == "report");
    CHECK(console.json()["id"] == "015507000000000000000000");
    CHECK(std::filesystem::remove(file));
    console.bench.device->unplug();
    CHECK(console.run({"report", "--output", file}) == 3);
    CHECK(console.results.str() == "report: " + file + '\n');
    CHECK(std::filesystem::remove_all(folder) == 2);
    CHECK(console.run({"report", "--output", file}) == 2);
    CHECK(console.run({"report"}) == 2);
}

TEST_CASE("recover says what is wrong and what can be done, and does it", "[cli]")
{
    Console console;
    console.bench.install(firstRelease());
    console.bench.install(secondRelease());
    CHECK(console.run({"recover", "--json"}) == 0);
    CHECK(console.json()["verdict"] == "runs");
    CHECK(console.json()["repairs"] == "");
    CHECK(console.run({"reboot", "--update-mode"}) == 0);
    CHECK(console.run({"recover", "--json"}) == 0);
    CHECK(console.json()["verdict"] == "waits-on-request");
    CHECK(console.json()["slotA"] == "good");
    CHECK(console.json()["repairs"] == "start finish start-other write-other write-both");
    CHECK(console.run({"recover"}) == 0);
    CHECK(console.results.str().find("--repair write-both FILE: ") != std::string::npos);

    CHECK(console.run({"select-set"}) == 0);
    CHECK(console.results.str() == "updated: 1.1.0 -> 1.0.0 (confirmed by the device)\n");
    CHECK(console.run({"recover", "--repair", "everything"}) == 2);
    CHECK(console.run({"recover", "--repair", "write-both"}) == 2); // a release is missing
}
