#include "gui/bus_watch.h"

#include "core/usb/device_text.h"

#include <algorithm>

namespace gui {
namespace {

using updater::Observed;
using updater::Result;
using updater::UsbDevice;

/// A release on trial confirms itself, or not; a device that could not be read may be busy.
constexpr std::uint64_t unsettledPollMs = 1'000;

bool isSame(const UsbDevice& a, const UsbDevice& b)
{
    return a.isSameEnumeration(b) && a.portPath == b.portPath && a.serial == b.serial &&
           a.problem.has_value() == b.problem.has_value();
}

bool isOnTrial(const Observed& observed)
{
    const auto* application = std::get_if<contract::RuntimeStatus>(&observed);
    return application != nullptr && application->state == contract::SlotState::Trial;
}

} // namespace

void BusWatch::choose(std::string uniqueId)
{
    if (uniqueId == m_chosenId) return;
    m_chosenId = std::move(uniqueId);
    forget();
}

std::optional<BusSnapshot> BusWatch::look()
{
    Result<std::vector<UsbDevice>> devices = m_transport.devices();
    if (!devices) {
        if (m_last && m_last->snapshot.devices.empty() && !m_last->isSettled) return std::nullopt;
        BusSnapshot snapshot;
        snapshot.chosenId = m_chosenId;
        snapshot.problem = devices.error();
        m_last = Seen{snapshot, false, m_transport.clock().nowMs()};
        return snapshot;
    }
    if (isAsBefore(*devices)) return lookAround();
    return read(*std::move(devices));
}

std::optional<BusSnapshot> BusWatch::lookAround()
{
    std::vector<updater::UsbNode> tree = m_transport.tree();
    if (tree == m_last->snapshot.tree) return std::nullopt;
    m_last->snapshot.tree = std::move(tree);
    return m_last->snapshot;
}

bool BusWatch::isAsBefore(const std::vector<UsbDevice>& devices) const
{
    if (!m_last) return false;
    const bool isDue =
        !m_last->isSettled && m_transport.clock().nowMs() >= m_last->readMs + unsettledPollMs;
    return !isDue && std::ranges::equal(devices, m_last->snapshot.devices, isSame);
}

/// A named device stays the chosen one while it is away. One that nobody named is chosen if it is
/// the only one.
const UsbDevice* BusWatch::chosenOf(const std::vector<UsbDevice>& devices) const
{
    if (m_chosenId.empty()) return devices.size() == 1 ? &devices.front() : nullptr;
    const auto found = std::ranges::find_if(devices, [this](const UsbDevice& device) {
        return updater::isSameSerial(device.serial, m_chosenId);
    });
    return found != devices.end() ? &*found : nullptr;
}

Result<Observed> BusWatch::observe(const UsbDevice& device)
{
    if (device.problem) return tl::unexpected(*device.problem);
    TRY_ASSIGN(const auto selector, updater::DeviceSelector::parse(device.serial));
    TRY_ASSIGN(auto followed, updater::FollowedDevice::choose(m_transport, selector));
    return followed.observe();
}

BusSnapshot BusWatch::read(std::vector<UsbDevice> devices)
{
    BusSnapshot snapshot{std::move(devices), m_transport.tree(), m_chosenId, {}, {}};
    bool isSettled = true;
    if (const UsbDevice* chosen = chosenOf(snapshot.devices)) {
        snapshot.chosenId = chosen->serial;
        const Result<Observed> observed = observe(*chosen);
        isSettled = observed && !isOnTrial(*observed);
        if (observed) {
            snapshot.chosen = *observed;
        } else if (observed.error().code != updater::ErrorCode::ConnectionLost) {
            snapshot.problem = observed.error(); // else the next look finds it gone, or back
        }
    }
    m_last = Seen{snapshot, isSettled, m_transport.clock().nowMs()};
    return snapshot;
}

} // namespace gui
