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

} // namespace

std::vector<Segment> loadElf(const std::string& path)
{
    std::ifstream input(path, std::ios::binary);
    if (!input) throw std::runtime_error(path + " is missing: build preset `device` first");
    const std::vector<char> file{std::istreambuf_iterator<char>(input), {}};
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

} // namespace emulator
