#include "virtual/workbench.h"

#include "contract/vendor_requests.h"
#include "virtual/identity_from_branding.h"
#include "virtual/redirected_bus.h"
#include "virtual/usb_bus.h"
#include "virtual/words.h"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <thread>

namespace virtual_h755 {

namespace {

constexpr const char* okay = "ok\n";

std::string refusal(const std::string& reason)
{
    return "error: " + reason + "\n";
}

} // namespace

Workbench::Seat::Seat(Workbench& owner, const contract::FlashMap& map, const MakeDevice& make,
                      const WorkbenchOptions& options, unsigned seatNumber)
    : bench(owner), number(seatNumber), port(seatNumber),
      place(map, brandedIdentity(), owner.m_pace, make, options.device,
            seatNumber <= options.stateFiles.size() ? options.stateFiles[seatNumber - 1] : ""),
      firstApplication(options.device.application)
{
    boot::BoardFacts& facts = place.device().mutableFacts();
    facts.uniqueId[0] =
        static_cast<std::uint8_t>(facts.uniqueId[0] + options.firstUid + seatNumber - 2);
    facts.hardwareRevision = branding::hardwareRevision;
    facts.isButtonHeld = options.isButtonHeld;
    contract::OptionBytes& optionBytes = place.device().flash().optionBytes();
    if (options.hasFactoryOptionBytes && !place.hasPast()) optionBytes = {.bootCm4 = 1};
    if (options.changeOptionBytes) options.changeOptionBytes(optionBytes);
    if (options.found) become(*options.found);
    if (seatNumber != 1) return;
    place.accidents() = options.accidents;
    if (options.accidents.cutAtOperation != 0) {
        place.cutAtOperation(options.accidents.cutAtOperation, options.accidents.tear);
    }
}

/// A board with a past was made of the report in an earlier run, and goes on from there.
void Workbench::Seat::become(const FoundBoard& found)
{
    if (place.hasPast()) {
        identifyAs(place.device(), brandedIdentity(), found);
    } else {
        recreate(place.device(), brandedIdentity(), found);
    }
}

/// As its host would ask; all zeros if it does not answer as a bootloader.
contract::DeviceStatus Workbench::Seat::status()
{
    contract::ByteArray<contract::DeviceStatus::encodedBytes> reply{};
    const auto request = static_cast<std::uint8_t>(contract::vendor::Request::GetStatus);
    control({contract::vendor::deviceIn, request, 0, 0, reply.size()}, reply);
    return contract::decode<contract::DeviceStatus>(reply);
}

template <typename Action>
void Workbench::Seat::guarded(Action&& action)
try {
    action();
} catch (const RuleViolation& violation) {
    std::fprintf(stderr, "virtual-h755: device %u: %s\n", number, violation.what());
    bench.m_hasFailed = true;
    place.device().powerOff(Tear::Clean);
}

/// A device that has restarted is another one to the bus, even before the bus has followed.
bool Workbench::Seat::isAsShown()
{
    place.advance();
    return place.device().generation() == shownGeneration;
}

ControlOutcome Workbench::Seat::control(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    ControlOutcome outcome;
    guarded([&] {
        if (isAsShown()) outcome = place.control(packet, data);
        if (!isAsShown()) outcome = {ControlOutcome::Kind::Detached, 0};
    });
    return outcome;
}

void Workbench::Seat::busReset()
{
    guarded([&] {
        if (isAsShown()) place.busReset();
    });
}

/// A device that does not answer correctly is left alone until it attaches anew, as the kernel
/// does.
void Workbench::Seat::follow()
{
    guarded([&] { place.advance(); });
    const Device& device = place.device();
    // A ROM loader that leaves at the end of its work does so when the host's clock gets there.
    if (isShown && isRomLoader && device.isPlugged() && place.aheadUs() != 0) return;
    const bool isNew = device.generation() != shownGeneration;
    if (!device.isAttached() || isNew) bench.m_bus->detach(port);
    isShown = device.isAttached();
    if (!isShown || !isNew) return;
    shownGeneration = device.generation();
    isRomLoader = device.mode() == Mode::RomLoader;
    bench.m_bus->attach(port, *this);
}

Workbench::Workbench(const contract::FlashMap& map, const MakeDevice& make,
                     const WorkbenchOptions& options)
{
    if (options.hosts.empty()) {
        m_bus = std::make_unique<UsbBus>(m_lock);
    } else {
        m_bus = std::make_unique<RedirectedBus>(m_lock, options.hosts);
    }
    for (unsigned number = 1; number <= options.devices; ++number) {
        Seat& seat = m_seats.emplace_back(*this, map, make, options, number);
        const bool isFound = options.found && !seat.place.hasPast();
        seat.guarded([&] {
            seat.place.powerOn(isFound ? options.found->status.resetCause
                                       : contract::ResetCause::PowerOn);
        });
    }
    for (const UsbIds& ids : options.neighbours)
        m_neighbours.emplace_back(ids);
    plugNeighbours();
}

unsigned Workbench::portOfNeighbours() const
{
    return static_cast<unsigned>(m_seats.size()) + 1;
}

void Workbench::plugNeighbours()
{
    unplugNeighbours();
    unsigned port = portOfNeighbours();
    for (Neighbour& neighbour : m_neighbours)
        m_bus->attach(port++, neighbour);
}

void Workbench::unplugNeighbours()
{
    for (unsigned i = 0; i < m_neighbours.size(); ++i)
        m_bus->detach(portOfNeighbours() + i);
}

void Workbench::tick()
{
    const std::lock_guard guard(m_lock);
    for (Seat& seat : m_seats)
        seat.follow();
}

void Workbench::settle()
{
    constexpr int limitMs = 10'000;
    const auto isSettled = [](Seat& seat) { return seat.place.device().isSettled(); };
    for (int ms = 0; ms < limitMs; ++ms) {
        tick();
        if (std::all_of(m_seats.begin(), m_seats.end(), isSettled)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::vector<std::string> Workbench::differencesFrom(const FoundBoard& found)
{
    constexpr int limitMs = 5'000;
    Seat& seat = m_seats.front();
    if (seat.place.hasPast()) return {};
    std::vector<std::string> names;
    for (int ms = 0; ms < limitMs; ++ms) {
        tick();
        const std::lock_guard guard(m_lock);
        names = differences(found.status, seat.status());
        if (names.empty()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return names;
}

/// Into another port only an unplugged cable can go.
void Workbench::Seat::plugInto(unsigned wanted)
{
    if (!place.device().isPlugged()) {
        bench.m_bus->detach(port);
        port = wanted;
    }
    place.plug();
}

bool Workbench::isPortFree(std::uint64_t port) const
{
    const auto usesPort = [port](const Seat& seat) { return seat.port == port; };
    const bool isNeighbours =
        port >= portOfNeighbours() && port < portOfNeighbours() + m_neighbours.size();
    return port != 0 && port <= m_bus->ports() && !isNeighbours &&
           std::ranges::none_of(m_seats, usesPort);
}

std::string Workbench::save()
{
    const std::lock_guard guard(m_lock);
    std::string problems;
    for (Seat& seat : m_seats)
        problems += seat.place.save();
    return problems;
}

std::string Workbench::status()
{
    std::string text;
    for (Seat& seat : m_seats)
        text += "device=" + std::to_string(seat.number) + " port=" + std::to_string(seat.port) +
                " " + seat.place.status() + "\n";
    return text + okay;
}

std::string Workbench::command(const std::string& line)
{
    const std::lock_guard guard(m_lock);
    std::istringstream words(line);
    std::string name;
    std::string first;
    std::string second;
    words >> name;
    std::uint64_t number = 1;
    if (const std::optional<std::uint64_t> chosen = parseNumber(name)) {
        number = *chosen;
        words >> name;
    }
    words >> first >> second;
    if (name == "status") return status();
    if (number < 1 || number > m_seats.size()) return refusal("no such device");
    Seat& seat = m_seats[number - 1];
    std::string answer;
    seat.guarded([&] { answer = perform(seat, name, first, second); });
    seat.follow();
    return answer.empty() ? refusal("the device has failed") : answer;
}

/// What a line's programmer does over SWD: from the next start on.
void Workbench::setOptionBytes(Seat& seat, bool asProduct)
{
    contract::OptionBytes factory{.bootCm4 = 1};
    contract::OptionBytes product{.writeProtectionBank1 = 0xFE};
    seat.place.device().flash().optionBytes() = asProduct ? product : factory;
}

std::string Workbench::perform(Seat& seat, const std::string& name, const std::string& argument,
                               const std::string& second)
{
    BenchPlace& place = seat.place;
    const std::optional<std::uint64_t> number = parseNumber(argument);
    const std::optional<Tear> tear = parseTear(argument.empty() ? "bad" : argument);
    const std::optional<Tear> secondTear = parseTear(second.empty() ? "bad" : second);
    const std::optional<ApplicationBehaviour> application = parseApplication(argument);
    const bool isSwitch = argument == "on" || argument == "off";

    std::string problem;
    struct Command {
        std::string_view name;
        bool isComplete;
        std::function<void()> action;
    };
    const std::array<Command, 18> commands{{
        {"plug", argument.empty() || isPortFree(number.value_or(0)),
         [&] { seat.plugInto(static_cast<unsigned>(number.value_or(seat.port))); }},
        {"unplug", true, [&] { place.unplug(); }},
        {"cut", tear.has_value(), [&] { place.cutPower(*tear); }},
        {"power-on", true, [&] { place.powerOn(); }},
        {"reset", true, [&] { place.reset(); }},
        {"unplug-at-bytes", number.has_value(), [&] { place.accidents().unplugAtBytes = *number; }},
        {"unplug-at-block", number.has_value(), [&] { place.accidents().unplugAtBlock = *number; }},
        {"hang-at-block", number.has_value(), [&] { place.accidents().hangAtBlock = *number; }},
        {"cut-at-operation", number.has_value() && secondTear.has_value(),
         [&] { place.cutAtOperation(*number, *secondTear); }},
        {"replug-after-ms", number.has_value() && *number <= UINT32_MAX,
         [&] { place.accidents().replugAfterMs = static_cast<std::uint32_t>(*number); }},
        {"application", argument.empty() || application.has_value(),
         [&] {
             place.device().options().application = application.value_or(seat.firstApplication);
         }},
        {"button", isSwitch,
         [&] { place.device().mutableFacts().isButtonHeld = argument == "on"; }},
        {"boot0", isSwitch, [&] { place.device().options().isBoot0High = argument == "on"; }},
        {"option-bytes", argument == "product" || argument == "factory",
         [&] { setOptionBytes(seat, argument == "product"); }},
        {"backup-battery", isSwitch,
         [&] { place.device().options().keepsBackup = argument == "on"; }},
        {"disarm", true, [&] { place.disarm(); }},
        {"rot-sector", number.has_value(), [&] { problem = place.rotSector(*number); }},
        {"neighbours", isSwitch, [&] { argument == "on" ? plugNeighbours() : unplugNeighbours(); }},
    }};
    for (const Command& command : commands) {
        if (command.name != name) continue;
        if (!command.isComplete) return refusal("wrong argument for " + name);
        command.action();
        return problem.empty() ? okay : refusal(problem);
    }
    return refusal("unknown command " + name);
}

} // namespace virtual_h755
