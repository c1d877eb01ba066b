#!/usr/bin/env python3
"""size_table.py --size SIZE --nm NM IMAGE.elf LIBRARY...: what the bootloader's image takes of each
memory. Fails over a limit, if code outside the reset path would run from flash, or if a library has
variables."""
import argparse
import subprocess
import sys

KIB = 1024
# Name, first address, limit; sections that are loaded elsewhere count in flash as well.
MEMORIES = {
    "ITCM (code, constants)": (0x0000_0000, 64 * KIB),
    "DTCM (stack, variables)": (0x2000_0000, 128 * KIB),
    "AXI SRAM (update mode)": (0x2400_0000, 512 * KIB),
}
FLASH = range(0x0800_0000, 0x0810_0000)
FLASH_LIMIT = 48 * KIB
SECTIONS = {".flash_vectors", ".reset_path", ".ram_vectors", ".guarded_read", ".text", ".stack",
            ".bss", ".axi_ram", ".m4_stub"}
IN_FLASH = {"resetHandler", "loadBootloader", "earlyFaultHandler", "flashVectors",
            "m4StubReset", "m4StubFault", "m4StubVectors"}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sections(size, elf):
    """(name, bytes, address) of every section in memory."""
    for line in output(size, "-A", "-d", elf).splitlines():
        words = line.split()
        if len(words) == 3 and words[0].startswith(".") and words[1].isdigit():
            name, length, address = words[0], int(words[1]), int(words[2])
            is_debug = name.startswith((".debug", ".comment", ".ARM.attributes"))
            if length and not is_debug:
                yield name, length, address


def symbols(nm, elf):
    for line in output(nm, "-C", "--defined-only", elf).splitlines():
        address, kind, name = line.split(maxsplit=2)
        yield int(address, 16), kind, name


def misplaced(nm, elf):
    """Functions and objects that would be used from flash after start-up."""
    for address, kind, name in symbols(nm, elf):
        is_ours = name.split("::")[-1] in IN_FLASH or name.startswith("ramImageLoad")
        if address in FLASH and kind not in "aA" and not is_ours:
            yield name


def variables(size, library):
    for line in output(size, library).splitlines()[1:]:
        _, data, bss, _, _, name = line.split(maxsplit=5)
        if int(data) or int(bss):
            yield f"{name}: data {data}, bss {bss}"


def rows(found):
    loaded = sum(length for name, length, address in found
                 if address in FLASH or address < MEMORIES["ITCM (code, constants)"][1])
    stub = sum(length for name, length, _ in found if name == ".m4_stub")
    yield "Flash before the M4 stub", loaded - stub, FLASH_LIMIT
    yield "Flash, M4 stub", stub, KIB
    for name, (start, limit) in MEMORIES.items():
        used = [(address, length) for _, length, address in found
                if start <= address < start + limit]
        yield name, max((place + length - start for place, length in used), default=0), limit


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", required=True)
    parser.add_argument("--nm", required=True)
    parser.add_argument("elf")
    parser.add_argument("libraries", nargs="*")
    options = parser.parse_args()

    problems = [f"{name} is in flash" for name in misplaced(options.nm, options.elf)]
    for library in options.libraries:
        problems += [f"{library}: {text}" for text in variables(options.size, library)]
    found = list(sections(options.size, options.elf))
    problems += [f"unexpected section {name}" for name, _, _ in found if name not in SECTIONS]
    for name, used, limit in rows(found):
        print(f"{name:26}{used:8} of {limit:7} bytes {100 * used / limit:5.1f} %")
        if used > limit:
            problems.append(f"{name}: {used - limit} bytes too many")
    for problem in problems:
        print(f"size_table: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
