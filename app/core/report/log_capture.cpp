#include "core/report/log_capture.h"

#include <algorithm>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>
#include <vector>

namespace updater {

struct LogCapture::Ring {
    std::shared_ptr<spdlog::logger> logger = spdlog::default_logger();
    std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> sink =
        std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(maximumLines);
    spdlog::level::level_enum loggerLevel = logger->level();
    std::vector<spdlog::level::level_enum> sinkLevels{};
};

LogCapture::LogCapture() : m_ring(std::make_unique<Ring>())
{
    for (const auto& sink : m_ring->logger->sinks()) {
        m_ring->sinkLevels.push_back(sink->level());
        sink->set_level(std::max(sink->level(), m_ring->loggerLevel));
    }
    m_ring->sink->set_level(spdlog::level::debug); // USB requests would push the steps out
    m_ring->sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    m_ring->logger->sinks().push_back(m_ring->sink);
    m_ring->logger->set_level(std::min(m_ring->loggerLevel, spdlog::level::debug));
}

LogCapture::~LogCapture()
{
    auto& sinks = m_ring->logger->sinks();
    std::erase(sinks, m_ring->sink);
    for (std::size_t i = 0; i < std::min(sinks.size(), m_ring->sinkLevels.size()); ++i)
        sinks[i]->set_level(m_ring->sinkLevels[i]);
    m_ring->logger->set_level(m_ring->loggerLevel);
}

std::string LogCapture::text() const
{
    std::string text;
    for (const std::string& line : m_ring->sink->last_formatted())
        text += line;
    return text;
}

} // namespace updater
