#include "core/rescue/child_watch.h"

namespace updater {

void Heard::take(std::string_view text)
{
    constexpr std::size_t maximumOutput = 1024 * 1024;
    bytes += text.size();
    output.append(text.substr(0, maximumOutput - output.size()));
    if (listener && fate == ChildFate::GoesOn) fate = listener(text);
}

Result<> checkBeforeStart(const ChildCommand& command, const std::stop_token& stop)
{
    if (!command.program.is_absolute())
        return fail(ErrorCode::ProgrammerMissing, command.program.string() + ": not absolute");
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, command.program.string());
    return {};
}

Result<> watchChild(const ChildCommand& command, const std::function<bool()>& hasEnded,
                    const Heard& heard, const std::function<void()>& listen,
                    const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(command.timeoutMs);
    while (!hasEnded() && heard.fate == ChildFate::GoesOn) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, command.program.string());
        if (Clock::now() >= deadline)
            return fail(ErrorCode::OverallTimeout, command.program.filename().string() +
                                                       " did not end within " +
                                                       std::to_string(command.timeoutMs) + " ms");
        listen();
    }
    return {};
}

} // namespace updater
