#include "virtual/command_process.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace virtual_h755 {

namespace {

sigset_t commandSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGCHLD);
    return set;
}

/// Path of the library that this program has loaded under this name, or nothing.
std::string loadedLibrary(std::string_view name)
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const std::size_t path = line.find('/');
        if (path != std::string::npos && line.find(name, path) != std::string::npos) {
            return line.substr(path);
        }
    }
    return {};
}

/// Our own library, beside the program: in the build folder as well as installed.
std::string eventSocketsLibrary()
{
    constexpr const char* name = "lib/h755/tools/event-sockets.so";
    for (std::filesystem::path folder = std::filesystem::canonical("/proc/self/exe");
         folder.has_relative_path();) {
        folder = folder.parent_path();
        const std::filesystem::path file = folder / name;
        if (!std::filesystem::exists(file)) continue;
        // These separate the names in LD_PRELOAD.
        if (file.native().find_first_of(" :") == std::string::npos) return file;
        throw std::runtime_error(file.native() + ": the path has a space or a colon");
    }
    throw std::runtime_error(std::string(name) + " is missing beside the program");
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// The command starts with the signals as a shell would give them; 0 if it cannot start.
pid_t start(std::vector<std::string> command)
{
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int error = posix_spawnp(&child, command[0].c_str(), nullptr, &attributes,
                                   pointersTo(command).data(), environ);
    posix_spawnattr_destroy(&attributes);
    if (error == 0) return child;
    std::fprintf(stderr, "virtual-h755: %s: %s\n", command[0].c_str(), std::strerror(error));
    return 0;
}

/// Also those whose own parent has ended: this process takes them over.
std::vector<pid_t> children()
{
    std::vector<pid_t> found;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream list(thread.path() / "children");
        for (pid_t child = 0; list >> child;)
            found.push_back(child);
    }
    return found;
}

/// Ends what the command has left running: without its bus it can only fail, and umockdev gives up
/// when somebody uses a bus that is being taken down.
void endOrphans()
{
    constexpr int limitMs = 5000;
    for (int ms = 0; ms < limitMs; ++ms) {
        for (const pid_t child : children())
            kill(child, SIGKILL);
        while (waitpid(-1, nullptr, WNOHANG) > 0) {
        }
        if (errno == ECHILD) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

int waitFor(pid_t command)
{
    const sigset_t set = commandSignals();
    while (true) {
        siginfo_t signal{};
        if (sigwaitinfo(&set, &signal) == SIGCHLD) {
            int status = 0;
            if (waitpid(command, &status, WNOHANG) != command) continue;
            if (WIFEXITED(status)) return WEXITSTATUS(status);
            if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
        } else if (signal.si_code != SI_KERNEL && signal.si_signo != 0) {
            // A terminal's Ctrl-C (SI_KERNEL) has reached the command already.
            kill(command, signal.si_signo);
        }
    }
}

} // namespace

void enterMockEnvironment(char** arguments)
{
    constexpr const char* onceOnly = "H755_VIRTUAL_PRELOADED";
    const bool isRestarted = getenv(onceOnly) != nullptr;
    unsetenv(onceOnly);
    if (!loadedLibrary("libumockdev-preload.so").empty()) return;
    if (isRestarted) throw std::runtime_error("umockdev's library does not load");
    const char* const before = getenv("LD_PRELOAD");
    // In a program built with it, the address sanitizer must come before every other library.
    std::string preload = loadedLibrary("libasan.so");
    preload += preload.empty() ? "" : ":";
    preload += eventSocketsLibrary() + ":libumockdev-preload.so.0";
    if (before != nullptr) preload += std::string(":") + before;
    setenv("LD_PRELOAD", preload.c_str(), 1);
    setenv(onceOnly, "1", 1);
    execv("/proc/self/exe", arguments);
    throw std::runtime_error(std::string("cannot restart: ") + std::strerror(errno));
}

void blockCommandSignals()
{
    const sigset_t set = commandSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int runCommand(const std::vector<std::string>& command)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t child = start(command);
    if (child == 0) return 127;
    const int status = waitFor(child);
    endOrphans();
    return status;
}

} // namespace virtual_h755
