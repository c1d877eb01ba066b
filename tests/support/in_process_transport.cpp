#include "support/in_process_transport.h"

#include "branding/branding.h"
#include "contract/dfu.h"
#include "core/usb/device_text.h"

#include <algorithm>

namespace test_support {

using updater::ErrorCode;
using updater::fail;
using updater::Result;
using updater::SetupFields;
using updater::TransferEnd;
using virtual_h755::ControlOutcome;
using virtual_h755::Device;

namespace {

constexpr SetupFields getDescriptor(std::uint16_t type, std::uint16_t index = 0)
{
    const auto value = static_cast<std::uint16_t>(type << 8 | index);
    return {0x80, 6, value, static_cast<std::uint16_t>(type == 3 ? 0x0409 : 0)};
}

} // namespace

class InProcessConnection final : public updater::UsbConnection {
public:
    InProcessConnection(InProcessTransport& bus, Device& device, std::uint16_t number)
        : m_bus(bus), m_device(device), m_generation(device.generation()), m_interface(number)
    {
    }

    Result<TransferEnd> controlIn(const SetupFields& setup, contract::ByteSpan out,
                                  std::uint32_t timeoutMs) override
    {
        return transfer(setup, out, timeoutMs);
    }

    Result<TransferEnd> controlOut(const SetupFields& setup, contract::ByteView bytes,
                                   std::uint32_t timeoutMs) override
    {
        std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
        return transfer(setup, copy, timeoutMs);
    }

    std::uint16_t interfaceNumber() const override { return m_interface; }

private:
    Result<TransferEnd> transfer(const SetupFields& setup, contract::ByteSpan bytes,
                                 std::uint32_t timeoutMs)
    {
        if (m_device.generation() != m_generation) return fail(ErrorCode::ConnectionLost, "gone");
        const ControlOutcome outcome = m_bus.control(m_device, setup, bytes);
        switch (outcome.kind) {
        case ControlOutcome::Kind::Done: return TransferEnd{.bytes = outcome.bytes};
        case ControlOutcome::Kind::Stalled: return TransferEnd{.isStalled = true};
        case ControlOutcome::Kind::Silent:
            m_bus.clock().sleepMs(timeoutMs);
            return fail(ErrorCode::DeviceSilent, "no answer");
        case ControlOutcome::Kind::Babbled: return fail(ErrorCode::TransferFailed, "babble");
        case ControlOutcome::Kind::Detached: break;
        }
        return fail(ErrorCode::ConnectionLost, "detached");
    }

