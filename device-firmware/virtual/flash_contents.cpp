#include "virtual/flash_contents.h"

#include <algorithm>

namespace virtual_h755 {

using contract::flashWordBytes;

namespace {

void fill(FlashContents& contents, std::size_t word, std::uint8_t value)
{
    std::fill_n(contents.bytes.begin() + static_cast<std::ptrdiff_t>(word * flashWordBytes),
                flashWordBytes, value);
}

void store(FlashContents& contents, std::size_t word, contract::ByteView bytes, Cell cell)
{
    std::copy(bytes.begin(), bytes.end(),
              contents.bytes.begin() + static_cast<std::ptrdiff_t>(word * flashWordBytes));
    contents.cells[word] = cell;
}

void makeBlank(FlashContents& contents, std::size_t word, Cell cell)
{
    fill(contents, word, 0xFF);
    contents.cells[word] = cell;
}

void tearWord(FlashContents& contents, std::size_t word, contract::ByteView bytes, Tear tear)
{
    switch (tear) {
    case Tear::Clean: break;
    case Tear::TornGood: store(contents, word, bytes, Cell::Programmed); break;
    case Tear::TornBlank: makeBlank(contents, word, Cell::WeakBlank); break;
    case Tear::TornBad: store(contents, word, bytes, Cell::Bad); break;
    case Tear::TornFlaky: store(contents, word, bytes, Cell::Flaky); break;
    }
}

void tearErasedWord(FlashContents& contents, std::size_t word, Tear tear, std::uint64_t seed)
{
    switch (tear) {
    case Tear::Clean: break;
    case Tear::TornGood: makeBlank(contents, word, Cell::Erased); break;
    case Tear::TornBlank: makeBlank(contents, word, Cell::WeakBlank); break;
    case Tear::TornFlaky: contents.cells[word] = Cell::Flaky; break;
    case Tear::TornBad:
        switch (mix(seed, word) % 3) {
        case 0: break;
        case 1: contents.cells[word] = Cell::Bad; break;
        default: makeBlank(contents, word, Cell::WeakBlank); break;
        }
        break;
    }
}

} // namespace

void applyTear(FlashContents& contents, const contract::FlashMap& map,
               const FlashOperation& operation, Tear tear, std::uint64_t seed)
{
    const std::size_t first = (operation.address - map.baseAddress) / flashWordBytes;
    if (operation.kind == FlashOperation::Kind::Program) {
        const bool isVirgin = contents.cells[first] == Cell::Erased;
        tearWord(contents, first, operation.word,
                 tear == Tear::TornGood && !isVirgin ? Tear::TornFlaky : tear);
        return;
    }
    for (std::size_t word = first; word < first + map.sectorBytes / flashWordBytes; ++word) {
        tearErasedWord(contents, word, tear, seed);
    }
}

void applyOperation(FlashContents& contents, const contract::FlashMap& map,
                    const FlashOperation& operation, std::uint64_t seed)
{
    const std::size_t word = (operation.address - map.baseAddress) / flashWordBytes;
    const bool isProgram = operation.kind == FlashOperation::Kind::Program;
    const bool isBlank = std::all_of(operation.word.begin(), operation.word.end(),
                                     [](std::uint8_t byte) { return byte == 0xFF; });
    if (isProgram && isBlank && contents.cells[word] == Cell::Erased) {
        makeBlank(contents, word, Cell::WeakBlank);
        return;
    }
    const bool isOverWeak = isProgram && contents.cells[word] != Cell::Erased;
    const bool staysBad = isOverWeak && mix(seed, word) % 2 == 0;
    applyTear(contents, map, operation, staysBad ? Tear::TornBad : Tear::TornGood, seed);
}

} // namespace virtual_h755
