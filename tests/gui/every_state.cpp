#include "every_state.h"

#include "core/dfu/dfu_client.h"
#include "gui/bus_watch.h"
#include "support/update_bench.h"

#include <stdexcept>

namespace test_support {
namespace {

using gui::Situation;
using updater::Activity;
using updater::Error;
using updater::ErrorCode;

/// Of the brand that the program is linked with, which need not be the one of the devices.
ReleaseSpec branded(ReleaseSpec spec)
{
    spec.productId = updater::brandingTrust().productId;
    return spec;
}

boot::Identity identity()
{
    boot::Identity result = virtual_h755::brandedIdentity();
    result.productId = updater::brandingTrust().productId;
    return result;
}

std::shared_ptr<const updater::VerifiedBundle> release(const ReleaseSpec& spec)
{
    bundler::BundleFields fields;
    fields.notes = {{"en", "* Quieter fan\n* The clock keeps daylight saving time"},
                    {"de", "* Leiserer Lüfter\n* Die Uhr kennt die Sommerzeit"}};
    return std::make_shared<const updater::VerifiedBundle>(verifiedRelease(branded(spec), fields));
}

/// One device on a bus, and what a window that looks at it knows.
struct Scenery {
    virtual_h755::SimulatedClock clock;
    std::unique_ptr<virtual_h755::VirtualDevice> device = makeDevice(clock, 1, identity());
    InProcessTransport transport{clock};
    Transcript transcript;
    std::stop_source stop;

    Scenery() { transport.add(*device, "1-1"); }

    auto update(const ReleaseSpec& spec, const updater::Deadlines& deadlines = {})
    {
        return updater::update(transport, {}, verifiedRelease(branded(spec)), transcript,
                               stop.get_token(), deadlines);
    }

    void install(const ReleaseSpec& spec)
    {
        if (!update(spec)) throw std::runtime_error("a release cannot be installed");
    }

    /// The cable is pulled in the middle of an update and nobody waits: the old release runs again.
    void interrupt(const ReleaseSpec& spec)
    {
        transport.unplug(*device, {.atBytes = 20'000, .replugAfterMs = 5'000, .portPath = "1-1"});
        updater::Deadlines impatient;
        impatient.returnMs = 1'000;
        if (update(spec, impatient)) throw std::runtime_error("not interrupted");
        transport.clock().sleepMs(4'600);
    }

    /// As a technician does it: the device waits in update mode, whatever it could run.
    void enterUpdateMode()
    {
        auto followed = updater::FollowedDevice::choose(transport, {});
        const bool isAsked =
            followed && followed->observe() &&
            updater::DfuClient(*followed->connection(), transport.clock()).detach();
        if (!isAsked) throw std::runtime_error("no application to ask");
        followed->waitForRestart({});
        if (!followed->waitUntilPresent(10'000, {}).value_or(false))
            throw std::runtime_error("it does not come back");
    }

    Situation look()
    {
        Situation situation;
        gui::BusWatch watch(transport);
        if (const auto snapshot = watch.look()) situation.bus = *snapshot;
        situation.hasLooked = true;
        return situation;
    }
};

Situation withRelease(Situation situation, const ReleaseSpec& spec)
{
    situation.release = release(spec);
    return situation;
}

Situation running(Situation situation, Activity activity)
{
    updater::ProgressReport report;
    report.activity = activity;
    report.permille = 380;
    report.remainingMs = 95'000;
    situation.running = report;
    return situation;
}

void addUpdates(std::vector<State>& states, const Situation& before)
{
    constexpr std::array activities{
        Activity::Sending,    Activity::ReadingDevice, Activity::EnteringUpdateMode,
        Activity::Restarting, Activity::Copying,       Activity::WaitingForConfirmation};
    QString name = QStringLiteral("updating");
    for (const Activity activity : activities) {
        states.push_back({name, running(before, activity)});
        name = QStringLiteral("updating-%1").arg(int(activity));
    }
    states.push_back(
        {QStringLiteral("connection-lost"), running(before, Activity::WaitingForDevice)});
    Situation stopping = running(before, Activity::Sending);
    stopping.isCancelling = true;
    states.push_back({QStringLiteral("stopping"), stopping});

    using Kind = updater::UpdateOutcome::Kind;
    Situation done = before;
    done.outcome.emplace();
    done.outcome->kind = Kind::Updated;
    done.outcome->to = {1, 1, 0, 0};
    states.push_back({QStringLiteral("done"), done});
    done.outcome->kind = Kind::InstalledNotObservable;
    states.push_back({QStringLiteral("done-unobserved"), done});
}

void addRepairs(std::vector<State>& states)
{
    Scenery empty;
    const Situation waiting = empty.look();
    states.push_back({QStringLiteral("needs-repair-no-file"), waiting});
    states.push_back({QStringLiteral("needs-repair"), withRelease(waiting, secondRelease())});

    Scenery interrupted;
    interrupted.install(firstRelease());
    interrupted.interrupt(secondRelease());
    interrupted.enterUpdateMode();
    states.push_back({QStringLiteral("needs-repair-interrupted"),
                      withRelease(interrupted.look(), secondRelease())});
}

void addProblems(std::vector<State>& states, const Situation& connected)
{
    Situation forbidden = connected;
    forbidden.bus.chosen = updater::NotConnected{};
    forbidden.bus.problem = Error{ErrorCode::PermissionDenied, "LIBUSB_ERROR_ACCESS"};
    states.push_back({QStringLiteral("problem-permission"), forbidden});

    ReleaseSpec other = secondRelease();
    other.hardwareMinimum = other.hardwareMaximum = 99;
    states.push_back(
        {QStringLiteral("problem-other-hardware"), withRelease(Scenery().look(), other)});
}

} // namespace

std::vector<State> everyState()
{
    Scenery first;
    first.install(firstRelease());
    const Situation connected = first.look();
    const Situation available = withRelease(connected, secondRelease());
    Scenery second;
    second.install(secondRelease());
    Scenery away;
    away.device->unplug();
    Scenery two;
    two.install(firstRelease());
    const auto other = makeDevice(two.clock, 2, identity());
    two.transport.add(*other, "1-2.4");

    std::vector<State> states{
        {QStringLiteral("looking"), {}},
        {QStringLiteral("nothing-connected"), away.look()},
        {QStringLiteral("choose-device"), two.look()},
        {QStringLiteral("connected"), connected},
        {QStringLiteral("up-to-date"), withRelease(connected, firstRelease())},
        {QStringLiteral("update-available"), available},
        {QStringLiteral("older"), withRelease(second.look(), firstRelease())}};
    addUpdates(states, available);
    addRepairs(states);
    addProblems(states, connected);
    return states;
}

std::vector<State> everyProblem()
{
    std::vector<State> states;
    for (const updater::ErrorText& row : updater::errorTable()) {
        Situation situation;
        situation.failure = Error{row.code, "test"};
        states.push_back({QString::fromStdString(updater::errorLabel(row.code)), situation});
    }
    return states;
}

} // namespace test_support
