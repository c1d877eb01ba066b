#include "virtual/application_model.h"

#include "branding/branding.h"
#include "contract/dfu.h"
#include "contract/image_format.h"

#include <utility>

namespace virtual_h755 {

using boot::SetupAnswer;
using boot::SetupPacket;

namespace {

constexpr std::uint8_t typeMask = 0x60;

enum Descriptor : std::uint8_t { Device = 1, Configuration = 2, String = 3 };
enum StringIndex : std::uint8_t {
    Languages = 0,
    Vendor = 1,
    Product = 2,
    Serial = 3,
    Firmware = 4
};

std::vector<std::uint8_t> stringDescriptor(std::string_view ascii)
{
    std::vector<std::uint8_t> bytes{static_cast<std::uint8_t>(2 + 2 * ascii.size()), String};
    for (const char character : ascii) {
        bytes.push_back(static_cast<std::uint8_t>(character));
        bytes.push_back(0);
    }
    return bytes;
}

std::string hexOf(contract::ByteView bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0xF];
    }
    return text;
}

std::uint8_t low(std::uint16_t value)
{
    return static_cast<std::uint8_t>(value);
}
std::uint8_t high(std::uint16_t value)
{
    return static_cast<std::uint8_t>(value >> 8);
}

ApplicationModel& modelOf(void* context)
{
    return *static_cast<ApplicationModel*>(context);
}

} // namespace

ApplicationModel::ApplicationModel(VirtualBoard& board, Clock& clock, const contract::FlashMap& map,
                                   const boot::Identity& identity,
                                   const ApplicationBehaviour& behaviour, std::uint32_t m7Vectors)
    : m_board(board), m_clock(clock), m_map(map), m_behaviour(behaviour),
      m_port(portOf(*this, map)), m_startMs(board.nowMs())
{
    m_isRunning = canStart(m7Vectors);
    h755_client_init(&m_client, &m_port, identity.productId, behaviour.confirmDeadlineMs);
    makeDescriptors(identity);
    rethrow();
}

h755_port ApplicationModel::portOf(ApplicationModel& model, const contract::FlashMap& map)
{
    h755_port port{};
    port.flash_base = map.baseAddress;
    port.context = &model;
    port.read_backup = [](void* context, unsigned number) {
        return modelOf(context).m_board.backup(number);
    };
    port.write_backup = [](void* context, unsigned number, std::uint32_t value) {
        modelOf(context).m_board.setBackup(number, value);
    };
    port.read_flash = [](void* context, std::uint32_t address, void* out, std::size_t bytes) {
        return modelOf(context).readFlash(address, {static_cast<std::uint8_t*>(out), bytes});
    };
    port.program_flash_word = [](void* context, std::uint32_t address, const std::uint8_t* word) {
        return modelOf(context).programWord(address, word);
    };
    port.feed_watchdog = [](void* context) { modelOf(context).m_board.feedWatchdog(); };
    port.now_ms = [](void* context) { return modelOf(context).m_board.nowMs(); };
    port.reset = [](void* context) { modelOf(context).m_wantsReset = true; };
    for (const contract::Core core : contract::cores) {
        for (const contract::Slot slot : contract::slots) {
            port.slot_offsets[index(core)][index(slot)] =
                map.slot(core, slot).address - map.baseAddress;
        }
    }
    return port;
}

/// The header in front of the vectors, then initial stack pointer and reset vector, as the core
/// fetches.
bool ApplicationModel::canStart(std::uint32_t m7Vectors)
{
    const std::uint32_t imageAddress = m7Vectors - contract::imageHeaderBytes;
    contract::ByteArray<contract::ImageHeader::encodedBytes> headerBytes{};
    contract::ByteArray<8> vectorBytes{};
    m_board.flash().readPlainly(imageAddress, headerBytes);
    m_board.flash().readPlainly(m7Vectors, vectorBytes);
    const auto header = contract::decode<contract::ImageHeader>(headerBytes);
    contract::Decoder decoder{vectorBytes};
    std::uint32_t stackPointer = 0;
    std::uint32_t resetVector = 0;
    decoder(stackPointer);
    decoder(resetVector);
    const contract::Region payload{m7Vectors, header.payloadBytes};
    return checkHeader(header,
                       {imageAddress, m_map.slot(contract::Core::M7, contract::Slot::A).bytes}) ==
               contract::ImageFault::None &&
           stackPointer != 0xFFFF'FFFF && payload.contains(resetVector & ~1U);
}

bool ApplicationModel::readFlash(std::uint32_t address, contract::ByteSpan out)
try {
    return m_board.flash().read(address, out) != boot::ReadResult::Bad;
} catch (...) {
    m_exception = std::current_exception();
    return false;
}

bool ApplicationModel::programWord(std::uint32_t address, const std::uint8_t* word)
try {
    boot::Flash& flash = m_board.flash();
    flash.startProgram(address, std::span<const std::uint8_t, contract::flashWordBytes>(
                                    word, contract::flashWordBytes));
    const std::uint8_t bank = m_map.bankOf(address);
    boot::FlashResult result = flash.poll(bank);
    for (int i = 0; result == boot::FlashResult::Busy && i < 1000; ++i) {
        m_clock.sleepUs(10);
        result = flash.poll(bank);
    }
    return result == boot::FlashResult::Done;
} catch (...) {
    m_exception = std::current_exception();
    return false;
}

