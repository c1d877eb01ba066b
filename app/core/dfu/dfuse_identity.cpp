#include "core/dfu/dfuse_identity.h"

#include "contract/dfu.h"
#include "core/dfu/dfu_timing.h"

namespace updater {

namespace {

using Bytes = std::vector<std::uint8_t>;

enum DescriptorType : std::uint8_t { Configuration = 2, String = 3, Interface = 4 };
constexpr std::uint16_t dfuseVersion = 0x011A;
constexpr std::uint16_t mostTransferBytes = 4096;
constexpr std::uint16_t leastTransferBytes = 64;
constexpr std::size_t mostAlternates = 8;

Result<Bytes> readDescriptor(UsbConnection& connection, DescriptorType type, std::uint8_t index)
{
    constexpr std::uint8_t standardIn = 0x80;
    constexpr std::uint8_t getDescriptor = 6;
    constexpr std::uint16_t englishLanguage = 0x0409;
    const SetupFields setup{standardIn, getDescriptor,
                            static_cast<std::uint16_t>(type << 8 | index),
                            type == String ? englishLanguage : std::uint16_t{0}};
    Bytes bytes(type == String ? 255 : UsbConnection::maximumBytes);
    TRY_ASSIGN(const TransferEnd end, connection.controlIn(setup, bytes, dfu_timing::transferMs));
    if (end.isStalled || end.bytes < 2 || end.bytes > bytes.size() || bytes[1] != type)
        return fail(ErrorCode::ReplyMalformed, "descriptor " + std::to_string(setup.value));
    bytes.resize(end.bytes);
    return bytes;
}

/// Only what layouts are written with; anything else becomes '?', which no layout contains.
Result<std::string> readString(UsbConnection& connection, std::uint8_t index)
{
    TRY_ASSIGN(const Bytes bytes, readDescriptor(connection, String, index));
    std::string text;
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
        const bool isPrintable = bytes[i + 1] == 0 && bytes[i] >= 0x20 && bytes[i] < 0x7F;
        text += isPrintable ? static_cast<char>(bytes[i]) : '?';
    }
    return text;
}

std::uint16_t wordAt(ByteView bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

bool isDfuAlternate(ByteView descriptor, std::uint16_t interface)
{
    return descriptor.size() >= 9 && descriptor[1] == Interface && descriptor[2] == interface &&
           descriptor[5] == contract::dfu::interfaceClass &&
           descriptor[6] == contract::dfu::interfaceSubClass &&
           descriptor[7] == contract::dfu::dfuModeProtocol;
}

bool isDfuseFunction(ByteView descriptor)
{
    return descriptor.size() >= 9 && descriptor[1] == contract::dfu::functionalDescriptorType &&
           wordAt(descriptor, 7) == dfuseVersion;
}

} // namespace

Result<DfuseIdentity> readDfuseIdentity(UsbConnection& connection)
{
    TRY_ASSIGN(const Bytes all, readDescriptor(connection, Configuration, 0));
    DfuseIdentity identity;
    for (ByteView rest{all}; rest.size() >= 2;) {
        const std::size_t length = rest[0];
        if (length < 2 || length > rest.size())
            return fail(ErrorCode::ReplyMalformed, "descriptor of a wrong length");
        const ByteView descriptor = rest.first(length);
        rest = rest.subspan(length);
        if (isDfuAlternate(descriptor, connection.interfaceNumber())) {
            const bool isNext = descriptor[3] == identity.alternates.size();
            if (!isNext || descriptor[3] == mostAlternates)
                return fail(ErrorCode::ReplyMalformed, "alternate settings out of order");
            TRY_ASSIGN(std::string name, readString(connection, descriptor[8]));
            identity.alternates.push_back(std::move(name));
        }
        if (isDfuseFunction(descriptor)) identity.transferBytes = wordAt(descriptor, 5);
    }
    const bool isRight = identity.transferBytes >= leastTransferBytes &&
                         identity.transferBytes <= mostTransferBytes &&
                         !identity.alternates.empty();
    if (!isRight) return fail(ErrorCode::ReplyMalformed, "the device does not speak DfuSe");
    return identity;
}

Result<> requireH755(const DfuseIdentity& identity)
{
    const std::string& name = identity.alternates.front();
    TRY_ASSIGN(const DfuseLayout layout, parseDfuseLayout(name));
    if (!isH755Flash(layout)) return fail(ErrorCode::WrongChip, "memory layout: " + name);
    return {};
}

} // namespace updater
