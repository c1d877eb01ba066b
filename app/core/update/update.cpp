#include "core/update/update.h"

#include "core/bundle/text_forms.h"
#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"
#include "core/update/followed_device.h"
#include "core/update/next_step.h"
#include "core/update/progress_meter.h"
#include "core/update/set_sender.h"
#include "core/update/staging.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace updater {
namespace {

/// Rounds in a row in which no block reached the device. A normal update needs 5, a trial that
/// crashes until it is reverted about 12.
constexpr int maximumIdleRounds = 40;
/// Until then, a device that vanishes costs no round: how often an application is seen that crashes
/// depends on how fast it starts, and the bootloader's own rules end such a series.
constexpr std::uint64_t comesAndGoesMs = 120'000;
/// Rounds in a row that ended with a time-out on the bus, 5 s each: unlike a pulled cable, a device
/// that is there and says nothing is not worth waiting for.
constexpr int maximumSilentRounds = 4;
constexpr std::uint32_t retryMs = 500;
/// A device may be restarting just now: an updater before this one may have been killed.
constexpr std::uint64_t appearsWithinMs = 4'000;
constexpr std::uint32_t confirmationPollMs = 200;
/// A restart that takes no longer than this is not shown as a lost device.
constexpr std::uint64_t quietRestartMs = 10'000;
/// Copying full slots takes 40 s at the datasheet's worst; the device is not on the bus meanwhile.
constexpr std::uint64_t copyMs = 60'000;

/// What plugging in again, or another moment, may cure.
bool isPassing(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::TransferFailed ||
           code == ErrorCode::DeviceSilent || code == ErrorCode::DeviceBusy;
}

/// Missing, or there and not yet to be opened: after a plug, the system needs a moment to give the
/// person at the seat access, or to bind a driver.
bool mayAppear(ErrorCode code)
{
    return code == ErrorCode::NoDevice || code == ErrorCode::NamedDeviceMissing ||
           code == ErrorCode::PermissionDenied || code == ErrorCode::DriverMissing;
}

Result<FollowedDevice> chooseDevice(UsbTransport& transport, const DeviceSelector& selector,
                                    const std::stop_token& stop)
{
    const std::uint64_t endMs = transport.clock().nowMs() + appearsWithinMs;
    while (true) {
        Result<FollowedDevice> device = FollowedDevice::choose(transport, selector);
        if (device || !mayAppear(device.error().code) || stop.stop_requested() ||
            transport.clock().nowMs() >= endMs)
            return device;
        transport.waitForChange(retryMs, stop);
    }
}

class UpdateRun {
public:
    UpdateRun(UsbTransport& transport, FollowedDevice device, const Goal& goal, Progress& progress,
              std::stop_token stop, const Deadlines& deadlines)
        : m_transport(transport), m_device(std::move(device)), m_goal(goal),
          m_meter(progress, transport.clock(),
                  goal.bundle != nullptr ? goal.bundle->streamHeader().totalBlocks() : 0),
          m_stop(std::move(stop)), m_deadlines(deadlines),
          m_endMs(transport.clock().nowMs() + deadlines.overallMs)
    {
    }

    Result<UpdateOutcome> run();

    /// After a failure: lets a device that this run took out of its application go back into it.
    void letGo();

private:
    Result<Step> round();
    Result<Step> decide();
    Result<> perform(Step step);
    Result<> enterBootloader();
    Result<> sendSet();
    Result<> selectSet();
    Result<> restart();
    Result<> waitForDevice();
    std::uint64_t quietMs() const;
    Result<> waitForConfirmation();
    void remember(const Observed& observed);
    void foretell(const contract::DeviceStatus& device);
    UpdateOutcome outcome(Step last) const;
    std::uint64_t nowMs() const { return m_transport.clock().nowMs(); }

