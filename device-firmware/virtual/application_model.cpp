#include "virtual/application_model.h"

#include "branding/branding.h"
#include "contract/image_format.h"

#include <utility>

namespace virtual_h755 {

using boot::SetupAnswer;
using boot::SetupPacket;

namespace {

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
    startUsb(identity);
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
    const SetupAnswer answer = m_usb->setup(packet);
    rethrow();
    return answer;
}

void ApplicationModel::startUsb(const boot::Identity& identity)
{
    m_usb.emplace(m_client, example::UsbIdentity{identity.vendorId, branding::runtimeProductId,
                                                 identity.vendorName, identity.productName,
                                                 m_board.facts().uniqueId});
}

} // namespace virtual_h755
