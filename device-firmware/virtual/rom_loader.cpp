#include "virtual/rom_loader.h"

#include "virtual/rom_descriptors.h"

#include <algorithm>

namespace virtual_h755 {

using boot::SetupAnswer;
using boot::SetupPacket;
using contract::ByteView;
using contract::dfu::Request;
using contract::dfu::StatusReply;

namespace {

enum Command : std::uint8_t { SetAddress = 0x21, Erase = 0x41, ReadUnprotect = 0x92 };
/// What Get answers (AN3156, REF 7.2).
constexpr contract::ByteArray<4> commands{0x00, SetAddress, Erase, ReadUnprotect};
constexpr std::uint16_t addressBytes = 5;   ///< command and address
constexpr std::uint16_t firstDataBlock = 2; ///< wValue; 0 is a command, 1 is reserved

} // namespace

RomLoader::RomLoader(FlashModel& flash, Clock& clock, const RomOptions& options,
                     const boot::BoardFacts& facts)
    : m_options(options), m_memory(flash, clock, options, facts)
{
}

SetupAnswer RomLoader::setup(const SetupPacket& packet)
{
    constexpr std::uint8_t classOut = 0x21;
    constexpr std::uint8_t classIn = 0xA1;
    constexpr std::uint8_t typeMask = 0x60;
    if ((packet.requestType & typeMask) == 0) return standardRequest(packet);
    const bool isRead = packet.request == static_cast<std::uint8_t>(Request::Upload) ||
                        packet.request == static_cast<std::uint8_t>(Request::GetStatus) ||
                        packet.request == static_cast<std::uint8_t>(Request::GetState);
    const bool isRight = packet.requestType == (isRead ? classIn : classOut);
    return isRight && packet.index == 0 ? classRequest(packet) : SetupAnswer::stall();
}

/// USB 2.0 9.4, as much as a device with one configuration and no endpoint needs.
SetupAnswer RomLoader::standardRequest(const SetupPacket& packet)
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
    if (packet.isIn() == isSet || (isSet && packet.value > 1)) return SetupAnswer::stall();
    switch (packet.request) {
    case GetStatus: m_reply[0] = m_reply[1] = 0; return SetupAnswer::send({m_reply.data(), 2});
    case GetDescriptor: return descriptor(packet.value);
    case GetConfiguration: return reply(m_configuration);
    case SetConfiguration:
        m_configuration = static_cast<std::uint8_t>(packet.value);
        return SetupAnswer::acknowledge();
    case GetInterface: return reply(m_alternate);
    case SetInterface:
        m_alternate = static_cast<std::uint8_t>(packet.value);
        return SetupAnswer::acknowledge();
    default: return SetupAnswer::stall();
    }
}

SetupAnswer RomLoader::reply(std::uint8_t value)
{
    m_reply[0] = value;
    return SetupAnswer::send({m_reply.data(), 1});
}

SetupAnswer RomLoader::descriptor(std::uint16_t value)
{
    const std::vector<std::uint8_t> bytes = romDescriptor(m_options, value);
    if (bytes.empty()) return SetupAnswer::stall();
    std::copy(bytes.begin(), bytes.end(), m_reply.begin());
    return SetupAnswer::send({m_reply.data(), bytes.size()});
}

SetupAnswer RomLoader::classRequest(const SetupPacket& packet)
{
    switch (static_cast<Request>(packet.request)) {
    case Request::Download: return download(packet);
    case Request::Upload: return upload(packet);
    case Request::GetStatus: return status();
    case Request::ClearStatus: return clearStatus();
    case Request::GetState: return reply(static_cast<std::uint8_t>(m_state));
    case Request::Abort: return abort();
    case Request::Detach: break; // OPEN: of no use in DFU mode
    }
    return stall(Status::ErrStalledPacket);
}

/// "No": the reason is in the next GETSTATUS (DFU 1.1 A.2). One that is busy stays so.
SetupAnswer RomLoader::stall(Status reason)
{
    if (m_state == State::DownloadBusy) return SetupAnswer::stall();
    m_state = State::Error;
    m_status = reason;
    return SetupAnswer::stall();
}

/// Nothing is done before GETSTATUS asks (REF 7.2). Length 0 with a data block's number is LEAVE.
SetupAnswer RomLoader::download(const SetupPacket& packet)
{
    const bool isReady = m_state == State::Idle || m_state == State::DownloadIdle;
    const bool isCommand = packet.value == 0 && packet.length != 0;
    const bool isData = packet.value >= firstDataBlock && packet.length >= rom::leastBytes &&
                        packet.length <= rom::transferBytes;
    const bool isLeave = packet.length == 0;
    const bool isShort = isCommand && packet.length <= addressBytes;
    if (!isReady || !(isShort || isData || isLeave)) return stall(Status::ErrStalledPacket);
    m_pending = packet;
    if (isLeave) {
        m_state = State::ManifestSync;
        return SetupAnswer::acknowledge();
    }
    return SetupAnswer::receive({m_received.data(), packet.length});
}

bool RomLoader::received()
{
    if (m_pending.value == 0 && !isCommandComplete()) {
        (void)stall(Status::ErrStalledPacket);
        return false;
    }
    m_state = State::DownloadSync;
    return true;
}

