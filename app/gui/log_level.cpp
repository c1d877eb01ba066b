#include "gui/log_level.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace gui {
namespace {

spdlog::level::level_enum levelOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Errors: return spdlog::level::err;
    case LogLevel::Steps: return spdlog::level::debug;
    case LogLevel::Everything: break;
    }
    return spdlog::level::trace;
}

const std::shared_ptr<spdlog::sinks::stderr_color_sink_mt>& screen()
{
    static const auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    return sink;
}

} // namespace

void startLog(LogLevel level)
{
    setLogLevel(level);
    const auto logger = std::make_shared<spdlog::logger>("h755-updater", screen());
    logger->set_level(spdlog::level::trace); // each of its sinks takes what it wants
    spdlog::set_default_logger(logger);
}

void setLogLevel(LogLevel level)
{
    screen()->set_level(levelOf(level));
}

} // namespace gui
