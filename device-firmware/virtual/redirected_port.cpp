#include "virtual/redirected_port.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <thread>

namespace virtual_h755 {

namespace {

constexpr std::size_t interfaceDescriptorBytes = 9;
constexpr std::uint8_t interfaceType = 4;
constexpr std::uint8_t standardOut = 0x00;
constexpr std::uint8_t standardIn = 0x80;
constexpr std::uint8_t interfaceOut = 0x01;
constexpr std::uint8_t interfaceIn = 0x81;

enum Request : std::uint8_t {
    GetConfiguration = 8,
    SetConfiguration = 9,
    GetInterface = 10,
    SetInterface = 11,
};

RedirectedPort& portOf(void* context)
{
    return *static_cast<RedirectedPort*>(context);
}

std::uint16_t wordAt(const std::vector<std::uint8_t>& bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

usb_redir_interface_info_header interfacesIn(const std::vector<std::uint8_t>& configuration)
{
    usb_redir_interface_info_header info{};
    for (std::size_t at = 0; at + interfaceDescriptorBytes <= configuration.size() &&
                             configuration[at] != 0 && info.interface_count < 32;
         at += configuration[at]) {
        const std::uint8_t* const found = &configuration[at];
        if (found[1] != interfaceType || found[3] != 0) continue;
        const std::uint32_t number = info.interface_count++;
        info.interface[number] = found[2];
        info.interface_class[number] = found[5];
        info.interface_subclass[number] = found[6];
        info.interface_protocol[number] = found[7];
    }
    return info;
}

/// Only endpoint 0 exists.
usb_redir_ep_info_header endpoints()
{
    usb_redir_ep_info_header info{};
    std::fill(std::begin(info.type), std::end(info.type), usb_redir_type_invalid);
    constexpr std::size_t firstIn = 16;
    for (const std::size_t number : {std::size_t{0}, firstIn}) {
        info.type[number] = usb_redir_type_control;
        info.max_packet_size[number] = 64;
    }
    return info;
}

std::uint8_t redirStatus(ControlOutcome::Kind kind)
{
    switch (kind) {
    case ControlOutcome::Kind::Done: return usb_redir_success;
    case ControlOutcome::Kind::Stalled: return usb_redir_stall;
    case ControlOutcome::Kind::Silent: return usb_redir_timeout;
    case ControlOutcome::Kind::Babbled: return usb_redir_babble;
    case ControlOutcome::Kind::Detached: break;
    }
    return usb_redir_ioerror;
}

} // namespace

RedirectedPort::RedirectedPort(UsbFunction& function, Descriptors descriptors, FindHost findHost)
    : m_function(function), m_descriptors(std::move(descriptors)), m_findHost(std::move(findHost))
{
}

RedirectedPort::~RedirectedPort() = default;

pollfd RedirectedPort::waiting() const
{
    const bool hasOutput = usbredirparser_has_data_to_write(m_parser.get()) != 0;
    return {m_connection.get(), static_cast<short>(hasOutput ? POLLIN | POLLOUT : POLLIN), 0};
}

void RedirectedPort::serve()
{
    if (!isConnected()) connect();
    if (!isConnected()) return;
    // A lost connection is QEMU's end, or another program's, after which the next one may come.
    if (usbredirparser_do_read(m_parser.get()) == usbredirparser_read_io_error) {
        m_parser.reset();
        m_connection = Descriptor();
        return;
    }
    (void)usbredirparser_do_write(m_parser.get());
}

void RedirectedPort::connect()
{
    m_connection = m_findHost();
    if (isConnected()) makeParser();
}

void RedirectedPort::makeParser()
{
    m_parser.reset(usbredirparser_create());
    usbredirparser& parser = *m_parser;
    parser.priv = this;
    parser.log_func = [](void*, int, const char*) {};
    parser.read_func = [](void* port, std::uint8_t* data, int count) {
        return portOf(port).read(data, count);
    };
    parser.write_func = [](void* port, std::uint8_t* data, int count) {
        return portOf(port).write(data, count);
    };
    parser.hello_func = [](void* port, usb_redir_hello_header*) { portOf(port).introduce(); };
    parser.reset_func = [](void* port) { portOf(port).m_function.busReset(); };
    parser.set_configuration_func = [](void* port, std::uint64_t id,
                                       usb_redir_set_configuration_header* wanted) {
        portOf(port).setConfiguration(id, wanted->configuration);
    };
    parser.get_configuration_func = [](void* port, std::uint64_t id) {
        portOf(port).reportConfiguration(id);
    };
    parser.set_alt_setting_func = [](void* port, std::uint64_t id,
                                     usb_redir_set_alt_setting_header* wanted) {
        portOf(port).setAlternate(id, wanted->interface, wanted->alt);
    };
    parser.get_alt_setting_func = [](void* port, std::uint64_t id,
                                     usb_redir_get_alt_setting_header* wanted) {
        portOf(port).reportAlternate(id, wanted->interface);
    };
    parser.cancel_data_packet_func = [](void* port, std::uint64_t id) { portOf(port).cancel(id); };
    parser.control_packet_func = [](void* port, std::uint64_t id, ControlHeader* header,
                                    std::uint8_t* data, int bytes) {
        portOf(port).transfer(id, *header, {data, static_cast<std::size_t>(bytes)});
        usbredirparser_free_packet_data(portOf(port).m_parser.get(), data);
    };

    std::array<std::uint32_t, USB_REDIR_CAPS_SIZE> capabilities{};
    for (const int capability :
         {usb_redir_cap_connect_device_version, usb_redir_cap_device_disconnect_ack,
          usb_redir_cap_ep_info_max_packet_size, usb_redir_cap_64bits_ids,
          usb_redir_cap_32bits_bulk_length}) {
        usbredirparser_caps_set_cap(capabilities.data(), capability);
    }
    usbredirparser_init(&parser, "virtual H755", capabilities.data(), capabilities.size(),
                        usbredirparser_fl_usb_host);
}

int RedirectedPort::read(std::uint8_t* data, int count)
{
    const ssize_t bytes = recv(m_connection.get(), data, static_cast<std::size_t>(count), 0);
    if (bytes > 0) return static_cast<int>(bytes);
    return bytes < 0 && errno == EAGAIN ? 0 : -1;
}

int RedirectedPort::write(const std::uint8_t* data, int count)
{
    const ssize_t bytes =
        send(m_connection.get(), data, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    if (bytes >= 0) return static_cast<int>(bytes);
    return errno == EAGAIN ? 0 : -1;
}

void RedirectedPort::introduce()
{
    usb_redir_ep_info_header endpointInfo = endpoints();
    usb_redir_interface_info_header interfaces = interfacesIn(m_descriptors.configuration);
    const std::vector<std::uint8_t>& device = m_descriptors.device;
    usb_redir_device_connect_header connected{
        usb_redir_speed_full, device[4],          device[5],         device[6],
        wordAt(device, 8),    wordAt(device, 10), wordAt(device, 12)};
    usbredirparser_send_ep_info(m_parser.get(), &endpointInfo);
    usbredirparser_send_interface_info(m_parser.get(), &interfaces);
    usbredirparser_send_device_connect(m_parser.get(), &connected);
}

std::uint8_t RedirectedPort::request(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    return redirStatus(m_function.control(packet, data).kind);
}

void RedirectedPort::setConfiguration(std::uint64_t id, std::uint8_t configuration)
{
    const std::uint8_t status = request({standardOut, SetConfiguration, configuration, 0, 0}, {});
    usb_redir_configuration_status_header reply{status, configuration};
    usbredirparser_send_configuration_status(m_parser.get(), id, &reply);
}

void RedirectedPort::reportConfiguration(std::uint64_t id)
{
    std::array<std::uint8_t, 1> configuration{};
    const std::uint8_t status = request({standardIn, GetConfiguration, 0, 0, 1}, configuration);
    usb_redir_configuration_status_header reply{status, configuration[0]};
    usbredirparser_send_configuration_status(m_parser.get(), id, &reply);
}

void RedirectedPort::setAlternate(std::uint64_t id, std::uint8_t interface, std::uint8_t alternate)
{
    const std::uint8_t status = request({interfaceOut, SetInterface, alternate, interface, 0}, {});
    usb_redir_alt_setting_status_header reply{status, interface, alternate};
    usbredirparser_send_alt_setting_status(m_parser.get(), id, &reply);
}

void RedirectedPort::reportAlternate(std::uint64_t id, std::uint8_t interface)
{
    std::array<std::uint8_t, 1> alternate{};
    const std::uint8_t status = request({interfaceIn, GetInterface, 0, interface, 1}, alternate);
    usb_redir_alt_setting_status_header reply{status, interface, alternate[0]};
    usbredirparser_send_alt_setting_status(m_parser.get(), id, &reply);
}

/// A device that does not answer leaves the transfer to the guest's time-out, which cancels it.
void RedirectedPort::transfer(std::uint64_t id, ControlHeader header, contract::ByteView sent)
{
    const boot::SetupPacket packet{header.requesttype, header.request, header.value, header.index,
                                   header.length};
    std::vector<std::uint8_t> data(packet.length);
    if (!packet.isIn()) std::copy_n(sent.begin(), std::min(sent.size(), data.size()), data.begin());
    const ControlOutcome outcome = m_function.control(packet, data);
    if (outcome.kind == ControlOutcome::Kind::Silent) {
        m_unanswered[id] = header;
        return;
    }
    // Rare enough that the other ports can wait as well.
    std::this_thread::sleep_for(std::chrono::microseconds(outcome.lateUs));
    const bool isDone = outcome.kind == ControlOutcome::Kind::Done;
    header.status = redirStatus(outcome.kind);
    header.length = static_cast<std::uint16_t>(isDone ? outcome.bytes : 0);
    const bool sendsData = packet.isIn() && header.length != 0;
    usbredirparser_send_control_packet(m_parser.get(), id, &header,
                                       sendsData ? data.data() : nullptr,
                                       sendsData ? header.length : 0);
}

void RedirectedPort::cancel(std::uint64_t id)
{
    const auto found = m_unanswered.find(id);
    if (found == m_unanswered.end()) return;
    ControlHeader header = found->second;
    m_unanswered.erase(found);
    header.status = usb_redir_cancelled;
    header.length = 0;
    usbredirparser_send_control_packet(m_parser.get(), id, &header, nullptr, 0);
}

} // namespace virtual_h755
