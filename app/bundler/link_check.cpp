#include "bundler/link_check.h"

#include "bundler/thumb.h"
#include "contract/image_format.h"

#include <algorithm>

namespace bundler {

using namespace contract;
using updater::ErrorCode;
using updater::fail;
using updater::Result;

namespace {

tl::unexpected<updater::Error> refuse(Core core, Slot slot, const std::string& why)
{
    return fail(ErrorCode::BundleImage, std::string(core == Core::M7 ? "M7" : "M4") +
                                            (slot == Slot::A ? " link A: " : " link B: ") + why);
}

std::uint32_t wordAt(const LinkedImage& link, std::uint32_t offset)
{
    std::uint32_t word = 0;
    Decoder decoder{ByteView{link.payload}.subspan(offset, 4)};
    decoder(word);
    return word;
}

Instruction instructionAt(const LinkedImage& link, std::uint32_t offset)
{
    const std::uint32_t word = wordAt(link, offset);
    return word << 16 | word >> 16;
}

/// True if `a` points into a core's slot A and `b` to the same place in its slot B. The end of a
/// slot counts, because code may hold the address behind its last byte.
bool isMoved(std::uint32_t a, std::uint32_t b, const FlashMap& map)
{
    return std::ranges::any_of(cores, [&](Core core) {
        const Region& slotA = map.slot(core, Slot::A);
        return a >= slotA.address && a <= slotA.end() && b - a == map.slotDistance(core);
    });
}

bool isMovedMovt(Instruction a, Instruction b, const FlashMap& map)
{
    const auto upperA = movtImmediate(a);
    const auto upperB = movtImmediate(b);
    return upperA && upperB && withoutMovtImmediate(a) == withoutMovtImmediate(b) &&
           isMoved(std::uint32_t{*upperA} << 16, std::uint32_t{*upperB} << 16, map);
}

bool isSame(const TwoLinks& links, const Unit& unit)
{
    return std::ranges::equal(ByteView{links.slotA.payload}.subspan(unit.offset, unit.bytes),
                              ByteView{links.slotB.payload}.subspan(unit.offset, unit.bytes));
}

bool isAddressDifference(const TwoLinks& links, const Unit& unit, const FlashMap& map)
{
    if (unit.bytes != 4) return false;
    if (unit.isCode) {
        return isMovedMovt(instructionAt(links.slotA, unit.offset),
                           instructionAt(links.slotB, unit.offset), map);
    }
    return isMoved(wordAt(links.slotA, unit.offset), wordAt(links.slotB, unit.offset), map);
}

/// The address that a unit holds as it stands: a word, or what an instruction loads. Slots start at
/// multiples of 64 KB, so the half that a MOVT loads tells the slot.
std::optional<std::uint32_t> addressIn(const LinkedImage& link, const Unit& unit)
{
    if (unit.bytes != 4) return std::nullopt;
    if (!unit.isCode) return wordAt(link, unit.offset);
    const Instruction instruction = instructionAt(link, unit.offset);
    if (const auto upper = movtImmediate(instruction)) return std::uint32_t{*upper} << 16;
    return movImmediate(instruction);
}

bool pointsInto(Slot slot, std::uint32_t address, const FlashMap& map)
{
    return std::ranges::any_of(cores,
                               [&](Core core) { return map.slot(core, slot).contains(address); });
}

bool isAllowed(const LinkedImage& link, std::uint32_t offset, std::span<const std::string> allowed)
{
    const Symbol* symbol = link.symbolAt(offset);
    return symbol != nullptr && std::ranges::find(allowed, symbol->name) != allowed.end();
}

/// Length of the vector table: the object that the payload starts with, or the 16 words that every
/// core has.
std::uint32_t vectorTableBytes(const LinkedImage& link)
{
    constexpr std::uint32_t coreVectorBytes = 16 * 4;
    const Symbol* symbol = link.symbolAt(0);
    const std::uint32_t bytes =
        symbol == nullptr || symbol->bytes < 8 ? coreVectorBytes : symbol->bytes;
    return std::min(bytes, static_cast<std::uint32_t>(link.payload.size())) & ~3U;
}

/// Instruction memory of the M7 (RM0399 2.3.2), beside the memories that may hold a stack.
constexpr Region itcm{0, 64 * kib};

bool isHandler(std::uint32_t vector, const Region& code)
{
    if (vector == 0) return true; // reserved
    if (vector % 2 != 1) return false;
    return code.contains(vector - 1) || itcm.contains(vector - 1) ||
           std::ranges::any_of(stackRegions,
                               [&](const Region& r) { return r.contains(vector - 1); });
}

} // namespace

Result<> checkDifferences(const TwoLinks& links, const FlashMap& map)
{
    const std::size_t bytesA = links.slotA.payload.size();
    const std::size_t bytesB = links.slotB.payload.size();
    if (bytesA != bytesB)
        return refuse(links.core, Slot::B,
                      std::to_string(bytesB) + " bytes, link A " + std::to_string(bytesA));
    for (const Unit& unit : links.slotA.units()) {
        if (isSame(links, unit)) continue;
        if (!isAddressDifference(links, unit, map))
            return refuse(links.core, Slot::B,
                          "differs from link A in more than addresses at " +
                              links.slotA.placeOf(unit.offset));
    }
    return {};
}

Result<> checkConstants(const TwoLinks& links, const FlashMap& map,
                        std::span<const std::string> allowed)
{
    const LinkedImage& link = links.slotB;
    for (const Unit& unit : link.units()) {
        const auto address = addressIn(link, unit);
        if (!address || !isSame(links, unit)) continue;
        for (const Slot slot : slots) {
            if (!pointsInto(slot, *address, map) || isAllowed(link, unit.offset, allowed)) continue;
            return refuse(links.core, other(slot),
                          link.placeOf(unit.offset) + " points into slot " +
                              (slot == Slot::A ? "A" : "B") + " (" + addressText(*address) + ")");
        }
    }
    return {};
}

Result<> checkVectors(const LinkedImage& link, Core core, Slot slot, const FlashMap& map)
{
    const std::uint32_t start = map.slot(core, slot).address + imageHeaderBytes;
    const Region code{start, static_cast<std::uint32_t>(link.payload.size())};
    if (checkVectorTable(link.payload, code) != ImageFault::None)
        return refuse(core, slot,
                      "stack or reset vector points nowhere; the image starts at " +
                          addressText(start));
    for (std::uint32_t offset = 4; offset < vectorTableBytes(link); offset += 4) {
        const std::uint32_t vector = wordAt(link, offset);
        if (!isHandler(vector, code))
            return refuse(core, slot,
                          link.placeOf(offset) + " is no handler: " + addressText(vector));
    }
    return {};
}

Result<> checkLinks(const TwoLinks& links, const FlashMap& map,
                    std::span<const std::string> allowed)
{
    for (const Slot slot : slots)
        TRY(checkVectors(links.link(slot), links.core, slot, map));
    TRY(checkDifferences(links, map));
    return checkConstants(links, map, allowed);
}

} // namespace bundler