void ApplicationModel::rethrow()
{
    if (m_exception) std::rethrow_exception(std::exchange(m_exception, nullptr));
}

void ApplicationModel::poll()
{
    using Kind = ApplicationBehaviour::Kind;
    if (!m_isRunning) return;
    const bool isDue = m_board.nowMs() - m_startMs >= m_behaviour.afterMs;
    if (isDue && m_behaviour.kind == Kind::Hang) m_isRunning = false;
    if (isDue && m_behaviour.kind == Kind::Crash) m_wantsReset = true;
    if (isDue && m_behaviour.kind == Kind::Confirm && !m_hasConfirmed) {
        m_hasConfirmed = true;
        h755_client_confirm(&m_client);
        h755_client_healthy(&m_client);
    }
    if (m_isRunning) h755_client_poll(&m_client);
    rethrow();
}

bool ApplicationModel::isConfirmed() const
{
    h755_hand_off handOff{};
    return h755_client_hand_off(&m_client, &handOff) && handOff.state == H755_SET_CONFIRMED;
}

SetupAnswer ApplicationModel::setup(const SetupPacket& packet)
{
    std::size_t bytes = 0;
    const auto raw = contract::encode(packet);
    const h755_reply reply = h755_client_control(&m_client, raw.data(), m_reply.data(), &bytes);
    rethrow();
    m_isOurs = reply != H755_NOT_OURS;
    switch (reply) {
    case H755_SEND: return SetupAnswer::send(contract::ByteView{m_reply}.first(bytes));
    case H755_ACKNOWLEDGE: return SetupAnswer::acknowledge();
    case H755_STALL: return SetupAnswer::stall();
    case H755_NOT_OURS: break;
    }
    return (packet.requestType & typeMask) == 0 ? standardRequest(packet) : SetupAnswer::stall();
}

void ApplicationModel::completed()
{
    if (m_isOurs) h755_client_control_completed(&m_client);
    m_isOurs = false;
}

/// USB 2.0 9.4, as much as a device with one configuration and no endpoint needs.
SetupAnswer ApplicationModel::standardRequest(const SetupPacket& packet)
{
    enum : std::uint8_t {
        GetStatus = 0,
        GetDescriptor = 6,
        GetConfiguration = 8,
        SetConfiguration = 9,
        GetInterface = 10,
        SetInterface = 11
    };
    const bool isSet = packet.request == SetConfiguration || packet.request == SetInterface;
    if (packet.isIn() == isSet || (isSet && packet.length != 0)) return SetupAnswer::stall();
    switch (packet.request) {
    case GetStatus: m_reply[0] = m_reply[1] = 0; return SetupAnswer::send({m_reply.data(), 2});
    case GetDescriptor: return descriptor(packet.value);
    case GetConfiguration:
        m_reply[0] = m_configuration;
        return SetupAnswer::send({m_reply.data(), 1});
    case SetConfiguration:
        if (packet.value > 1) return SetupAnswer::stall();
        m_configuration = low(packet.value);
        return SetupAnswer::acknowledge();
    case GetInterface: m_reply[0] = 0; return SetupAnswer::send({m_reply.data(), 1});
    case SetInterface:
        return packet.value == 0 && packet.index == 0 ? SetupAnswer::acknowledge()
                                                      : SetupAnswer::stall();
    default: return SetupAnswer::stall();
    }
}

SetupAnswer ApplicationModel::descriptor(std::uint16_t value) const
{
    const std::uint8_t number = low(value);
    switch (high(value)) {
    case Device: return SetupAnswer::send(m_deviceDescriptor);
    case Configuration:
        return number == 0 ? SetupAnswer::send(m_configurationDescriptor) : SetupAnswer::stall();
    case String:
        return number < m_strings.size() ? SetupAnswer::send(m_strings[number])
                                         : SetupAnswer::stall();
    default: return SetupAnswer::stall();
    }
}

void ApplicationModel::makeDescriptors(const boot::Identity& identity)
{
    h755_hand_off handOff{};
    h755_client_hand_off(&m_client, &handOff);
    const h755_version& release = handOff.release_version;
    const std::uint16_t version =
        contract::bcdDevice({release.major, release.minor, release.revision, release.build});
    const std::uint16_t vendor = identity.vendorId;
    const std::uint16_t product = branding::runtimeProductId;

    m_deviceDescriptor = {18,
                          Device,
                          0x00,
                          0x02,
                          0,
                          0,
                          0,
                          64,
                          low(vendor),
                          high(vendor),
                          low(product),
                          high(product),
                          low(version),
                          high(version),
                          Vendor,
                          Product,
                          Serial,
                          1};
    constexpr std::uint8_t totalBytes = 9 + H755_RUNTIME_DESCRIPTOR_BYTES;
    m_configurationDescriptor = {
        9, Configuration, totalBytes, 0, 1, 1, 0, 0x80, 50, H755_RUNTIME_DESCRIPTOR(0, Firmware)};
    m_strings = {{4, String, 0x09, 0x04}, // English (United States)
                 stringDescriptor(identity.vendorName),
                 stringDescriptor(identity.productName),
                 stringDescriptor(hexOf(m_board.facts().uniqueId)),
                 stringDescriptor("Firmware")};
}

} // namespace virtual_h755
