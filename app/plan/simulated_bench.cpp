#include "plan/bench.h"
#include "plan/control_socket.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace plan {

using updater::ErrorCode;
using updater::fail;

namespace {

/// One board's line of "status": words NAME=VALUE.
std::string valueIn(const std::string& line, const std::string& name)
{
    std::istringstream words(line);
    for (std::string word; words >> word;) {
        if (word.starts_with(name + '=')) return word.substr(name.size() + 1);
    }
    return {};
}

bool isSameId(const std::string& a, const std::string& b)
{
    const auto upper = [](char c) { return std::toupper(static_cast<unsigned char>(c)); };
    return std::ranges::equal(a, b, [&](char x, char y) { return upper(x) == upper(y); });
}

class SimulatedBench final : public Bench {
public:
    SimulatedBench(std::filesystem::path socket, std::string target)
        : m_socket(std::move(socket)), m_target(std::move(target))
    {
    }

    std::string_view target() const override { return m_target; }
    std::string socketOf(const std::string&) const override { return {}; }
    std::optional<std::string> obstacle(Ability, const Unit&) const override
    {
        return std::nullopt; // these boards can do everything
    }

    bool canArm(AccidentKind kind) const override
    {
        return kind == AccidentKind::UnplugAtByte || kind == AccidentKind::UnplugAtBlock ||
               kind == AccidentKind::CutAtOperation;
    }

    Result<> arm(const Unit& unit, const DrawnAccident& accident) override
    {
        TRY(tell(unit, "disarm"));
        if (accident.returnAfterMs)
            TRY(tell(unit, "replug-after-ms " + std::to_string(*accident.returnAfterMs)));
        if (accident.kind == AccidentKind::CutAtOperation)
            return tell(unit,
                        "cut-at-operation " + std::to_string(accident.at) + ' ' + accident.tear);
        // The board counts from its own beginning.
        TRY_ASSIGN(const std::string line, lineOf(unit));
        const bool isBytes = accident.kind == AccidentKind::UnplugAtByte;
        const std::string before = valueIn(line, isBytes ? "download-bytes" : "download-blocks");
        const std::uint64_t at = std::stoull('0' + before) + accident.at;
        return tell(unit, (isBytes ? "unplug-at-bytes " : "unplug-at-block ") + std::to_string(at));
    }

    Result<bool> disarm(const Unit& unit) override
    {
        TRY_ASSIGN(const std::string line, lineOf(unit));
        TRY(tell(unit, "disarm"));
        return valueIn(line, "armed") == "no";
    }

    Result<> unplug(const Unit& unit) override { return tell(unit, "unplug"); }
    Result<> plug(const Unit& unit, bool onAnotherPort) override
    {
        if (!onAnotherPort) return tell(unit, "plug");
        constexpr unsigned lastPort = 32;
        Result<> plugged;
        for (unsigned port = lastPort; port > 0; --port) {
            plugged = tell(unit, "plug " + std::to_string(port));
            if (plugged || plugged.error().code != ErrorCode::NotAllowed) return plugged;
        }
        return plugged;
    }
    Result<> powerOff(const Unit& unit) override { return tell(unit, "cut"); }
    Result<> powerOn(const Unit& unit) override { return tell(unit, "power-on"); }
    Result<> rotSector(const Unit& unit, std::uint32_t address) override
    {
        TRY(tell(unit, "cut clean"));
        TRY(tell(unit, "rot-sector " + std::to_string(address)));
        return tell(unit, "power-on");
    }
    Result<> setApplication(const Unit& unit, const std::string& behaviour) override
    {
        return tell(unit, "application " + behaviour);
    }

private:
    Result<std::string> lineOf(const Unit& unit) const
    {
        TRY_ASSIGN(const std::string answer, askBoards(m_socket, "status"));
        std::istringstream lines(answer);
        for (std::string line; std::getline(lines, line);) {
            const bool isHere = unit.port.ends_with('-' + valueIn(line, "port"));
            if (unit.id.empty() ? isHere : isSameId(valueIn(line, "id"), unit.id)) return line;
        }
        return fail(ErrorCode::NamedDeviceMissing, unit.selector());
    }

    Result<> tell(const Unit& unit, const std::string& command) const
    {
        TRY_ASSIGN(const std::string line, lineOf(unit));
        TRY(askBoards(m_socket, valueIn(line, "device") + ' ' + command));
        return {};
    }

    std::filesystem::path m_socket;
    std::string m_target;
};

} // namespace

std::unique_ptr<Bench> makeSimulatedBench(std::filesystem::path socket, std::string target)
{
    return std::make_unique<SimulatedBench>(std::move(socket), std::move(target));
}

} // namespace plan
