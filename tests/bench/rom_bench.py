#!/usr/bin/env python3
"""A full release: our bootloader and h755ctl against the old way, dfu-util through ST's ROM loader;
and our engine for that loader against dfu-util on the same loader. Wall time, flash as slow as the
data sheet says; the ROM's poll times are unknown, so the flash's own time stands beside it."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
from host_bench import Bench  # pylint: disable=wrong-import-position

RELEASE = "1.1.0"
SECTOR_BYTES, WORD_BYTES = 128 * 1024, 32
ERASE_S, PROGRAM_S = 1.0, 0.0001  # one sector, one word: the data sheet's typical figures
LEAST_RATIO = 1.5


def timed(action):
    start = time.monotonic()
    action().expect(0)
    return time.monotonic() - start


def flash_seconds(sizes):
    sectors = sum(-(-size // SECTOR_BYTES) for size in sizes)
    return sectors * ERASE_S + sum(sizes) / WORD_BYTES * PROGRAM_S


def pieces(bench):
    """What the old way writes: both cores' images, and for a blank board the bootloader."""
    files = {}
    for core, address in (("m7", 0x08020000), ("m4", 0x08100000)):
        file = bench.folder / f"{core}.bin"
        bench.run_bundle("export-image", bench.tools.release(RELEASE), "--core", core,
                         "--slot", "a", "-o", file).expect(0)
        files[address] = file
    return files


def dfu_util(files):
    return " && ".join(f'dfu-util -d 0483:df11 -a 0 -s 0x{address:08x} -D "{file}"'
                       for address, file in files.items())


def through_rom(script):
    bench = Bench()
    boot = bench.tools.examples.parent / "stm32h755" / "bootloader.bin"
    return timed(lambda: bench.script(script, options=["--rom", "9.2", "--bootloader", boot],
                                      speed=1))


def main():
    bench = Bench()
    files = pieces(bench)
    sizes = [file.stat().st_size for file in files.values()]
    boot = bench.tools.examples.parent / "stm32h755" / "bootloader.bin"
    blank = {**files, 0x08000000: boot}

    bench.install("1.0.0")
    ours = timed(lambda: bench.update(RELEASE, speed=1))
    old = through_rom(dfu_util(files))
    old_blank = through_rom(dfu_util(blank))
    unit = bench.tools.releases / f"{RELEASE}.h755factory"
    provisioned = through_rom(f'"$CTL" provision --no-wait "{unit}"')

    parallel = max(flash_seconds([size]) for size in sizes)
    print("| a full release | time | flash alone | verified |")
    print("|---|---|---|---|")
    print(f"| h755ctl, our bootloader | {ours:.1f} s | {parallel:.1f} s (banks at once) | yes |")
    print(f"| dfu-util, ROM loader V9.2 | {old:.1f} s | {flash_seconds(sizes):.1f} s | no |")
    print(f"| ratio | {old / ours:.2f} | {flash_seconds(sizes) / parallel:.2f} | |")
    print()
    all_sizes = sizes + [boot.stat().st_size]
    print("| a blank board, ROM loader V9.2 | time | flash alone | verified |")
    print("|---|---|---|---|")
    print(f"| h755ctl provision | {provisioned:.1f} s | {flash_seconds(all_sizes):.1f} s | yes |")
    print(f"| dfu-util | {old_blank:.1f} s | {flash_seconds(all_sizes):.1f} s | no |")
    print(f"| ratio | {old_blank / provisioned:.2f} | | |")
    if old / ours < LEAST_RATIO:
        sys.exit(f"our way is only {old / ours:.2f} times faster; {LEAST_RATIO} is wanted")


main()