    UsbTransport& m_transport;
    FollowedDevice m_device;
    Goal m_goal;
    ProgressMeter m_meter;
    std::stop_token m_stop;
    Deadlines m_deadlines;
    std::uint64_t m_endMs;
    std::optional<std::uint64_t> m_confirmationEndMs;
    std::optional<contract::Version> m_from;
    std::optional<contract::DeviceStatus> m_bootloader; ///< what it said last, while it is there
    bool m_hasEntered = false;   ///< this run took the device out of its application
    bool m_isRestarting = false; ///< its absence is this run's doing
    bool m_hasRestarted = false; ///< into its active set, at least once
    bool m_isCopied = false;     ///< the next start copies the set to where it runs
    bool m_hasWarned = false;    ///< that it cannot go back
};

Result<UpdateOutcome> UpdateRun::run()
{
    Error last{ErrorCode::NoProgress, "no step leads on"};
    int silentRounds = 0;
    std::uint64_t sentMs = nowMs();
    std::uint64_t heardMs = nowMs();
    for (int idleRounds = 0; idleRounds < maximumIdleRounds; ++idleRounds) {
        if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "between two steps");
        if (nowMs() >= m_endMs) return fail(ErrorCode::OverallTimeout, last.detail);
        const std::uint32_t sentBefore = m_meter.current().blocksSent;
        Result<Step> step = round();
        if (m_meter.current().blocksSent != sentBefore) {
            idleRounds = 0;
            sentMs = nowMs();
        }
        if (step && (*step == Step::Done || *step == Step::RestartUnobserved)) {
            m_meter.enter(Activity::Done);
            return outcome(*step);
        }
        const bool isSilent = !step && step.error().code == ErrorCode::DeviceSilent;
        silentRounds = isSilent ? silentRounds + 1 : 0;
        if (!isSilent) heardMs = nowMs();
        if (step) continue;
        last = std::move(step).error();
        if (!isPassing(last.code) || silentRounds == maximumSilentRounds) break;
        if (isSilent && nowMs() - heardMs >= m_deadlines.returnMs) break;
        if (last.code == ErrorCode::ConnectionLost && nowMs() - sentMs < comesAndGoesMs)
            --idleRounds;
        spdlog::debug("{}: {}, trying again", errorText(last.code).name, last.detail);
        m_device.disconnect();
        m_transport.waitForChange(retryMs, m_stop);
    }
    return tl::unexpected(std::move(last));
}

Result<Step> UpdateRun::round()
{
    TRY_ASSIGN(const Step step, decide());
    spdlog::debug("{}: {}", m_device.uniqueId(), stepName(step));
    TRY(perform(step));
    return step;
}

Result<Step> UpdateRun::decide()
{
    TRY_ASSIGN(const Observed observed, m_device.observe());
    remember(observed);
    TRY_ASSIGN(const Step step, nextStep(observed, m_goal.release, m_goal.slot));
    if (!m_bootloader) return step;
    const bool startsAgain =
        m_hasRestarted && (step == Step::Restart || step == Step::RestartUnobserved);
    const std::optional<Error> failure = startFailure(*m_bootloader);
    if (startsAgain && failure) return tl::unexpected(*failure);
    foretell(*m_bootloader);
    return step;
}

void UpdateRun::remember(const Observed& observed)
{
    m_bootloader.reset();
    if (std::holds_alternative<NotConnected>(observed)) return;
    m_isRestarting = false;
    m_isCopied = false;
    std::optional<contract::Version> running;
    if (const auto* application = std::get_if<contract::RuntimeStatus>(&observed)) {
        const bool isOther = application->state != contract::SlotState::Empty &&
                             application->setId != m_goal.release.setId;
        if (isOther) running = application->releaseVersion;
    } else {
        m_bootloader = std::get<contract::DeviceStatus>(observed);
        const contract::SlotStatus* active = activeSet(*m_bootloader);
        if (active != nullptr && active->setId != m_goal.release.setId)
            running = active->releaseVersion;
    }
    if (!m_from) m_from = running;
}

/// Before anything is written: nothing of this can be undone later.
void UpdateRun::foretell(const contract::DeviceStatus& device)
{
    m_isCopied = willBeCopied(device, m_goal.release);
    if (m_isCopied) m_meter.expectCopy();
    if (m_hasWarned || !isOneWay(device, m_goal.release)) return;
    m_hasWarned = true;
    m_meter.notice(Notice::CannotGoBack);
}

Result<> UpdateRun::perform(Step step)
{
    switch (step) {
    case Step::WaitForDevice: return waitForDevice();
    case Step::EnterBootloader: return enterBootloader();
    case Step::SendSet: return sendSet();
    case Step::SelectSet: return selectSet();
    case Step::Restart:
    case Step::RestartUnobserved: return restart();
    case Step::WaitForConfirmation: return waitForConfirmation();
    case Step::Done: break;
    }
    return {};
}

Result<> UpdateRun::enterBootloader()
{
    m_meter.enter(Activity::EnteringUpdateMode);
    m_hasEntered = true;
    m_isRestarting = true;
    TRY(DfuClient(*m_device.connection(), m_transport.clock()).detach());
    m_device.waitForRestart(m_stop);
    return {};
}

Result<> UpdateRun::sendSet()
{
    if (m_goal.bundle == nullptr) {
        return fail(ErrorCode::NotAllowed,
                    versionText(m_goal.release.releaseVersion) +
                        " is no longer whole on the device, or its journal is full: write it anew");
    }
    TRY(SetSender(*m_device.connection(), m_transport.clock(), *m_goal.bundle, m_meter)
            .send(m_stop, m_endMs));
    m_isRestarting = true; // by itself, 2 s later, if nobody asks for it
    return {};
}

Result<> UpdateRun::selectSet()
{
    const bool activeIsA = m_bootloader->activeSlot == static_cast<std::uint8_t>(contract::Slot::A);
    Result<> selected = VendorClient(*m_device.connection())
                            .selectSet(activeIsA ? contract::Slot::B : contract::Slot::A);
    // Its journal may be full of such choices, and only an update makes room there (boot.md R9).
    if (!selected && selected.error().code == ErrorCode::NotAllowed) return sendSet();
    return selected;
}

