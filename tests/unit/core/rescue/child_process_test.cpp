#include "core/rescue/child_process.h"

#include "core/rescue/private_folder.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <thread>
#include <unistd.h>

using namespace updater;

namespace {

struct Bench {
    PrivateFolder folder = PrivateFolder::create().value();
    std::stop_source stop;

    Result<ChildResult> shell(const std::string& script, std::uint64_t timeoutMs = 10'000)
    {
        return runChild({"/bin/sh", {"-c", script}, folder.path(), timeoutMs}, stop.get_token());
    }
};

/// Zombies count as ended: who reaps them is the system's affair.
bool hasEnded(pid_t id)
{
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string number;
    std::string name;
    std::string state = "Z";
    file >> number >> name >> state;
    return state == "Z";
}

/// Waits for as long as a killed process may take.
bool staysAlive(pid_t id)
{
    for (int i = 0; i < 200; ++i) {
        if (hasEnded(id)) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

} // namespace

TEST_CASE("a program's output, exit code and signal come back", "[rescue]")
{
    Bench bench;
    const Result<ChildResult> both = bench.shell("echo out; echo err >&2; exit 3");
    REQUIRE(both);
    CHECK(both->exitCode == 3);
    CHECK(both->output == "out\nerr\n");
    CHECK(bench.shell("kill -SEGV $$")->exitCode == 128 + SIGSEGV);
}

TEST_CASE("arguments arrive as they are", "[rescue]")
{
    Bench bench;
    const std::string wild = "a \"b\" $HOME; `id` \\ *\n{c}";
    const auto result =
        runChild({"/usr/bin/printf", {"%s|", wild, ""}, bench.folder.path(), 10'000}, {});
    CHECK(result->output == wild + "||");
}

TEST_CASE("a program sees none of our descriptors, folder, input or variables", "[rescue]")
{
    Bench bench;
    const int ours = open("/dev/null", O_RDONLY); // not close-on-exec
    REQUIRE(dup2(ours, 77) == 77);
    setenv("OPENOCD_SCRIPTS", "/tmp", 1);
    const auto result = bench.shell("ls /proc/self/fd | tr '\\n' ' '; pwd; cat; env | sort");
    close(77);
    close(ours);
    REQUIRE(result);
    CHECK(result->output.find("77") == std::string::npos);
    CHECK(result->output.find(bench.folder.path().string() + "\n") != std::string::npos);
    CHECK(result->output.find("OPENOCD_SCRIPTS") == std::string::npos);
    CHECK(result->output.find("HOME") == std::string::npos);
}

TEST_CASE("a program that hangs ends with everything that it has started", "[rescue]")
{
    Bench bench;
    const auto began = std::chrono::steady_clock::now();
    const auto result = bench.shell(
        "trap '' TERM; sleep 60 & echo $! > child; echo $$ > parent; wait; sleep 60", 300);
    CHECK(result.error().code == ErrorCode::OverallTimeout);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
    for (const char* name : {"child", "parent"}) {
        pid_t id = 0;
        std::ifstream(bench.folder.path() / name) >> id;
        REQUIRE(id > 0);
        CHECK_FALSE(staysAlive(id));
    }
}

TEST_CASE("what a program leaves behind in its group ends with it", "[rescue]")
{
    Bench bench;
    const auto result = bench.shell("sleep 60 & echo $!; exit 0");
    REQUIRE(result);
    CHECK(result->exitCode == 0);
    CHECK_FALSE(staysAlive(std::stoi(result->output)));
}

TEST_CASE("a stop request ends the program", "[rescue]")
{
    Bench bench;
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        bench.stop.request_stop();
    });
    CHECK(bench.shell("sleep 60").error().code == ErrorCode::Cancelled);
}

TEST_CASE("output beyond the bound is read and dropped", "[rescue]")
{
    Bench bench;
    const auto result = bench.shell("head -c 3000000 /dev/zero | tr '\\0' x; echo end");
    REQUIRE(result);
    CHECK(result->exitCode == 0);
    CHECK(result->output == std::string(1024 * 1024, 'x'));
}

TEST_CASE("only absolute paths of programs are run", "[rescue]")
{
    Bench bench;
    for (const char* program : {"sh", "./sh", "/nowhere/sh", "/etc/passwd"}) {
        const auto result = runChild({program, {}, bench.folder.path(), 1000}, {});
        CHECK(result.error().code == ErrorCode::ProgrammerMissing);
    }
}

TEST_CASE("a private folder is for us alone and gone afterwards", "[rescue]")
{
    std::filesystem::path path;
    {
        const PrivateFolder folder = PrivateFolder::create().value();
        path = folder.path();
        std::ofstream(path / "file") << "x";
        CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms::owner_all);
    }
    CHECK_FALSE(std::filesystem::exists(path));
}
