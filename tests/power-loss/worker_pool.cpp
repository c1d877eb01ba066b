#include "worker_pool.h"

#include <array>
#include <map>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace power_loss {

namespace {

struct Worker {
    std::size_t task = 0;
    int reportFd = -1;
};

/// A report is far smaller than a pipe's buffer, so a worker never waits for its reader.
void report(int fd, const Tally& tally)
{
    std::ostringstream text;
    write(text, tally);
    const std::string bytes = text.str();
    if (::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) ::_exit(1);
}

Tally readReport(int fd)
{
    std::string text;
    std::array<char, 4096> bytes{};
    for (ssize_t count = 1; count > 0;) {
        count = ::read(fd, bytes.data(), bytes.size());
        if (count > 0) text.append(bytes.data(), static_cast<std::size_t>(count));
    }
    ::close(fd);
    std::istringstream stream(text);
    return readTally(stream);
}

std::pair<pid_t, int> startWorker(const Task& task)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
    const pid_t pid = ::fork();
    if (pid < 0) throw std::runtime_error("fork");
    if (pid == 0) {
        ::close(ends[0]);
        report(ends[1], task());
        ::_exit(0);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

} // namespace

void runTasks(const std::vector<Task>& tasks, unsigned processes,
              const std::function<void(std::size_t, const Tally&)>& done)
{
    std::map<pid_t, Worker> workers;
    std::size_t next = 0;
    while (next < tasks.size() || !workers.empty()) {
        if (next < tasks.size() && workers.size() < processes) {
            const auto [pid, fd] = startWorker(tasks[next]);
            workers[pid] = {next++, fd};
            continue;
        }
        const auto ended = workers.find(::wait(nullptr));
        if (ended == workers.end()) throw std::runtime_error("wait");
        done(ended->second.task, readReport(ended->second.reportFd));
        workers.erase(ended);
    }
}

} // namespace power_loss