Result<> UpdateRun::restart()
{
    m_meter.enter(m_isCopied ? Activity::Copying : Activity::Restarting);
    m_isRestarting = true;
    m_hasRestarted = true;
    TRY(VendorClient(*m_device.connection()).reboot(contract::vendor::RebootTarget::Normal));
    m_device.waitForRestart(m_stop);
    return {};
}

Result<> UpdateRun::waitForDevice()
{
    const std::uint64_t quiet = quietMs();
    TRY_ASSIGN(bool isPresent,
               m_device.waitUntilPresent(quiet, m_stop, [this] { m_meter.tick(); }));
    if (isPresent || m_stop.stop_requested()) return {};
    m_meter.enter(Activity::WaitingForDevice);
    const std::uint64_t leftMs = m_deadlines.returnMs - std::min(quiet, m_deadlines.returnMs);
    TRY_ASSIGN(isPresent, m_device.waitUntilPresent(leftMs, m_stop));
    if (isPresent || m_stop.stop_requested()) return {};
    // Not ConnectionLost: that would be waited for once more.
    return fail(ErrorCode::DeviceDidNotReturn,
                m_device.uniqueId() + (m_isRestarting ? " after its restart" : " was unplugged"));
}

/// How long its absence is nothing to tell people of. A device that copies is at work, so it is
/// waited for whatever the deadline for a lost one is.
std::uint64_t UpdateRun::quietMs() const
{
    if (!m_isRestarting) return 0;
    return m_isCopied ? copyMs : std::min(quietRestartMs, m_deadlines.returnMs);
}

Result<> UpdateRun::waitForConfirmation()
{
    m_meter.enter(Activity::WaitingForConfirmation);
    if (!m_confirmationEndMs) m_confirmationEndMs = nowMs() + m_deadlines.confirmationMs;
    VendorClient client(*m_device.connection());
    while (!m_stop.stop_requested()) {
        TRY_ASSIGN(const contract::RuntimeStatus status, client.runtimeStatus());
        if (status.state != contract::SlotState::Trial) return {};
        if (nowMs() >= *m_confirmationEndMs)
            return fail(ErrorCode::ConfirmationTimeout, "still on trial");
        m_transport.clock().sleepMs(confirmationPollMs);
    }
    return {};
}

UpdateOutcome UpdateRun::outcome(Step last) const
{
    using Kind = UpdateOutcome::Kind;
    const bool hasSent = m_meter.current().blocksSent != 0;
    Kind kind = m_from ? Kind::Updated : hasSent ? Kind::Installed : Kind::AlreadyCurrent;
    if (last == Step::RestartUnobserved) kind = Kind::InstalledNotObservable;
    return {kind,
            m_device.uniqueId(),
            m_from,
            m_goal.release.releaseVersion,
            m_meter.current().blocksSent,
            m_meter.current().bytesSent};
}

void UpdateRun::letGo()
{
    const bool canRun = m_bootloader && activeSet(*m_bootloader) != nullptr &&
                        !(m_hasRestarted && startFailure(*m_bootloader));
    UsbConnection* connection = m_device.connection();
    if (!m_hasEntered || !canRun || connection == nullptr) return;
    // Best effort: after 60 s without USB traffic the bootloader does the same by itself.
    static_cast<void>(DfuClient(*connection, m_transport.clock()).prepare());
    static_cast<void>(VendorClient(*connection).reboot(contract::vendor::RebootTarget::Normal));
}

} // namespace

BundleFacts factsOf(const VerifiedBundle& bundle)
{
    const contract::StreamHeader& header = bundle.streamHeader();
    return {.setId = header.setId,
            .product = header.product,
            .securityCounter = header.securityCounter,
            .keyIndex = header.keyIndex,
            .flags = header.flags,
            .minimumBootloader = header.minimumBootloader,
            .releaseVersion = header.releaseVersion,
            .requiresFrom = bundle.manifest().requiresFrom};
}

Result<UpdateOutcome> reach(const Goal& goal, UsbTransport& transport,
                            const DeviceSelector& selector, Progress& progress,
                            std::stop_token stop, const Deadlines& deadlines)
{
    TRY_ASSIGN(FollowedDevice device, chooseDevice(transport, selector, stop));
    UpdateRun run(transport, std::move(device), goal, progress, std::move(stop), deadlines);
    Result<UpdateOutcome> outcome = run.run();
    if (!outcome) run.letGo();
    return outcome;
}

Result<UpdateOutcome> update(UsbTransport& transport, const DeviceSelector& selector,
                             const VerifiedBundle& bundle, Progress& progress, std::stop_token stop,
                             const Deadlines& deadlines)
{
    const Goal goal{factsOf(bundle), &bundle, std::nullopt};
    return reach(goal, transport, selector, progress, std::move(stop), deadlines);
}

} // namespace updater
