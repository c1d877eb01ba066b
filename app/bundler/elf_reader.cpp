#include "bundler/linked_image.h"
#include "contract/image_format.h"

#include <algorithm>
#include <gelf.h>
#include <libelf.h>
#include <memory>
#include <optional>
#include <string_view>

namespace bundler {

using contract::Region;
using updater::ErrorCode;
using updater::fail;
using updater::Result;

namespace {

using Elf_ = std::unique_ptr<Elf, decltype(&elf_end)>;

/// A change between code and data (ELF for the Arm Architecture, 5.5.5): $t, $a or $d.
struct MappingSymbol {
    std::uint32_t runAddress = 0;
    bool isCode = false;
};

struct SymbolTable {
    std::vector<Symbol> symbols;
    std::vector<MappingSymbol> mapping;
};

Result<> checkKind(const Bytes& elf)
{
    constexpr std::string_view magic{ELFMAG, SELFMAG};
    if (elf.size() < sizeof(Elf32_Ehdr) || !std::equal(magic.begin(), magic.end(), elf.begin()))
        return fail(ErrorCode::BundleImage, "not an ELF file");
    return {};
}

Result<> checkHeader(Elf* elf)
{
    const Elf32_Ehdr* header = elf32_getehdr(elf);
    if (header == nullptr || header->e_machine != EM_ARM || header->e_type != ET_EXEC ||
        header->e_ident[EI_DATA] != ELFDATA2LSB) {
        return fail(ErrorCode::BundleImage, "not an executable for ARM");
    }
    return {};
}

/// Segments with bytes to load, by load address.
Result<std::vector<Elf32_Phdr>> loadSegments(Elf* elf, std::size_t fileBytes)
{
    std::size_t count = 0;
    const Elf32_Phdr* headers = elf32_getphdr(elf);
    if (headers == nullptr || elf_getphdrnum(elf, &count) != 0)
        return fail(ErrorCode::BundleImage, "the ELF file has no segments");
    std::vector<Elf32_Phdr> segments;
    for (const Elf32_Phdr& segment : std::span(headers, count)) {
        if (segment.p_type != PT_LOAD || segment.p_filesz == 0) continue;
        if (segment.p_offset > fileBytes || segment.p_filesz > fileBytes - segment.p_offset)
            return fail(ErrorCode::BundleImage, "the ELF file is cut");
        segments.push_back(segment);
    }
    std::ranges::sort(segments, {}, &Elf32_Phdr::p_paddr);
    return segments;
}

Result<> checkPlaces(const std::vector<Elf32_Phdr>& segments, const Region& slot)
{
    const std::uint32_t start = slot.address + contract::imageHeaderBytes;
    if (segments.empty()) return fail(ErrorCode::BundleImage, "nothing to load");
    std::uint32_t end = start;
    for (const Elf32_Phdr& segment : segments) {
        if (!slot.contains(segment.p_paddr))
            return fail(ErrorCode::BundleImage, "linked outside its slot");
        if (!slot.contains(segment.p_paddr, segment.p_filesz))
            return fail(ErrorCode::BundleImageTooLarge, "longer than its slot");
        if (segment.p_paddr < end) return fail(ErrorCode::BundleImage, "overlapping segments");
        end = segment.p_paddr + segment.p_filesz;
    }
    if (segments.front().p_paddr != start)
        return fail(ErrorCode::BundleImage, "does not start at its slot + 0x400");
    return {};
}

Bytes payloadOf(const std::vector<Elf32_Phdr>& segments, const Bytes& elf, std::uint32_t start)
{
    Bytes payload(segments.back().p_paddr + segments.back().p_filesz - start, 0xFF);
    for (const Elf32_Phdr& segment : segments) {
        std::copy_n(elf.begin() + segment.p_offset, segment.p_filesz,
                    payload.begin() + (segment.p_paddr - start));
    }
    return payload;
}

std::optional<MappingSymbol> mappingSymbol(const Elf32_Sym& symbol, std::string_view name)
{
    const bool isMapping =
        name.size() >= 2 && name[0] == '$' && (name.size() == 2 || name[2] == '.');
    if (!isMapping) return std::nullopt;
    if (name[1] == 'd') return MappingSymbol{symbol.st_value, false};
    if (name[1] == 't' || name[1] == 'a') return MappingSymbol{symbol.st_value, true};
    return std::nullopt;
}

void addSymbol(const Elf32_Sym& symbol, const char* name, SymbolTable& table)
{
    const auto type = ELF32_ST_TYPE(symbol.st_info);
    const bool isPlace = symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS;
    if (name == nullptr || *name == 0 || !isPlace) return;
    if (const auto mapping = mappingSymbol(symbol, name)) {
        table.mapping.push_back(*mapping);
    } else if (type == STT_FUNC) {
        table.symbols.push_back({symbol.st_value & ~1U, symbol.st_size, name});
    } else if (type == STT_OBJECT) {
        table.symbols.push_back({symbol.st_value, symbol.st_size, name});
    }
}

SymbolTable symbolsOf(Elf* elf)
{
    SymbolTable table;
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
         section = elf_nextscn(elf, section)) {
        const Elf32_Shdr* header = elf32_getshdr(section);
        const Elf_Data* content = elf_getdata(section, nullptr);
        if (header == nullptr || header->sh_type != SHT_SYMTAB || content == nullptr) continue;
        const auto* symbols = static_cast<const Elf32_Sym*>(content->d_buf);
        for (const Elf32_Sym& symbol : std::span(symbols, content->d_size / sizeof(Elf32_Sym)))
            addSymbol(symbol, elf_strptr(elf, header->sh_link, symbol.st_name), table);
    }
    std::ranges::stable_sort(table.symbols, {}, &Symbol::runAddress);
    std::ranges::stable_sort(table.mapping, {}, &MappingSymbol::runAddress);
    return table;
}

/// Cuts one segment where code and data change. Bytes before the first mapping symbol are data.
void appendPieces(const Elf32_Phdr& segment, std::uint32_t start,
                  const std::vector<MappingSymbol>& mapping, std::vector<Piece>& pieces)
{
    const std::uint32_t end = segment.p_vaddr + segment.p_filesz;
    const auto append = [&](std::uint32_t from, std::uint32_t to, bool isCode) {
        const std::uint32_t offset = segment.p_paddr - start + (from - segment.p_vaddr);
        if (to > from) pieces.push_back({offset, from, to - from, isCode});
    };
    std::uint32_t at = segment.p_vaddr;
    bool isCode = false;
    for (const MappingSymbol& change : mapping) {
        if (change.runAddress < segment.p_vaddr || change.runAddress >= end) continue;
        append(at, change.runAddress, isCode);
        at = change.runAddress;
        isCode = change.isCode;
    }
    append(at, end, isCode);
}

} // namespace

Result<LinkedImage> readElf(Bytes bytes, const Region& slot)
{
    TRY(checkKind(bytes));
    elf_version(EV_CURRENT);
    const Elf_ elf(elf_memory(reinterpret_cast<char*>(bytes.data()), bytes.size()), &elf_end);
    TRY(checkHeader(elf.get()));
    TRY_ASSIGN(const std::vector<Elf32_Phdr> segments, loadSegments(elf.get(), bytes.size()));
    TRY(checkPlaces(segments, slot));
    const std::uint32_t start = slot.address + contract::imageHeaderBytes;
    SymbolTable table = symbolsOf(elf.get());
    LinkedImage image;
    image.payload = payloadOf(segments, bytes, start);
    image.symbols = std::move(table.symbols);
    for (const Elf32_Phdr& segment : segments)
        appendPieces(segment, start, table.mapping, image.pieces);
    return image;
}

} // namespace bundler
