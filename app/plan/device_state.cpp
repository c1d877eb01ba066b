#include "plan/device_state.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace plan {

using nlohmann::json;
using updater::ErrorCode;
using updater::fail;

namespace {

constexpr std::uint64_t listTimeoutMs = 10'000;
constexpr std::uint64_t pollMs = 100;

std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// In update mode the active slot speaks for the device.
void readActiveSlot(const json& line, DeviceState& state)
{
    state.slot = text(line, "activeSlot");
    const auto slots = line.find("slots");
    if (slots == line.end() || !slots->is_array()) return;
    for (const json& slot : *slots) {
        if (text(slot, "slot") != state.slot) continue;
        state.version = text(slot, "version");
        state.state = text(slot, "state");
        state.setId = text(slot, "setId");
    }
}

std::string difference(const char* what, const std::string& expected, const std::string& found)
{
    if (expected.empty() || expected == found) return {};
    return std::string(what) + " is " + (found.empty() ? "not known" : found) + ", expected " +
           expected;
}

} // namespace

std::string DeviceState::text() const
{
    return version + ", " + state + ", in slot " + slot + ", " + mode;
}

Result<DeviceState> stateIn(const ProgramRun& run)
{
    for (const json& line : run.lines) {
        if (text(line, "type") != "info") continue;
        DeviceState state;
        state.mode = text(line, "mode");
        state.slot = text(line, "slot");
        state.version = text(line, "version");
        state.state = text(line, "state");
        state.setId = text(line, "setId");
        if (state.mode == "bootloader") readActiveSlot(line, state);
        return state;
    }
    return fail(ErrorCode::ReplyMalformed, run.errorDetail);
}

std::string differenceFrom(const Expectation& expect, const DeviceState& state)
{
    for (const std::string& found : {difference("the version", expect.version, state.version),
                                     difference("the state", expect.state, state.state),
                                     difference("the mode", expect.mode, state.mode),
                                     difference("the slot", expect.slot, state.slot)}) {
        if (!found.empty()) return found;
    }
    return {};
}

Result<std::vector<Unit>> connectedUnits(const DeviceProgram& program, const std::stop_token& stop)
{
    TRY_ASSIGN(const ProgramRun run, program.run({"list"}, listTimeoutMs, stop));
    std::vector<Unit> units;
    for (const json& line : run.lines) {
        if (text(line, "type") == "device")
            units.push_back({text(line, "id"), text(line, "port"), {}});
    }
    return units;
}

Result<bool> waitForPresence(const DeviceProgram& program, const Unit& unit, bool isPresent,
                             std::uint64_t timeoutMs, const std::stop_token& stop)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    while (true) {
        TRY_ASSIGN(const std::vector<Unit> units, connectedUnits(program, stop));
        const bool isThere = std::ranges::any_of(units, [&](const Unit& other) {
            return unit.id.empty() ? other.port == unit.port : other.id == unit.id;
        });
        if (isThere == isPresent) return true;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, unit.selector());
        sleepFor(pollMs, stop);
    }
}

void sleepFor(std::uint64_t ms, const std::stop_token& stop)
{
    using namespace std::chrono;
    const auto deadline = steady_clock::now() + milliseconds(ms);
    constexpr milliseconds slice{20};
    while (!stop.stop_requested()) {
        const auto left = deadline - steady_clock::now();
        if (left <= steady_clock::duration::zero()) return;
        std::this_thread::sleep_for(std::min<steady_clock::duration>(left, slice));
    }
}

} // namespace plan
