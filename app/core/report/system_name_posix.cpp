#include "core/report/system_name.h"

#include <fstream>
#include <sys/utsname.h>

namespace updater {
namespace {

/// PRETTY_NAME of os-release(5); empty where there is none.
std::string prettyName()
{
    constexpr std::string_view key = "PRETTY_NAME=";
    std::ifstream file("/etc/os-release");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(key)) continue;
        line.erase(0, key.size());
        const bool isQuoted = line.size() > 1 && line.front() == '"' && line.back() == '"';
        return isQuoted ? line.substr(1, line.size() - 2) : line;
    }
    return {};
}

} // namespace

SystemName systemName()
{
    utsname kernel{};
    if (uname(&kernel) != 0) return {prettyName(), {}, {}};
    const std::string name = prettyName();
    return {name.empty() ? std::string(kernel.sysname) : name,
            std::string(kernel.sysname) + ' ' + kernel.release, kernel.machine};
}

} // namespace updater
