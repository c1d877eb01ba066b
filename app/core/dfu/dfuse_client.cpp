#include "core/dfu/dfuse_client.h"

#include "contract/flash_map.h"
#include "core/dfu/dfu_timing.h"
#include "core/dfu/dfuse_identity.h"

#include <algorithm>

namespace updater {

using contract::dfu::Request;
using contract::dfu::State;
using contract::dfu::Status;
using contract::dfu::StatusReply;

namespace {

constexpr std::uint8_t classInterfaceOut = 0x21;
constexpr std::uint8_t classInterfaceIn = 0xA1;
constexpr std::uint8_t setAddressCommand = 0x21;
constexpr std::uint8_t eraseCommand = 0x41;
constexpr std::uint16_t firstDataBlock = 2;
constexpr std::uint32_t versionAddress = 0x1FF1'E7FE;  // AN2606
constexpr std::uint32_t uniqueIdAddress = 0x1FF1'E800; // RM0399 ch. 61
constexpr std::uint8_t firstSoundVersion = 0x92;       // erases bank 2 as it says

std::string describe(const StatusReply& reply)
{
    return "DFU status " + std::to_string(static_cast<unsigned>(reply.status)) + " in state " +
           std::to_string(static_cast<unsigned>(reply.state));
}

/// What an error of the ROM loader means; our bootloader's own meanings are others (errorOf).
ErrorCode romErrorOf(Status status)
{
    switch (status) {
    case Status::ErrVendor: return ErrorCode::ReadProtected; // AN3156
    case Status::ErrErase:
    case Status::ErrCheckErased: return ErrorCode::FlashErase;
    case Status::ErrWrite:
    case Status::ErrProg: return ErrorCode::FlashProgram;
    case Status::ErrVerify: return ErrorCode::FlashVerify;
    case Status::ErrTarget:
    case Status::ErrAddress: return ErrorCode::WrongChip; // what it says to have, it does not know
    default: return ErrorCode::ReplyMalformed;
    }
}

bool isBusy(State state)
{
    return state == State::DownloadBusy || state == State::DownloadSync;
}

std::uint16_t blockNumber(std::size_t offset)
{
    return static_cast<std::uint16_t>(firstDataBlock + offset / DfuseClient::blockBytes);
}

/// In whole flash words. A word programmed with 0xFF looks erased and can never be programmed
/// again, which the journal behind its first words has to be (R8).
ByteView withoutBlankTail(ByteView block)
{
    std::size_t bytes = block.size();
    const auto isBlank = [](std::uint8_t byte) { return byte == 0xFF; };
    while (bytes > 0 &&
           std::ranges::all_of(
               block.subspan(bytes - contract::flashWordBytes, contract::flashWordBytes), isBlank))
        bytes -= contract::flashWordBytes;
    return block.first(bytes);
}

} // namespace

Result<> DfuseClient::begin()
{
    TRY_ASSIGN(const DfuseIdentity identity, readDfuseIdentity(m_connection));
    TRY(requireH755(identity));
    if (identity.transferBytes < blockBytes)
        return fail(ErrorCode::ReplyMalformed, "transfers are too short");
    constexpr std::uint8_t toInterface = 0x01;
    constexpr std::uint8_t setInterface = 11;
    TRY_ASSIGN(const TransferEnd end, m_connection.controlOut({toInterface, setInterface, 0,
                                                               m_connection.interfaceNumber()},
                                                              {}, dfu_timing::romTransferMs));
    if (end.isStalled) return fail(ErrorCode::ReplyMalformed, "SET_INTERFACE stalled");
    // With read protection even the first command is refused. A chip that shows the layout of an
    // H755 and has one bank only does not know the end of bank 2.
    const contract::FlashMap& map = contract::h755FlashMap;
    TRY(command(setAddressCommand, map.baseAddress));
    TRY(command(setAddressCommand, map.baseAddress + map.totalBytes() - blockBytes));
    learnVersion();
    return {};
}

/// Unknown is as good as V9.1: its precautions cost time only.
void DfuseClient::learnVersion()
{
    m_version.reset();
    if (const auto bytes = read(versionAddress, 2)) m_version = bytes->front();
}

Result<contract::UniqueId> DfuseClient::uniqueId()
{
    contract::UniqueId id{};
    TRY_ASSIGN(const auto bytes, read(uniqueIdAddress, std::uint32_t{id.size()}));
    std::copy(bytes.begin(), bytes.end(), id.begin());
    return id;
}

Result<> DfuseClient::eraseSector(std::uint32_t address)
{
    TRY(toIdle());
    const std::uint64_t startMs = m_clock.nowMs();
    TRY(command(eraseCommand, address));
    const bool isBank2 = contract::h755FlashMap.bankOf(address) == 1;
    // Up to V9.1 the end of an erase in bank 2 is reported too early or not at all, and what meets
    // the flash before its real end is lost or stops the loader (AN2606).
    if (isBank2 && m_version.value_or(0) < firstSoundVersion)
        waitUntil(startMs + dfu_timing::romEraseMs);
    return {};
}

Result<> DfuseClient::program(std::uint32_t address, ByteView bytes)
{
    if (bytes.empty() || bytes.size() > regionBytes || bytes.size() % blockBytes != 0)
        return fail(ErrorCode::InternalError, "not a region of whole blocks");
    TRY(command(setAddressCommand, address));
    for (std::size_t at = 0; at < bytes.size(); at += blockBytes) {
        const ByteView content = withoutBlankTail(bytes.subspan(at, blockBytes));
        if (content.size() == blockBytes) {
            TRY(download(blockNumber(at), content));
        } else if (!content.empty()) {
            TRY(programAlone(address + static_cast<std::uint32_t>(at), content));
            TRY(command(setAddressCommand, address));
        }
    }
    return {};
}

/// The loader multiplies the block number by the length it gets: a shorter block finds its place
/// only as the first behind an address of its own.
Result<> DfuseClient::programAlone(std::uint32_t address, ByteView content)
{
    TRY(command(setAddressCommand, address));
    return download(blockNumber(0), content);
}

Result<std::vector<std::uint8_t>> DfuseClient::read(std::uint32_t address, std::uint32_t bytes)
{
    if (bytes == 0 || bytes > regionBytes || (bytes > blockBytes && bytes % blockBytes != 0))
        return fail(ErrorCode::InternalError, "not a region of whole blocks");
    TRY(command(setAddressCommand, address));
    TRY(toIdle()); // an upload in dfuDNLOAD-IDLE is refused
    std::vector<std::uint8_t> result(bytes);
    for (std::size_t at = 0; at < bytes; at += blockBytes) {
        const ByteSpan part =
            ByteSpan{result}.subspan(at, std::min<std::size_t>(blockBytes, bytes - at));
        const SetupFields setup{classInterfaceIn, static_cast<std::uint8_t>(Request::Upload),
                                blockNumber(at), m_connection.interfaceNumber()};
        TRY_ASSIGN(const TransferEnd end,
                   m_connection.controlIn(setup, part, dfu_timing::romTransferMs));
        if (end.isStalled) {
            TRY_ASSIGN(const StatusReply reply, status());
            return fail(romErrorOf(reply.status), "upload refused, " + describe(reply));
        }
        if (end.bytes != part.size()) return fail(ErrorCode::TransferFailed, "short upload");
    }
    return result;
}

Result<> DfuseClient::command(std::uint8_t number, std::uint32_t address)
{
    TRY(toIdle());
    contract::ByteArray<5> bytes{number};
    contract::Encoder encoder{ByteSpan{bytes}.subspan(1)};
    encoder(address);
    return download(0, bytes);
}

/// Nothing is done before GETSTATUS asks, and that answer comes when it is done (AN3156).
Result<> DfuseClient::download(std::uint16_t block, ByteView bytes)
{
    const std::uint64_t startMs = m_clock.nowMs();
    TRY(require(Request::Download, block, bytes));
    TRY_ASSIGN(const StatusReply reply, waitWhileBusy(startMs));
    if (reply.status != Status::Ok) return fail(romErrorOf(reply.status), describe(reply));
    if (isBusy(reply.state)) return toIdle();
    if (reply.state != State::DownloadIdle) return fail(ErrorCode::ReplyMalformed, describe(reply));
    return {};
}

/// The last answer, which is still busy if the loader has got stuck.
Result<StatusReply> DfuseClient::waitWhileBusy(std::uint64_t startMs)
{
    while (true) {
        TRY_ASSIGN(const StatusReply reply, status());
        const std::uint64_t waitedMs = m_clock.nowMs() - startMs;
        if (!isBusy(reply.state) || waitedMs >= dfu_timing::romEraseMs) return reply;
        const auto leftMs = static_cast<std::uint32_t>(dfu_timing::romEraseMs - waitedMs);
        m_clock.sleepMs(std::clamp(reply.pollTimeoutMs(), 1U, leftMs));
    }
}

/// CLRSTATUS only where it is due: strict loaders stall any other. Two of them lead V9.0 out of a
/// dfuDNBUSY that never ends, by way of dfuERROR.
Result<> DfuseClient::toIdle()
{
    constexpr int attempts = 10;
    for (int i = 0; i < attempts; ++i) {
        TRY_ASSIGN(const StatusReply reply, waitWhileBusy(m_clock.nowMs()));
        if (reply.state == State::Idle && reply.status == Status::Ok) return {};
        const bool isCleared = reply.state == State::Error || isBusy(reply.state);
        TRY(send(isCleared ? Request::ClearStatus : Request::Abort, 0, {}));
    }
    return fail(ErrorCode::DeviceStayedBusy, "the ROM loader does not reach dfuIDLE");
}

Result<StatusReply> DfuseClient::status()
{
    contract::ByteArray<StatusReply::encodedBytes> bytes{};
    const SetupFields setup{classInterfaceIn, static_cast<std::uint8_t>(Request::GetStatus), 0,
                            m_connection.interfaceNumber()};
    TRY_ASSIGN(const TransferEnd end,
               m_connection.controlIn(setup, bytes, dfu_timing::romStatusMs));
    if (end.isStalled || end.bytes != bytes.size())
        return fail(ErrorCode::ReplyMalformed, "DFU_GETSTATUS");
    const auto reply = contract::decode<StatusReply>(bytes);
    if (reply.state > State::Error || reply.status > Status::ErrStalledPacket)
        return fail(ErrorCode::ReplyMalformed, describe(reply));
    return reply;
}

Result<TransferEnd> DfuseClient::send(Request request, std::uint16_t value, ByteView bytes)
{
    const SetupFields setup{classInterfaceOut, static_cast<std::uint8_t>(request), value,
                            m_connection.interfaceNumber()};
    return m_connection.controlOut(setup, bytes, dfu_timing::romTransferMs);
}

Result<> DfuseClient::require(Request request, std::uint16_t value, ByteView bytes)
{
    TRY_ASSIGN(const TransferEnd end, send(request, value, bytes));
    if (!end.isStalled && end.bytes == bytes.size()) return {};
    return fail(ErrorCode::TransferFailed,
                "DFU request " + std::to_string(static_cast<unsigned>(request)) + " refused");
}

void DfuseClient::waitUntil(std::uint64_t ms)
{
    const std::uint64_t nowMs = m_clock.nowMs();
    if (nowMs < ms) m_clock.sleepMs(static_cast<std::uint32_t>(ms - nowMs));
}

} // namespace updater