bool RomLoader::isCommandComplete() const
{
    switch (m_received[0]) {
    case SetAddress: return m_pending.length == addressBytes;
    case Erase: return m_pending.length == addressBytes || m_pending.length == 1;
    case ReadUnprotect: return m_pending.length == 1;
    default: return false;
    }
}

/// From dfuIDLE and dfuUPLOAD-IDLE only (REF 7.2).
SetupAnswer RomLoader::upload(const SetupPacket& packet)
{
    const bool isReady = m_state == State::Idle || m_state == State::UploadIdle;
    if (!isReady) return stall(Status::ErrStalledPacket);
    if (packet.value == 0) return SetupAnswer::send(commands);
    const bool isBlock = packet.value >= firstDataBlock && packet.length >= rom::leastBytes &&
                         packet.length <= rom::transferBytes;
    if (!isBlock) return stall(Status::ErrStalledPacket);
    const std::uint32_t address =
        m_pointer + (packet.value - std::uint32_t{firstDataBlock}) * packet.length;
    const RomResult result = m_memory.read(address, {m_reply.data(), packet.length});
    if (result == RomResult::Done) {
        m_state = State::UploadIdle;
        return SetupAnswer::send({m_reply.data(), packet.length});
    }
    m_isHung = result == RomResult::Hung;
    return stall(result == RomResult::Refused ? Status::ErrVendor : Status::ErrTarget);
}

/// The first one after DNLOAD acts, takes as long as that does (0.9 s were seen for an erase) and
/// says dfuDNBUSY; the second one tells the result (T-DFU, REF 7.1 and 7.2).
SetupAnswer RomLoader::status()
{
    if (m_state == State::DownloadSync) {
        m_state = State::DownloadBusy;
        m_result = perform();
        m_isHung = m_result == RomResult::Hung;
    } else if (m_state == State::DownloadBusy) {
        finish();
    } else if (m_state == State::ManifestSync) {
        m_state = State::Manifest;
        m_isLeaving = true;
    }
    StatusReply reply{.status = m_status, .state = m_state};
    if (m_state == State::DownloadBusy) reply.setPollTimeoutMs(rom::pollTimeoutMs);
    const auto bytes = contract::encode(reply);
    std::copy(bytes.begin(), bytes.end(), m_reply.begin());
    return SetupAnswer::send({m_reply.data(), bytes.size()});
}

void RomLoader::finish()
{
    if (m_result == RomResult::Wedged) return;
    m_state = m_result == RomResult::Done ? State::DownloadIdle : State::Error;
    if (m_result == RomResult::WrongAddress) m_status = Status::ErrTarget;
    if (m_result == RomResult::Refused) m_status = Status::ErrVendor;
}

RomResult RomLoader::perform()
{
    if (m_pending.value == 0) return performCommand();
    // OPEN: writing option bytes, which no program of ours may do.
    if (m_alternate != 0) return RomResult::WrongAddress;
    // The length of this very block counts: a short last one goes astray (AN3156, REF 7.2).
    const std::uint32_t offset =
        (m_pending.value - std::uint32_t{firstDataBlock}) * m_pending.length;
    return m_memory.program(m_pointer + offset, {m_received.data(), m_pending.length});
}

RomResult RomLoader::performCommand()
{
    if (m_received[0] == ReadUnprotect) {
        m_memory.unprotect();
        m_resets = true;
        return RomResult::Done;
    }
    if (m_pending.length == 1) return m_memory.eraseAll();
    std::uint32_t address = 0;
    contract::Decoder decoder{ByteView{m_received}.subspan(1, 4)};
    decoder(address);
    if (m_received[0] == Erase) return m_memory.eraseSectorOf(address);
    if (m_memory.isReadProtected()) return RomResult::Refused;
    if (!m_memory.isKnown(address)) return RomResult::WrongAddress;
    m_pointer = address;
    return RomResult::Done;
}

/// Out of a wedge the first one leads to dfuERROR / errUNKNOWN, the second one to dfuIDLE (T-DFU,
/// REF 7.1), whether the erase is over or not.
SetupAnswer RomLoader::clearStatus()
{
    const bool isWaited = m_state == State::Error;
    if (!isWaited && m_options.behaviour.isStrict) return stall(Status::ErrStalledPacket);
    const bool isBusy = m_state == State::DownloadBusy;
    m_state = isBusy ? State::Error : State::Idle;
    m_status = isBusy ? Status::ErrUnknown : Status::Ok;
    return SetupAnswer::acknowledge();
}

SetupAnswer RomLoader::abort()
{
    const bool isAllowed = m_state == State::Idle || m_state == State::DownloadIdle ||
                           m_state == State::UploadIdle || m_state == State::DownloadSync;
    if (!isAllowed) return stall(Status::ErrStalledPacket);
    m_state = State::Idle;
    return SetupAnswer::acknowledge();
}

/// What must wait for the end of the transfer.
void RomLoader::completed()
{
    if (m_resets) m_exit = Exit{};
    if (m_isLeaving) m_exit = Exit{m_pointer};
}

} // namespace virtual_h755
