#include "core/rescue/child_watch.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace updater {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds graceTime{1000}; ///< for a program that ends cleanly when asked to

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return m_number; }
    void close()
    {
        if (m_number >= 0) ::close(m_number);
        m_number = -1;
    }

private:
    int m_number;
};

/// What the child gets instead of ours: the pipe as both outputs, no input, no other descriptor.
class FileActions {
public:
    FileActions(int output, const std::string& folder)
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, output, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        posix_spawn_file_actions_addchdir_np(&m_actions, folder.c_str());
    }
    ~FileActions() { posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions{};
};

/// A process group of its own, and signals as every program expects them.
class Attributes {
public:
    Attributes()
    {
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { posix_spawnattr_destroy(&m_attributes); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    const posix_spawnattr_t* get() const { return &m_attributes; }

private:
    posix_spawnattr_t m_attributes{};
};

/// The running program. Its group dies with this.
class Child {
public:
    explicit Child(pid_t id) : m_id(id) {}
    ~Child()
    {
        if (m_id <= 0) return;
        kill(-m_id, SIGTERM);
        const Clock::time_point patience = Clock::now() + graceTime;
        while (!hasEnded() && Clock::now() < patience)
            std::this_thread::sleep_for(childSlice);
        reap();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Looks, and leaves the process in the table: its number stays taken until `reap`.
    bool hasEnded() const
    {
        siginfo_t info{};
        return waitid(P_PID, static_cast<id_t>(m_id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               info.si_pid == m_id;
    }

    /// Kills what is left of the group; the exit code as shells tell it.
    int reap()
    {
        kill(-m_id, SIGKILL);
        int status = 0;
        while (waitpid(m_id, &status, 0) < 0 && errno == EINTR) {
        }
        m_id = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t m_id;
};

/// Without HOME and OPENOCD_SCRIPTS, nobody's own scripts take the place of the installed ones.
std::vector<std::string> variablesFor(const ChildCommand& command)
{
    if (!command.keepsVariables) return {"PATH=/usr/bin:/bin", "LC_ALL=C"};
    std::vector<std::string> ours;
    for (char** variable = environ; *variable != nullptr; ++variable)
        ours.emplace_back(*variable);
    return ours;
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

Result<pid_t> start(const ChildCommand& command, int output)
{
    std::vector<std::string> words = command.arguments;
    words.insert(words.begin(), command.program.string());
    std::vector<std::string> variables = variablesFor(command);
    const FileActions actions(output, command.folder.string());
    const Attributes attributes;
    pid_t id = 0;
    const int error = posix_spawn(&id, words[0].c_str(), actions.get(), attributes.get(),
                                  pointersTo(words).data(), pointersTo(variables).data());
    if (error != 0)
        return fail(ErrorCode::ProgrammerMissing, words[0] + ": " + std::strerror(error));
    return id;
}

/// Reads what is there, waiting for a slice of time. False once there will be no more.
bool readSome(int input, Heard& heard)
{
    pollfd wanted{input, POLLIN, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(childSlice.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) return true;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(input, buffer.data(), buffer.size());
    if (count < 0) return errno == EINTR || errno == EAGAIN;
    if (count > 0) heard.take({buffer.data(), static_cast<std::size_t>(count)});
    return count > 0;
}

/// What the ended program has left in the pipe: at most what a pipe holds.
void readRest(int input, Heard& heard)
{
    for (std::size_t before = heard.bytes;; before = heard.bytes) {
        if (!readSome(input, heard) || heard.bytes == before) return;
    }
}

/// As above, also once the pipe is closed.
void listenTo(int input, Heard& heard, bool& isOpen)
{
    if (isOpen) {
        isOpen = readSome(input, heard);
    } else {
        std::this_thread::sleep_for(childSlice);
    }
}

} // namespace

Result<ChildResult> runChild(const ChildCommand& command, const std::stop_token& stop)
{
    TRY(checkBeforeStart(command, stop));
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail(ErrorCode::InternalError, std::strerror(errno));
    const Descriptor input(ends[0]);
    Descriptor childsEnd(ends[1]);
    TRY_ASSIGN(const pid_t id, start(command, childsEnd.number()));
    Child child(id);
    childsEnd.close();

    Heard heard{command.listener};
    bool isOpen = true;
    TRY(watchChild(
        command, [&child] { return child.hasEnded(); }, heard,
        [&] { listenTo(input.number(), heard, isOpen); }, stop));
    const int exitCode = child.reap();
    if (isOpen) readRest(input.number(), heard);
    return ChildResult{exitCode, std::move(heard.output)};
}

} // namespace updater
