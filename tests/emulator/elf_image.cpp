#include "emulator/elf_image.h"

#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace emulator {

namespace {

template <typename T>
T at(const std::vector<char>& file, std::size_t offset)
{
    T value{};
    if (offset > file.size() || file.size() - offset < sizeof(T))
        throw std::runtime_error("the ELF file is cut");
    std::memcpy(&value, file.data() + offset, sizeof(T));
    return value;
}

std::vector<char> read(const std::string& path)
{
    std::ifstream input(path, std::ios::binary);
    if (!input) throw std::runtime_error(path + " is missing: build preset `device` first");
    return {std::istreambuf_iterator<char>(input), {}};
}

} // namespace

std::vector<Segment> loadElf(const std::string& path)
{
    const std::vector<char> file = read(path);
    const auto header = at<Elf32_Ehdr>(file, 0);
    const bool isArm = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                       header.e_ident[EI_CLASS] == ELFCLASS32 && header.e_machine == EM_ARM;
    if (!isArm) throw std::runtime_error(path + " is no ELF file for ARM");
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        const auto entry = at<Elf32_Phdr>(file, header.e_phoff + i * sizeof(Elf32_Phdr));
        if (entry.p_type != PT_LOAD || entry.p_filesz == 0) continue;
        if (entry.p_offset > file.size() || file.size() - entry.p_offset < entry.p_filesz)
            throw std::runtime_error(path + " is cut");
        const auto first = file.begin() + static_cast<std::ptrdiff_t>(entry.p_offset);
        segments.push_back(
            {entry.p_paddr, {first, first + static_cast<std::ptrdiff_t>(entry.p_filesz)}});
    }
    return segments;
}

std::uint32_t findFunction(const std::string& path, const std::string& name)
{
    const std::vector<char> file = read(path);
    const auto header = at<Elf32_Ehdr>(file, 0);
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf32_Shdr>(file, header.e_shoff + i * sizeof(Elf32_Shdr));
        if (section.sh_type != SHT_SYMTAB) continue;
        const auto names =
            at<Elf32_Shdr>(file, header.e_shoff + section.sh_link * sizeof(Elf32_Shdr));
        for (std::size_t offset = 0; offset < section.sh_size; offset += sizeof(Elf32_Sym)) {
            const auto symbol = at<Elf32_Sym>(file, section.sh_offset + offset);
            if (name == file.data() + names.sh_offset + symbol.st_name)
                return symbol.st_value & ~1U;
        }
    }
    throw std::runtime_error(path + " has no symbol " + name);
}

} // namespace emulator
