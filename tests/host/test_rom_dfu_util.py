"""The unmodified dfu-util and the ROM loader of a board from the factory: V9.2 works, V9.0 and V9.1
fail as people in the field report."""

import random

from host_bench import FLASH_BASE, STATE_HEAD_BYTES, CELLS, Bench

FAILED = 74  # EX_IOERR
TIMED_OUT = 124  # timeout's
BANK_1, BANK_2 = FLASH_BASE, FLASH_BASE + 0x100000
SECTOR_BYTES = 0x20000
ROM_ID = "0483:df11"
CONTROL = '"$VIRTUAL" control "$CONTROL"'
STATUS = f"{CONTROL} status"
RESET = f"{CONTROL} reset; sleep 0.3"


def some_bytes(count):
    return random.Random(count).randbytes(count)


def download(address, file, *options):
    return f'dfu-util -d {ROM_ID} -a 0 {" ".join(options)} -s 0x{address:08x} -D "{file}"'


def upload(address, count, file):
    return f'dfu-util -d {ROM_ID} -a 0 -s 0x{address:08x}:{count} -U "{file}"'


def flash_at(bench, address, count):
    at = STATE_HEAD_BYTES + CELLS + address - FLASH_BASE
    return bench.state.read_bytes()[at:at + count]


def rom(version, *more):
    return ["--rom", version, *more]


def mode(run):
    """Of the first board, as the last `control status` has printed it."""
    line = [line for line in run.out.splitlines() if line.startswith("device=1 ")][-1]
    return dict(field.split("=", 1) for field in line.split())["mode"]


def case_rom_92():
    """dfu-util writes both banks through ROM loader V9.2, and reads the same back"""
    bench = Bench()
    data = some_bytes(3 * SECTOR_BYTES)
    address = BANK_2 - SECTOR_BYTES
    file, back = bench.file("image.bin", data), bench.folder / "back.bin"
    run = bench.script(f"{download(address, file)} && {upload(address, len(data), back)}",
                       options=rom("9.2"), speed=50).expect(0)
    assert flash_at(bench, address, len(data)) == data, run.told
    assert back.read_bytes() == data, run.told


def case_rom_bootloader():
    """dfu-util brings the bootloader onto an empty board, where it runs after a power cycle"""
    bench = Bench()
    image = bytes.fromhex("00800020 b1000008") + some_bytes(70_000)
    file = bench.file("bootloader.bin", image)
    power_cycle = f"{CONTROL} cut; {CONTROL} power-on; sleep 0.3; {STATUS}"
    run = bench.script(f'{CONTROL} boot0 off; {CONTROL} cut; {CONTROL} power-on; {STATUS};'
                       f'{CONTROL} boot0 on; {power_cycle}; {download(BANK_1, file)} || exit 99;'
                       f'{CONTROL} boot0 off; {power_cycle}; sleep 0.3; "$CTL" info --json',
                       options=rom("9.2", "--bootloader", file), speed=50).expect(0)
    modes = [word[5:] for word in run.out.split() if word.startswith("mode=")]
    assert modes == ["locked-up", "rom", "bootloader"], run.told
    assert flash_at(bench, BANK_1, len(image)) == image, run.told


def case_rom_90_hangs():
    """dfu-util hangs for ever at the first sector of bank 2 of ROM loader V9.0"""
    bench = Bench()
    file = bench.file("image.bin", some_bytes(4096))
    run = bench.script(f"{STATUS}; {RESET}; timeout 3 {download(BANK_2, file)}",
                       options=rom("9.0"), speed=50)
    run.expect(TIMED_OUT)
    assert "attached=no" in run.out, run.told  # before the reset
    assert flash_at(bench, BANK_2, 4096) == b"\xff" * 4096, run.told


def case_rom_90_bank_1():
    """dfu-util writes bank 1 through ROM loader V9.0 after the extra reset"""
    bench = Bench()
    data = some_bytes(4096)
    run = bench.script(f"{RESET}; {download(BANK_1, bench.file('image.bin', data))}",
                       options=rom("9.0"), speed=50).expect(0)
    assert flash_at(bench, BANK_1, len(data)) == data, run.told


def case_rom_91_leaves_a_hole():
    """dfu-util reports success through ROM loader V9.1 and leaves a hole at the start of bank 2"""
    bench = Bench()
    data = some_bytes(SECTOR_BYTES)
    run = bench.script(download(BANK_2, bench.file("image.bin", data)), options=rom("9.1"),
                       speed=5).expect(0)
    assert "File downloaded successfully" in run.out, run.told
    written = flash_at(bench, BANK_2, len(data))
    hole = len(written) - len(written.lstrip(b"\xff"))
    assert 0 < hole < len(data) and written[hole:] == data[hole:], (hole, run.told)


