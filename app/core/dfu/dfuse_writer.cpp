#include "core/dfu/dfuse_writer.h"

#include "contract/flash_map.h"

#include <algorithm>

namespace updater {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr const contract::FlashMap& map = contract::h755FlashMap;
constexpr int attempts = 3;

bool isBlank(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0xFF; });
}

std::string placeOf(std::uint32_t address)
{
    const contract::Sector sector = map.sectorAt(address);
    return "bank " + std::to_string(sector.bank + 1) + ", sector " + std::to_string(sector.number);
}

Result<Bytes> readSector(DfuseClient& client, std::uint32_t address)
{
    Bytes content;
    for (std::uint32_t at = 0; at < map.sectorBytes; at += DfuseClient::regionBytes) {
        TRY_ASSIGN(const Bytes part, client.read(address + at, DfuseClient::regionBytes));
        content.insert(content.end(), part.begin(), part.end());
    }
    return content;
}

/// The first block last: it holds the vectors of what starts there.
Result<> programSector(DfuseClient& client, std::uint32_t address, ByteView sector)
{
    constexpr std::size_t first = DfuseClient::blockBytes;
    for (std::size_t at = first; at < sector.size();) {
        const std::size_t bytes =
            std::min<std::size_t>(DfuseClient::regionBytes, sector.size() - at);
        TRY(client.program(address + static_cast<std::uint32_t>(at), sector.subspan(at, bytes)));
        at += bytes;
    }
    return client.program(address, sector.first(first));
}

/// A protected sector takes neither an erase nor a program, and reports success for both.
Result<> explainMismatch(DfuseClient& client, std::uint32_t address, ByteView found)
{
    TRY(client.eraseSector(address));
    TRY_ASSIGN(const Bytes erased, readSector(client, address));
    const bool wasBlank = isBlank(found);
    if (!isBlank(erased) || wasBlank)
        return fail(ErrorCode::WriteProtected, placeOf(address) + " does not change");
    return fail(ErrorCode::FlashVerify, placeOf(address) + " does not hold what was written");
}

Result<> writeSector(DfuseClient& client, std::uint32_t address, ByteView sector)
{
    Bytes found;
    for (int i = 0; i < attempts; ++i) {
        TRY(client.eraseSector(address));
        TRY(programSector(client, address, sector));
        TRY_ASSIGN(found, readSector(client, address));
        if (std::equal(found.begin(), found.end(), sector.begin(), sector.end())) return {};
    }
    return explainMismatch(client, address, found);
}

} // namespace

Result<> writeThroughRom(DfuseClient& client, std::uint32_t address, ByteView image,
                         const std::function<void(std::size_t)>& progressed,
                         const std::stop_token& stop)
{
    const contract::Region flash{map.baseAddress, map.totalBytes()};
    const bool fits = image.size() <= flash.bytes &&
                      flash.contains(address, static_cast<std::uint32_t>(image.size()));
    if (image.empty() || !fits || (address - flash.address) % map.sectorBytes != 0)
        return fail(ErrorCode::InternalError, "the image does not begin at a sector");
    // From the end on: the sector with the vectors of what starts there comes last.
    const std::size_t sectors = (image.size() + map.sectorBytes - 1) / map.sectorBytes;
    std::size_t doneBytes = 0;
    for (std::size_t i = sectors; i-- > 0;) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "between two sectors");
        const ByteView part = image.subspan(
            i * map.sectorBytes,
            std::min<std::size_t>(map.sectorBytes, image.size() - i * map.sectorBytes));
        Bytes sector(part.begin(), part.end());
        sector.resize(map.sectorBytes, 0xFF);
        TRY(writeSector(client, address + static_cast<std::uint32_t>(i) * map.sectorBytes, sector));
        doneBytes += part.size();
        progressed(doneBytes);
    }
    return {};
}

} // namespace updater
