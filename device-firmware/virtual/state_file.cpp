#include "virtual/state_file.h"

#include "contract/journal_word.h"

#include <algorithm>
#include <fstream>

namespace virtual_h755 {

namespace {

// magic, bytes of flash, option bytes, backup registers, cells, bytes, CRC-32 of all before it
constexpr contract::ByteArray<8> magic{'H', '7', '5', '5', 'S', 'T', '0', '1'};
constexpr std::size_t headBytes = magic.size() + 4 + contract::OptionBytes::encodedBytes + 4 * 32;

std::size_t fileBytes(const BoardState& state)
{
    return headBytes + state.flash.cells.size() + state.flash.bytes.size() + 4;
}

std::uint32_t flashBytes(const BoardState& state)
{
    return static_cast<std::uint32_t>(state.flash.bytes.size());
}

std::vector<std::uint8_t> serialise(const BoardState& state)
{
    std::vector<std::uint8_t> out(fileBytes(state));
    contract::Encoder encoder{out};
    encoder(magic);
    encoder(flashBytes(state));
    encoder(state.flash.optionBytes);
    encoder(state.backup);
    for (const Cell cell : state.flash.cells)
        encoder(cell);
    std::copy(state.flash.bytes.begin(), state.flash.bytes.end(),
              out.begin() + static_cast<std::ptrdiff_t>(encoder.offset()));
    contract::Encoder tail{contract::ByteSpan{out}.last(4)};
    tail(contract::crc32(contract::ByteView{out}.first(out.size() - 4)));
    return out;
}

std::string deserialise(contract::ByteView in, BoardState& state)
{
    if (in.size() != fileBytes(state) || !contract::startsWith(in, magic)) {
        return "not the state of a board with this flash";
    }
    std::uint32_t crc = 0;
    contract::Decoder tail{in.last(4)};
    tail(crc);
    if (crc != contract::crc32(in.first(in.size() - 4))) return "damaged";

    BoardState read = state;
    std::uint32_t bytes = 0;
    contract::Decoder decoder{in.subspan(magic.size())};
    decoder(bytes);
    decoder(read.flash.optionBytes);
    decoder(read.backup);
    for (Cell& cell : read.flash.cells) {
        decoder(cell);
        if (cell > Cell::Flaky) return "unknown kind of flash word";
    }
    if (bytes != flashBytes(state)) return "state of another flash";
    const contract::ByteView content = in.subspan(magic.size() + decoder.offset(), bytes);
    std::copy(content.begin(), content.end(), read.flash.bytes.begin());
    state = std::move(read);
    return {};
}

} // namespace

std::string saveState(const std::filesystem::path& path, const BoardState& state)
{
    std::filesystem::path temporary = path;
    temporary += ".new";
    const std::vector<std::uint8_t> bytes = serialise(state);
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return "cannot write " + temporary.string();
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    return error ? "cannot replace " + path.string() + ": " + error.message() : std::string{};
}

std::string loadState(const std::filesystem::path& path, BoardState& state)
{
    std::ifstream file(path, std::ios::binary);
    // One byte more than there may be, so that a longer file is noticed without reading all of it.
    std::vector<std::uint8_t> bytes(fileBytes(state) + 1);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.is_open() || file.bad()) return "cannot read " + path.string();
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    const std::string problem = deserialise(bytes, state);
    return problem.empty() ? problem : path.string() + ": " + problem;
}

} // namespace virtual_h755