def case_rom_91_stands_still():
    """dfu-util gives up when ROM loader V9.1 stands still at the second sector of bank 2"""
    bench = Bench()
    file = bench.file("image.bin", some_bytes(SECTOR_BYTES + 1024))
    bench.script(f"{download(BANK_2, file)}; code=$?; {RESET}; dfu-util -l; exit $code",
                 options=rom("9.1"), speed=5).expect(FAILED)


def case_rom_write_protected():
    """dfu-util reports success for a write-protected sector, which stays what it is"""
    bench = Bench()
    file = bench.file("image.bin", some_bytes(4096))
    run = bench.script(download(BANK_1, file), options=rom("9.2", "--write-protect", "0"))
    run.expect(0)
    assert "File downloaded successfully" in run.out, run.told
    assert flash_at(bench, BANK_1, 4096) == b"\xff" * 4096, run.told


def case_rom_read_protected():
    """dfu-util fails on a board with read protection, until that is removed with everything else"""
    bench = Bench()
    data = some_bytes(4096)
    file = bench.file("image.bin", data)
    bench.script(download(BANK_1 + SECTOR_BYTES, file), options=rom("9.2"), speed=50).expect(0)
    run = bench.script(download(BANK_1 + SECTOR_BYTES, file), options=rom("9.2", "--rdp", "1"),
                       speed=50).expect(FAILED)
    assert "not correctly executed" in run.err, run.told
    assert flash_at(bench, BANK_1 + SECTOR_BYTES, 4096) == data, run.told
    # dfu-util's address is of no use here, but it wants one.
    unprotect = f'dfu-util -d {ROM_ID} -a 0 -s 0:force:unprotect -D "{file}"'
    run = bench.script(f"{unprotect}; sleep 0.3; {download(BANK_1, file)}", options=rom("9.2"),
                       speed=50).expect(0)
    assert flash_at(bench, BANK_1, 4096) == data, run.told
    assert flash_at(bench, BANK_1 + SECTOR_BYTES, 4096) == b"\xff" * 4096, run.told


def case_rom_unplugged():
    """dfu-util fails when the cable is pulled, and again on the command that was left half done"""
    bench = Bench()
    data = some_bytes(64 * 1024)
    file = bench.file("image.bin", data)
    again = download(BANK_1, file)
    run = bench.script(f"{again}; test $? = {FAILED} || exit 97; {CONTROL} plug; sleep 0.3;"
                       f"{again}; test $? = {FAILED} || exit 98; {again}",
                       options=rom("9.2", "--unplug-at-block", 40), speed=50).expect(0)
    assert flash_at(bench, BANK_1, len(data)) == data, run.told


def case_rom_power_cut():
    """dfu-util fails when the power is cut, and the next one finds the ROM loader again"""
    bench = Bench()
    data = some_bytes(64 * 1024)
    file = bench.file("image.bin", data)
    run = bench.script(f"{download(BANK_1, file)}; test $? = {FAILED} || exit 99;"
                       f"{CONTROL} power-on; sleep 0.3; {STATUS}; {download(BANK_1, file)}",
                       options=rom("9.2", "--cut-at-operation", 500), speed=50).expect(0)
    assert mode(run) == "rom", run.told
    assert flash_at(bench, BANK_1, len(data)) == data, run.told


def case_rom_two_boards():
    """two boards in their ROM loaders have one serial number: only the port tells them apart"""
    bench = Bench()
    other = bench.folder / "other board.bin"
    data = some_bytes(4096)
    file = bench.file("image.bin", data)
    run = bench.script(f"dfu-util -l; {download(BANK_1, file)}; test $? = {FAILED} || exit 98;"
                       f"{download(BANK_1, file, '-S', '200364500000')};"
                       f"test $? = {FAILED} || exit 99; {download(BANK_1, file, '-p', '1-2')}",
                       options=rom("9.2", "--devices", 2, "--state", other), speed=50).expect(0)
    assert run.out.count('serial="200364500000"') == 4, run.told
    assert flash_at(bench, BANK_1, 4096) == b"\xff" * 4096, run.told
    assert Bench.flash_of(other)[CELLS:CELLS + 4096] == data, run.told


def case_rom_late_status():
    """a GETSTATUS that takes 1 s ends within dfu-util's patience"""
    bench = Bench()
    data = some_bytes(1024)
    run = bench.script(f'time {download(BANK_1, bench.file("image.bin", data))}',
                       options=rom("9.2"), speed=1).expect(0)
    (real,) = [line.split()[1] for line in run.err.splitlines() if line.startswith("real")]
    assert float(real.removeprefix("0m").removesuffix("s")) >= 1, run.told
    assert flash_at(bench, BANK_1, 1024) == data, run.told


def case_rom_other_chip():
    """another chip's ROM loader says so in its memory layout"""
    bench = Bench()
    run = bench.script("dfu-util -l", options=rom("9.2", "--chip", "h723")).expect(0)
    assert 'name="@Internal Flash   /0x08000000/8*128Kg"' in run.out, run.told
