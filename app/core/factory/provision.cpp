#include "core/factory/provision.h"

#include "core/dfu/dfuse_client.h"
#include "core/dfu/dfuse_writer.h"
#include "core/usb/device_text.h"

#include <algorithm>

namespace updater {
namespace {

using contract::RuntimeStatus;
using contract::SlotState;

constexpr std::uint32_t pollMs = 200;

Result<UsbDevice> chooseBoard(UsbTransport& transport, const std::string& portPath)
{
    TRY_ASSIGN(std::vector<UsbDevice> boards, transport.romLoaders());
    if (!portPath.empty()) {
        std::erase_if(boards, [&](const UsbDevice& board) { return board.portPath != portPath; });
        if (boards.empty()) return fail(ErrorCode::NamedDeviceMissing, portPath);
    }
    if (boards.empty()) return fail(ErrorCode::NoRomLoader, "");
    if (boards.size() == 1) return boards.front();
    std::string ports;
    for (const UsbDevice& board : boards)
        ports += (ports.empty() ? "" : ", ") + board.portPath;
    return fail(ErrorCode::SeveralDevices, "in their ROM loader: " + ports);
}

std::size_t bytesOf(const std::vector<FlashPiece>& pieces)
{
    std::size_t bytes = 0;
    for (const FlashPiece& piece : pieces)
        bytes += piece.bytes.size();
    return bytes;
}

/// In whole blocks; the bootloader last, everything else in its order.
std::vector<FlashPiece> inWritingOrder(std::vector<FlashPiece> pieces)
{
    constexpr std::size_t block = DfuseClient::blockBytes;
    for (FlashPiece& piece : pieces)
        piece.bytes.resize((piece.bytes.size() + block - 1) / block * block, 0xFF);
    std::stable_partition(pieces.begin(), pieces.end(), [](const FlashPiece& piece) {
        return piece.address != contract::h755FlashMap.bootloader.address;
    });
    return pieces;
}

/// The bootloader starts nothing before the line has set BCM4 (boot.md, section 2).
Result<> hasItsOptionBytes(const Result<Observed>& observed)
{
    const auto* waiting = observed ? std::get_if<contract::DeviceStatus>(&*observed) : nullptr;
    if (waiting == nullptr || waiting->optionBytes.bootCm4 == 0) return {};
    return fail(ErrorCode::ProvisioningIncomplete,
                "the image is in place; option bytes BCM4, BOR_LEV and WRP still have to be set");
}

} // namespace

Result<Provisioning> Provisioning::begin(UsbTransport& transport, const std::string& portPath)
{
    TRY_ASSIGN(const UsbDevice board, chooseBoard(transport, portPath));
    TRY_ASSIGN(auto connection, transport.open(board));
    DfuseClient client(*connection, transport.clock());
    TRY(client.begin());
    ProvisionedUnit unit{board.portPath, {}, client.version()};
    if (const auto uniqueId = client.uniqueId()) unit.uniqueId = serialOf(*uniqueId);
    return Provisioning(transport, std::move(connection), std::move(unit));
}

Result<> Provisioning::write(const FactoryBundle& bundle,
                             const std::function<void(std::size_t, std::size_t)>& progress,
                             const std::stop_token& stop)
{
    DfuseClient client(*m_connection, m_transport->clock());
    TRY(client.begin());
    const std::vector<FlashPiece> pieces = inWritingOrder(bundle.image);
    const std::size_t total = bytesOf(pieces);
    std::size_t before = 0;
    for (const FlashPiece& piece : pieces) {
        const auto written = [&](std::size_t bytes) { progress(before + bytes, total); };
        TRY(writeThroughRom(client, piece.address, piece.bytes, written, stop));
        before += piece.bytes.size();
    }
    return {};
}

/// Our device that is this unit: by its unique id, or by its port where the ROM has told none.
Result<std::string> Provisioning::startedUnit() const
{
    TRY_ASSIGN(const std::vector<UsbDevice> devices, m_transport->devices());
    const auto isThis = [this](const UsbDevice& device) {
        return m_unit.uniqueId.empty() ? device.portPath == m_unit.portPath
                                       : isSameSerial(device.serial, m_unit.uniqueId);
    };
    const auto found = std::ranges::find_if(devices, isThis);
    if (found == devices.end()) return std::string();
    if (found->problem) return tl::unexpected(*found->problem);
    return found->serial;
}

Result<RuntimeStatus> Provisioning::waitForStart(const FactoryBundle& bundle,
                                                 std::uint64_t timeoutMs,
                                                 const std::stop_token& stop)
{
    m_connection.reset();
    Clock& clock = m_transport->clock();
    const std::uint64_t endMs = clock.nowMs() + timeoutMs;
    Error last{ErrorCode::DeviceDidNotReturn, "BOOT0 low and power cycled?"};
    while (clock.nowMs() < endMs) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "while waiting for its start");
        const Result<std::string> serial = startedUnit();
        if (serial && !serial->empty()) {
            m_unit.uniqueId = *serial;
            TRY_ASSIGN(const auto selector, DeviceSelector::parse(*serial));
            TRY_ASSIGN(auto device, FollowedDevice::choose(*m_transport, selector));
            const Result<Observed> observed = device.observe();
            TRY(hasItsOptionBytes(observed));
            const auto* running = observed ? std::get_if<RuntimeStatus>(&*observed) : nullptr;
            const bool isOurs =
                running != nullptr && running->setId == bundle.release.manifest().setId;
            if (isOurs && running->state == SlotState::Confirmed) return *running;
            last = {ErrorCode::ConfirmationTimeout, "it has started"};
        }
        m_transport->waitForChange(pollMs, stop);
    }
    return tl::unexpected(last);
}

} // namespace updater