    InProcessTransport& m_bus;
    Device& m_device;
    std::uint32_t m_generation;
    std::uint16_t m_interface;
};

InProcessTransport::InProcessTransport(virtual_h755::SimulatedClock& clock) : m_clock(clock)
{
}

void InProcessTransport::add(Device& device, std::string portPath)
{
    m_ports.push_back({&device, std::move(portPath), std::nullopt, 0});
}

void InProcessTransport::unplug(Device& device, const Unplug& unplug)
{
    const auto port = std::ranges::find(m_ports, &device, &Port::device);
    port->unplug = unplug;
}

/// Devices take turns of a millisecond; each turn lets the common clock go on.
void InProcessTransport::run(std::uint64_t us)
{
    const std::uint64_t endUs = m_clock.nowUs() + us;
    while (m_clock.nowUs() < endUs) {
        const std::uint64_t turnUs = std::min<std::uint64_t>(1000, endUs - m_clock.nowUs());
        for (Port& port : m_ports)
            port.device->run(turnUs);
        if (m_ports.empty()) m_clock.sleepUs(turnUs);
        pullDueCables();
        plugDueCables();
    }
}

void InProcessTransport::pullDueCables()
{
    for (Port& port : m_ports) {
        if (!port.unplug || port.replugUs != 0) continue;
        if (port.device->downloads().bytes < port.unplug->atBytes) continue;
        port.device->unplug();
        if (port.unplug->cutsPower) port.device->powerOff();
        port.replugUs = m_clock.nowUs() + std::uint64_t{port.unplug->replugAfterMs} * 1000 + 1;
    }
}

void InProcessTransport::plugDueCables()
{
    for (Port& port : m_ports) {
        if (port.replugUs == 0 || m_clock.nowUs() < port.replugUs) continue;
        port.path = port.unplug->portPath;
        port.device->plug();
        port.device->powerOn();
        port.unplug.reset();
        port.replugUs = 0;
    }
}

std::uint64_t InProcessTransport::enumerations() const
{
    std::uint64_t sum = 0;
    for (const Port& port : m_ports)
        sum += 2 * port.device->generation() + (port.device->isAttached() ? 1 : 0);
    return sum;
}

ControlOutcome InProcessTransport::control(Device& device, const SetupFields& setup,
                                           contract::ByteSpan bytes)
{
    if (beforeTransfer) beforeTransfer(device);
    const boot::SetupPacket packet{setup.requestType, setup.request, setup.value, setup.index,
                                   static_cast<std::uint16_t>(bytes.size())};
    const ControlOutcome outcome = device.control(packet, bytes);
    const bool isBlock = setup.requestType == 0x21 && setup.request == 1 && !bytes.empty() &&
                         outcome.kind == ControlOutcome::Kind::Done;
    if (isBlock) {
        m_timesSent.resize(std::max<std::size_t>(m_timesSent.size(), setup.value + 1U));
        ++m_timesSent[setup.value];
    }
    pullDueCables();
    plugDueCables();
    return outcome;
}

std::optional<updater::UsbDevice> InProcessTransport::describe(Port& port)
{
    contract::ByteArray<18> device{};
    contract::ByteArray<128> serial{};
    if (control(*port.device, getDescriptor(1), device).bytes != device.size()) return std::nullopt;
    const ControlOutcome text = control(*port.device, getDescriptor(3, device[16]), serial);
    const auto word = [&device](std::size_t at) {
        return static_cast<std::uint16_t>(device[at] | device[at + 1] << 8);
    };
    updater::UsbDevice result;
    result.bus = 1;
    result.address = static_cast<std::uint8_t>(port.device->generation() & 0x7F);
    result.portPath = port.path;
    result.vendorId = word(8);
    result.productId = word(10);
    result.bcdDevice = word(12);
    result.mode = result.productId == branding::bootloaderProductId
                      ? updater::DeviceMode::Bootloader
                      : updater::DeviceMode::Application;
    for (std::size_t i = 2; i + 1 < text.bytes; i += 2)
        result.serial += static_cast<char>(serial[i]);
    result.serial = updater::printable(result.serial);
    if (result.serial.empty()) return std::nullopt; // gone meanwhile
    return result;
}

Result<std::vector<updater::UsbDevice>> InProcessTransport::devices()
{
    std::vector<updater::UsbDevice> result;
    for (Port& port : m_ports) {
        if (!port.device->isAttached()) continue;
        if (auto device = describe(port)) result.push_back(*std::move(device));
    }
    return result;
}

Result<std::unique_ptr<updater::UsbConnection>>
InProcessTransport::open(const updater::UsbDevice& device)
{
    for (Port& port : m_ports) {
        const bool isMeant = port.path == device.portPath && port.device->isAttached() &&
                             (port.device->generation() & 0x7F) == device.address;
        if (!isMeant) continue;
        constexpr SetupFields setConfiguration{0x00, 9, 1, 0};
        if (control(*port.device, setConfiguration, {}).kind != ControlOutcome::Kind::Done)
            return fail(ErrorCode::TransferFailed, "SET_CONFIGURATION");
        return std::make_unique<InProcessConnection>(*this, *port.device, std::uint16_t{0});
    }
    return fail(ErrorCode::ConnectionLost, "the device has gone");
}

void InProcessTransport::waitForChange(std::uint32_t timeoutMs, std::stop_token stop)
{
    const std::uint64_t endUs = m_clock.nowUs() + std::uint64_t{timeoutMs} * 1000;
    const std::uint64_t before = enumerations();
    while (m_clock.nowUs() < endUs && !stop.stop_requested() && enumerations() == before)
        run(1000);
}

} // namespace test_support
