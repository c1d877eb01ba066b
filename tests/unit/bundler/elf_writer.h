// Writes small ELF executables, so that a test can choose every field.
#pragma once

#include "bundler/linked_image.h"

#include <cstring>
#include <elf.h>

namespace bundler_test {

struct Segment {
    std::uint32_t runAddress = 0;
    std::uint32_t loadAddress = 0;
    bundler::Bytes bytes;
};

struct ElfSpec {
    std::uint16_t machine = EM_ARM;
    std::uint16_t type = ET_EXEC;
    std::uint8_t byteOrder = ELFDATA2LSB;
    std::vector<Segment> segments;
};

template <typename T>
void append(bundler::Bytes& file, const T& structure)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&structure);
    file.insert(file.end(), bytes, bytes + sizeof(structure));
}

inline bundler::Bytes writeElf(const ElfSpec& spec)
{
    Elf32_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS32;
    header.e_ident[EI_DATA] = spec.byteOrder;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = spec.type;
    header.e_machine = spec.machine;
    header.e_version = EV_CURRENT;
    header.e_ehsize = sizeof(Elf32_Ehdr);
    header.e_phoff = sizeof(Elf32_Ehdr);
    header.e_phentsize = sizeof(Elf32_Phdr);
    header.e_phnum = static_cast<Elf32_Half>(spec.segments.size());
    bundler::Bytes file;
    append(file, header);
    auto offset =
        static_cast<std::uint32_t>(sizeof(Elf32_Ehdr) + spec.segments.size() * sizeof(Elf32_Phdr));
    for (const Segment& segment : spec.segments) {
        Elf32_Phdr entry{};
        entry.p_type = PT_LOAD;
        entry.p_offset = offset;
        entry.p_vaddr = segment.runAddress;
        entry.p_paddr = segment.loadAddress;
        entry.p_filesz = entry.p_memsz = static_cast<std::uint32_t>(segment.bytes.size());
        append(file, entry);
        offset += entry.p_filesz;
    }
    for (const Segment& segment : spec.segments)
        file.insert(file.end(), segment.bytes.begin(), segment.bytes.end());
    return file;
}

} // namespace bundler_test
