#include "core/report/log_capture.h"

#include <catch2/catch.hpp>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

namespace {

using Screen = spdlog::sinks::ringbuffer_sink_mt;

/// The default logger writes to `screen` meanwhile, which takes what is at least of `level`.
class Logging {
public:
    Logging(std::shared_ptr<Screen> screen, spdlog::level::level_enum level)
    {
        const auto logger = std::make_shared<spdlog::logger>("test", std::move(screen));
        logger->set_level(level);
        spdlog::set_default_logger(logger);
    }
    ~Logging() { spdlog::set_default_logger(m_before); }
    Logging(const Logging&) = delete;
    Logging& operator=(const Logging&) = delete;

private:
    std::shared_ptr<spdlog::logger> m_before = spdlog::default_logger();
};

bool holds(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a report holds every step, however little is shown", "[log]")
{
    const auto screen = std::make_shared<Screen>(10);
    const Logging logging(screen, spdlog::level::err);
    const updater::LogCapture capture;
    spdlog::debug("a step");
    CHECK(holds(capture.text(), "a step"));
    CHECK(screen->last_raw().empty());
}

TEST_CASE("requests are shown if wanted, and push no step out of a report", "[log]")
{
    const auto screen = std::make_shared<Screen>(10);
    const Logging logging(screen, spdlog::level::trace);
    const updater::LogCapture capture;
    spdlog::debug("a step");
    for (std::size_t i = 0; i < updater::LogCapture::maximumLines; ++i)
        spdlog::trace("a request");
    CHECK(holds(capture.text(), "a step"));
    CHECK_FALSE(holds(capture.text(), "a request"));
    CHECK(screen->last_raw().size() == 10);
    screen->set_level(spdlog::level::err); // while the capture listens
    spdlog::debug("another step");
    CHECK(holds(capture.text(), "another step"));
    CHECK_FALSE(holds(screen->last_formatted().back(), "another step"));
}
