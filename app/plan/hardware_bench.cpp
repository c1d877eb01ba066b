#include "core/rescue/child_process.h"
#include "plan/bench.h"
#include "plan/field_reader.h"

#include <algorithm>
#include <array>

namespace plan {

using nlohmann::json;
using updater::ErrorCode;
using updater::fail;

namespace {

constexpr std::uint64_t switchTimeoutMs = 30'000;

struct Socket {
    std::string name;
    std::string port;
    std::vector<std::string> powerOff; ///< program and arguments; empty: cannot be switched
    std::vector<std::string> powerOn;
    std::vector<std::string> check; ///< succeeds if there is something to switch; may be empty
};

/// The installed one, not whatever a search path has.
std::string uhubctlPath()
{
    constexpr std::array places{"/usr/sbin/uhubctl", "/usr/bin/uhubctl", "/usr/local/sbin/uhubctl",
                                "/usr/local/bin/uhubctl"};
    for (const char* const place : places) {
        if (std::filesystem::exists(place)) return place;
    }
    return places[0];
}

void readSwitch(FieldReader& reader, Socket& socket, Problems& problems)
{
    if (const json* hub = reader.child("uhubctl", Need::Optional)) {
        FieldReader fields(*hub, reader.place() / "uhubctl", "\"uhubctl\"", problems);
        std::string location;
        std::uint64_t port = 0;
        fields.text("location", location, Need::Required);
        fields.number("port", port, {1, 32}, Need::Required);
        fields.finish();
        socket.powerOff = {uhubctlPath(), "-l", location, "-p", std::to_string(port), "-a", "off"};
        socket.powerOn = socket.powerOff;
        socket.powerOn.back() = "on";
        socket.check = {uhubctlPath(), "-l", location, "-p", std::to_string(port)};
        return;
    }
    if (!reader.has("powerOff") && !reader.has("powerOn")) return;
    reader.texts("powerOff", socket.powerOff);
    reader.texts("powerOn", socket.powerOn);
    for (const auto* command : {&socket.powerOff, &socket.powerOn}) {
        if (!command->empty() && !std::filesystem::path(command->front()).is_absolute())
            reader.refuse(command == &socket.powerOff ? "powerOff" : "powerOn",
                          "the program has no absolute path", "Begin with /");
    }
}

std::vector<Socket> readFixture(const std::filesystem::path& path, Problems& problems)
{
    std::vector<Socket> sockets;
    const std::optional<PlanFile> file = readPlanFile(path, problems);
    if (!file) return sockets;
    FieldReader reader(file->json, {path.string(), ""}, "the fixture", problems);
    std::uint64_t version = 0;
    reader.number("fixture", version, {1, 1}, Need::Required);
    const json* list = reader.child("sockets", Need::Required);
    reader.finish();
    if (list == nullptr || !list->is_array()) {
        if (list != nullptr) reader.refuse("sockets", "this must be a list", "Write [{ ... }]");
        return sockets;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        FieldReader fields((*list)[i], reader.place() / "sockets" / i, "a socket", problems);
        Socket& socket = sockets.emplace_back();
        fields.text("socket", socket.name, Need::Required);
        fields.text("port", socket.port, Need::Required);
        readSwitch(fields, socket, problems);
        fields.finish();
    }
    return sockets;
}

Result<updater::ChildResult> runSwitch(const std::vector<std::string>& words)
{
    updater::ChildCommand command;
    command.program = words.front();
    command.arguments.assign(words.begin() + 1, words.end());
    command.folder = "/";
    command.timeoutMs = switchTimeoutMs;
    return updater::runChild(command, {});
}

/// Why the switch that the fixture names cannot be used: a fault of the bench, not of the unit.
std::optional<std::string> switchObstacle(const Socket& socket)
{
    if (socket.powerOff.empty()) return "the fixture names no power switch for port " + socket.port;
    if (!std::filesystem::exists(socket.powerOff.front()))
        return socket.powerOff.front() + " is not installed";
    if (socket.check.empty()) return std::nullopt;
    const Result<updater::ChildResult> done = runSwitch(socket.check);
    if (done && done->exitCode == 0) return std::nullopt;
    const std::string said = done ? done->output : done.error().detail;
    return "no hub that can be switched: " + said.substr(0, said.find('\n'));
}

class HardwareBench final : public Bench {
public:
    HardwareBench(std::vector<Socket> sockets, std::string target)
        : m_sockets(std::move(sockets)), m_target(std::move(target))
    {
    }

    std::string_view target() const override { return m_target; }
    std::string socketOf(const std::string& port) const override
    {
        const Socket* socket = socketAt(port);
        return socket == nullptr ? std::string() : socket->name;
    }

    std::optional<std::string> obstacle(Ability ability, const Unit& unit) const override
    {
        const Socket* socket = socketAt(unit.port);
        switch (ability) {
        case Ability::SwitchPower:
        case Ability::UnplugCable:
            return switchObstacle(socket != nullptr ? *socket : Socket{{}, unit.port, {}, {}, {}});
        case Ability::UseAnotherPort: return "only hands can plug a real cable into another port";
        case Ability::CountBytes: return "a hub's switch is too slow for a certain byte";
        case Ability::CutAtOperation: return "a real chip does not tell its flash operations";
        case Ability::RotSector: return "a real chip's flash cannot be spoilt on purpose";
        case Ability::ChangeApplication:
            return "a real release does what its firmware does; say \"doesNotConfirm\": true of "
                   "one that never confirms";
        }
        return "not known";
    }

    bool canArm(AccidentKind) const override { return false; }
    Result<> arm(const Unit&, const DrawnAccident&) override { return {}; }
    Result<bool> disarm(const Unit&) override { return false; }

    Result<> unplug(const Unit& unit) override { return switchPower(unit, false); }
    Result<> plug(const Unit& unit, bool) override { return switchPower(unit, true); }
    Result<> powerOff(const Unit& unit) override { return switchPower(unit, false); }
    Result<> powerOn(const Unit& unit) override { return switchPower(unit, true); }
    Result<> rotSector(const Unit&, std::uint32_t) override { return impossible(); }
    Result<> setApplication(const Unit&, const std::string&) override { return impossible(); }

private:
    static Result<> impossible() { return fail(ErrorCode::NotAllowed, "not with real units"); }

    const Socket* socketAt(const std::string& port) const
    {
        const auto found = std::ranges::find(m_sockets, port, &Socket::port);
        return found == m_sockets.end() ? nullptr : &*found;
    }

    Result<> switchPower(const Unit& unit, bool on) const
    {
        const Socket* socket = socketAt(unit.port);
        if (socket == nullptr || socket->powerOff.empty()) return impossible();
        const std::vector<std::string>& words = on ? socket->powerOn : socket->powerOff;
        TRY_ASSIGN(const updater::ChildResult done, runSwitch(words));
        if (done.exitCode == 0) return {};
        return fail(ErrorCode::NotAllowed, words.front() + ": exit code " +
                                               std::to_string(done.exitCode) + ", " +
                                               done.output.substr(0, 200));
    }

    std::vector<Socket> m_sockets;
    std::string m_target;
};

} // namespace

Result<std::unique_ptr<Bench>> makeHardwareBench(const std::filesystem::path& fixture,
                                                 std::string target)
{
    Problems problems;
    std::vector<Socket> sockets;
    if (!fixture.empty()) sockets = readFixture(fixture, problems);
    if (!problems.empty()) return fail(ErrorCode::BadArguments, problems.front().text());
    return std::make_unique<HardwareBench>(std::move(sockets), std::move(target));
}

} // namespace plan
