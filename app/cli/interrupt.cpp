#include "cli/interrupt.h"

#include <csignal>

namespace cli {
namespace {

std::stop_source& source()
{
    static std::stop_source instance;
    return instance;
}

/// No stop_callback is ever registered, so that this only sets an atomic flag.
void requestStop(int signal)
{
    source().request_stop();
    std::signal(signal, SIG_DFL);
}

} // namespace

std::stop_token stopOnSignal()
{
    std::stop_token token = source().get_token(); // makes the source before any signal
    std::signal(SIGINT, &requestStop);
    std::signal(SIGTERM, &requestStop);
    return token;
}

} // namespace cli
