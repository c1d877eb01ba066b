#include "cli/command.h"
#include "cli/outcome_text.h"
#include "cli/progress_view.h"
#include "core/bundle/text_forms.h"
#include "core/recovery/known_causes.h"
#include "core/recovery/recovery_words.h"
#include "core/recovery/repair.h"
#include "core/recovery/restart.h"
#include "core/report/device_words.h"

namespace cli {
namespace {

using contract::DeviceStatus;
using contract::SlotStatus;
using updater::BusResident;
using updater::Diagnosis;
using updater::FollowedDevice;
using updater::Observed;
using updater::RepairOffer;
using updater::VerifiedBundle;

using updater::KnownCause;
using updater::Sign;

/// Boards and tools that a technician may have to go on with; ours are in `list`. Tells what kind
/// of trouble it looks like if there is none of ours.
Sign showNeighbours(Output& output, updater::UsbTransport& transport)
{
    Sign sign = Sign::NothingOnBus;
    for (const updater::UsbNode& node : transport.tree()) {
        const BusResident resident = updater::residentOf(node);
        if (resident != BusResident::RomLoader && resident != BusResident::Probe) continue;
        const std::string_view kind = word(resident);
        output.result(JsonLine("on-bus").text("port", node.portPath).text("kind", kind),
                      "on the bus: " + std::string(kind) + " on port " + node.portPath);
        if (resident == BusResident::RomLoader) sign = Sign::RomLoaderOnBus;
        if (resident == BusResident::Probe && sign == Sign::NothingOnBus)
            sign = Sign::ProbeAttached;
    }
    return sign;
}

/// docs/technician-guide.md has them as a picture.
void showCauses(Output& output, Sign sign)
{
    for (const KnownCause* cause : updater::causesOf(sign)) {
        const std::string number = std::to_string(cause->number);
        output.result(JsonLine("cause")
                          .number("number", cause->number)
                          .text("title", cause->title)
                          .text("remedy", cause->remedy),
                      "possible cause " + number + ": " + std::string(cause->title) + "\n  " +
                          std::string(cause->remedy));
    }
}

std::string slotLine(const DeviceStatus& status, std::uint8_t number)
{
    const SlotStatus& slot = status.slotStatus[number];
    const auto verdict = updater::verdictOf(slot);
    std::string line = "slot " + updater::slotName(number) + ": " + std::string(word(verdict));
    if (slot.state != contract::SlotState::Empty)
        line += ", release " + updater::versionText(slot.releaseVersion);
    return line + (number == status.activeSlot ? ", active\n" : "\n");
}

std::string offerLine(const RepairOffer& offer)
{
    std::string line = "  --repair " + std::string(word(offer.repair));
    if (offer.needsRelease) line += " FILE";
    line += ": " + std::string(sentence(offer.repair));
    if (offer.obstacle)
        line +=
            " [not possible: " + std::string(updater::errorText(offer.obstacle->code).cause) + ']';
    return line + '\n';
}

void show(Output& output, const std::string& id, const Observed& observed,
          const Diagnosis& diagnosis)
{
    std::string text = "device " + id + ": " + std::string(sentence(diagnosis.verdict)) + '\n';
    JsonLine json("diagnosis");
    json.text("id", id).text("verdict", word(diagnosis.verdict));
    if (const auto* status = std::get_if<DeviceStatus>(&observed)) {
        text += slotLine(*status, 0) + slotLine(*status, 1);
        json.text("slotA", word(updater::verdictOf(status->slotStatus[0])))
            .text("slotB", word(updater::verdictOf(status->slotStatus[1])));
    }
    std::string repairs;
    for (const RepairOffer& offer : diagnosis.offers) {
        text += offerLine(offer);
        if (!offer.obstacle)
            repairs += (repairs.empty() ? "" : " ") + std::string(word(offer.repair));
    }
    text.pop_back();
    output.result(json.text("repairs", repairs), text);
}

Result<> diagnoseDevice(const Command& command, const VerifiedBundle* release)
{
    TRY_ASSIGN(const auto transport, command.openTransport());
    const Sign sign = showNeighbours(command.output, *transport);
    Result<FollowedDevice> device = FollowedDevice::choose(*transport, command.selector);
    if (!device && device.error().code == updater::ErrorCode::NoDevice)
        showCauses(command.output, sign);
    if (!device) return tl::unexpected(device.error());
    TRY_ASSIGN(const Observed observed, device->observe());
    const auto facts =
        release != nullptr ? std::optional(updater::factsOf(*release)) : std::nullopt;
    show(command.output, device->uniqueId(), observed, updater::diagnose(observed, facts));
    if (std::holds_alternative<contract::RuntimeStatus>(observed))
        command.output.note("its slots can be seen in update mode: h755ctl reboot --update-mode");
    return {};
}

} // namespace

Result<> recover(const Command& command, const RecoverOptions& options)
{
    std::optional<VerifiedBundle> release;
    if (!options.file.empty()) {
        TRY_ASSIGN(auto opened, updater::openBundle(options.file));
        release = std::move(opened);
    }
    const VerifiedBundle* bundle = release ? &*release : nullptr;
    if (options.repair.empty()) return diagnoseDevice(command, bundle);
    TRY_ASSIGN(const updater::Repair repair, updater::repairNamed(options.repair));
    TRY_ASSIGN(const auto transport, command.openTransport());
    ProgressView view(command.output, transport->clock(), command.timeoutMs);
    TRY_ASSIGN(const updater::UpdateOutcome outcome,
               updater::repair(repair, *transport, command.selector, bundle, view, command.stop,
                               deadlinesOf(command)));
    show(command.output, outcome);
    return {};
}

} // namespace cli
