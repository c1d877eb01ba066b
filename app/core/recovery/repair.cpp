#include "core/recovery/repair.h"

#include "core/dfu/vendor_client.h"
#include "core/recovery/restart.h"

namespace updater {
namespace {

using contract::DeviceStatus;
using contract::Slot;
using contract::SlotStatus;

constexpr std::uint64_t restartMs = 30'000;

/// What two jobs one after the other look like as one.
class HalfOfTheJob final : public Progress {
public:
    HalfOfTheJob(Progress& whole, std::uint16_t startPermille)
        : m_whole(whole), m_startPermille(startPermille)
    {
    }

    void notice(Notice notice) override { m_whole.notice(notice); }

    void report(const ProgressReport& report) override
    {
        ProgressReport half = report;
        half.permille = static_cast<std::uint16_t>(m_startPermille + report.permille / 2);
        m_whole.report(half);
    }

private:
    Progress& m_whole;
    std::uint16_t m_startPermille;
};

/// The facts of a set that the device holds: as far as they matter for starting it.
BundleFacts factsOf(const DeviceStatus& device, const SlotStatus& slot)
{
    BundleFacts facts;
    facts.setId = slot.setId;
    facts.product = {.productId = device.productId,
                     .hardwareMinimum = device.hardwareRevision,
                     .hardwareMaximum = device.hardwareRevision};
    facts.securityCounter = slot.securityCounter;
    facts.keyIndex = slot.keyIndex;
    facts.flags = slot.flags;
    facts.releaseVersion = slot.releaseVersion;
    return facts;
}

class RepairRun {
public:
    RepairRun(UsbTransport& transport, const DeviceSelector& selector,
              const VerifiedBundle* release, Progress& progress, const std::stop_token& stop,
              const Deadlines& deadlines)
        : m_transport(transport), m_selector(selector), m_release(release), m_progress(progress),
          m_stop(stop), m_deadlines(deadlines)
    {
    }

    Result<UpdateOutcome> start();
    Result<UpdateOutcome> startOther();
    Result<UpdateOutcome> finishUpdate() { return write(std::nullopt, m_progress); }
    Result<UpdateOutcome> writeOtherSlot();
    Result<UpdateOutcome> writeBothSlots();

private:
    Result<DeviceStatus> read(FollowedDevice& device);
    Result<UpdateOutcome> write(std::optional<Slot> slot, Progress& progress);
    Result<UpdateOutcome> reachFacts(const BundleFacts& facts, std::optional<Slot> slot);

    UsbTransport& m_transport;
    const DeviceSelector& m_selector;
    const VerifiedBundle* m_release;
    Progress& m_progress;
    const std::stop_token& m_stop;
    const Deadlines& m_deadlines;
};

std::optional<Slot> otherSlot(const DeviceStatus& device)
{
    if (activeSet(device) == nullptr) return std::nullopt;
    const bool activeIsA = device.activeSlot == static_cast<std::uint8_t>(Slot::A);
    return activeIsA ? Slot::B : Slot::A;
}

Result<DeviceStatus> RepairRun::read(FollowedDevice& device)
{
    return readInUpdateMode(m_transport, device, restartMs, m_stop);
}

Result<UpdateOutcome> RepairRun::reachFacts(const BundleFacts& facts, std::optional<Slot> slot)
{
    return reach({facts, nullptr, slot}, m_transport, m_selector, m_progress, m_stop, m_deadlines);
}

Result<UpdateOutcome> RepairRun::write(std::optional<Slot> slot, Progress& progress)
{
    return reach({updater::factsOf(*m_release), m_release, slot}, m_transport, m_selector, progress,
                 m_stop, m_deadlines);
}

Result<UpdateOutcome> RepairRun::start()
{
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(m_transport, m_selector));
    TRY_ASSIGN(const DeviceStatus status, read(device));
    const SlotStatus* active = activeSet(status);
    if (active == nullptr) return fail(ErrorCode::NotAllowed, "no set can be started");
    device.disconnect();
    return reachFacts(factsOf(status, *active), std::nullopt);
}

Result<UpdateOutcome> RepairRun::startOther()
{
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(m_transport, m_selector));
    TRY_ASSIGN(const DeviceStatus status, read(device));
    const std::optional<Slot> slot = otherSlot(status);
    if (!slot || verdictOf(status.slot(*slot)) != SlotVerdict::Good)
        return fail(ErrorCode::NotAllowed, "the other slot holds nothing that can be started");
    device.disconnect();
    return reachFacts(factsOf(status, status.slot(*slot)), slot);
}

Result<UpdateOutcome> RepairRun::writeOtherSlot()
{
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(m_transport, m_selector));
    TRY_ASSIGN(const DeviceStatus status, read(device));
    device.disconnect();
    return write(otherSlot(status), m_progress);
}

/// Into the slot that is not active first: until that one has confirmed itself the other stays.
Result<UpdateOutcome> RepairRun::writeBothSlots()
{
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(m_transport, m_selector));
    TRY_ASSIGN(DeviceStatus status, read(device));
    device.disconnect();
    HalfOfTheJob first(m_progress, 0);
    TRY_ASSIGN(UpdateOutcome outcome, write(otherSlot(status), first));
    TRY_ASSIGN(status, read(device));
    device.disconnect();
    HalfOfTheJob second(m_progress, 500);
    TRY_ASSIGN(const UpdateOutcome last, write(otherSlot(status), second));
    outcome.blocksSent += last.blocksSent;
    outcome.bytesSent += last.bytesSent;
    return outcome;
}

} // namespace

Result<UpdateOutcome> repair(Repair repair, UsbTransport& transport, const DeviceSelector& selector,
                             const VerifiedBundle* release, Progress& progress,
                             const std::stop_token& stop, const Deadlines& deadlines)
{
    const bool needsRelease = repair != Repair::Start && repair != Repair::StartOther;
    if (needsRelease && release == nullptr)
        return fail(ErrorCode::BadArguments, "this repair needs a release file");
    RepairRun run(transport, selector, release, progress, stop, deadlines);
    switch (repair) {
    case Repair::Start: return run.start();
    case Repair::StartOther: return run.startOther();
    case Repair::FinishUpdate: return run.finishUpdate();
    case Repair::WriteOtherSlot: return run.writeOtherSlot();
    case Repair::WriteBothSlots: return run.writeBothSlots();
    }
    return fail(ErrorCode::InternalError, "no such repair");
}

} // namespace updater
