"""h755ctl provision: boards in ST's ROM loader become running products, whatever happens."""

import json
import random

from host_bench import CELLS, FLASH_BASE, STATE_HEAD_BYTES, Bench

JOURNAL = 0x080E0000
CONTROL = '"$VIRTUAL" control "$CONTROL"'
RESET = f"{CONTROL} reset; sleep 0.3"
POWER_CYCLE = f"{CONTROL} cut; {CONTROL} power-on"
# What a person at the line does when the tool asks for it, and what the line's programmer does.
BY_HAND = f"{CONTROL} boot0 off; {POWER_CYCLE}"
BY_PROGRAMMER = f"{CONTROL} option-bytes product"


def bootloader(bench):
    return bench.tools.examples.parent / "stm32h755" / "bootloader.bin"


def unit(bench, name="1.0.0"):
    return bench.tools.releases / f"{name}.h755factory"


def rom(bench, version, *more):
    return ["--rom", version, "--bootloader", bootloader(bench), *more]


def provision(bench, *options, name="1.0.0"):
    words = " ".join(str(option) for option in options)
    return f'"$CTL" provision {words} "{unit(bench, name)}"'


def started(bench, *options, name="1.0.0"):
    """Programs, and goes on as a person would: a power cycle with BOOT0 low, then the proof."""
    return (f"{provision(bench, '--no-wait', *options, name=name)} || exit $?; "
            f'{BY_PROGRAMMER}; {BY_HAND}; sleep 0.5; "$CTL" info --json')


def flash_at(bench, address, count):
    at = STATE_HEAD_BYTES + CELLS + address - FLASH_BASE
    return bench.state.read_bytes()[at:at + count]


def check_flash(bench, run):
    image = bootloader(bench).read_bytes()
    assert flash_at(bench, FLASH_BASE, len(image)) == image, run.told


def case_provision_92():
    """an empty board gets everything through ROM loader V9.2, starts, and has its label"""
    bench = Bench()
    labels = bench.file("labels.txt", b"# batch\nH755-0001\nH755-0002\n")
    record = bench.folder / "units.csv"
    run = bench.script(
        f'(until grep -q "waiting for start" "$FOLDER/told"; do sleep 0.1; done;'
        f"{BY_PROGRAMMER}; {BY_HAND}) & "
        f'''{provision(bench, "--json", "--labels", f'"{labels}"', "--record", f'"{record}"')} | '''
        'tee "$FOLDER/told"; exit ${PIPESTATUS[0]}',
        options=rom(bench, "9.2"), speed=200).expect(0)
    lines = [line for line in run.out.splitlines() if line.startswith("{")]
    result = json.loads(lines[-1])
    assert result["outcome"] == "started" and result["label"] == "H755-0001", run.told
    assert result["rom"] == "9.2" and len(result["id"]) == 24, run.told
    check_flash(bench, run)
    rows = record.read_text(encoding="utf-8").splitlines()
    assert [row.rsplit(",", 1)[1] for row in rows[1:]] == ["reserved", "started"], rows
    assert all(",H755-0001," in row for row in rows[1:]), rows


def case_provision_without_option_bytes():
    """a unit whose option bytes nobody has set is named as such, and its image is in place"""
    bench = Bench()
    run = bench.script(f'{provision(bench, "--no-wait")}; {BY_HAND}; sleep 0.5; "$CTL" recover',
                       options=rom(bench, "9.2"), speed=200).expect(0)
    assert "BCM4" in run.out, run.told
    check_flash(bench, run)
    # A journal word programmed with 0xFF could never be written by the bootloader.
    first = STATE_HEAD_BYTES + (JOURNAL - FLASH_BASE) // 32
    cells = bench.state.read_bytes()[first:first + 32]
    assert cells == b"\x01\x01" + b"\x00" * 30, cells.hex()


def case_provision_90():
    """V9.0, on which dfu-util hangs: both banks are written, after the extra reset"""
    bench = Bench()
    run = bench.script(f"{RESET}; {started(bench)}", options=rom(bench, "9.0"), speed=100)
    run.expect(0)
    assert '"mode":"application"' in run.out, run.told
    check_flash(bench, run)


def case_provision_91_where_dfu_util_leaves_a_hole():
    """V9.1: dfu-util leaves a hole in the image of the M4 and reports success, ours ends correct"""
    bench = Bench()
    data = random.Random(1).randbytes(4096)
    file = bench.file("m4.bin", data)
    run = bench.script(f'dfu-util -d 0483:df11 -a 0 -s 0x08100000 -D "{file}"',
                       options=rom(bench, "9.1"), speed=20).expect(0)
    assert "File downloaded successfully" in run.out, run.told
    assert flash_at(bench, 0x08100000, len(data)) != data, "dfu-util left no hole"
    run = bench.script(started(bench), options=rom(bench, "9.1"), speed=20).expect(0)
    assert '"mode":"application"' in run.out, run.told
    check_flash(bench, run)


def case_provision_again_after_unplugs():
    """a cable pulled again and again: the next attempt ends with a running unit"""
    bench = Bench()
    total = 0
    script = ""
    for block in (1, 2, 30, 60, 90):
        total += 1
        script += (f"{CONTROL} unplug-at-block {block};"
                   f"{provision(bench, '--no-wait')} && exit 9{total};"
                   f"{CONTROL} plug; sleep 0.2;")
    run = bench.script(script + started(bench), options=rom(bench, "9.2"), speed=200)
    run.expect(0)
    assert '"mode":"application"' in run.out, run.told
    check_flash(bench, run)


def case_provision_again_after_cuts():
    """power cut while the flash is written: the board is programmed at the next attempt"""
    bench = Bench()
    script = ""
    for operation in (1, 3, 4000, 9000, 15000):
        script += (f"{CONTROL} cut-at-operation {operation};"
                   f"{provision(bench, '--no-wait')}; {CONTROL} power-on; sleep 0.3;")
    run = bench.script(script + started(bench), options=rom(bench, "9.2"), speed=200)
    run.expect(0)
    assert '"mode":"application"' in run.out, run.told
    check_flash(bench, run)


def provisioned_flash(bench):
    """Puts release 1.0.0 and the bootloader on the board: something that could be lost."""
    bench.script(provision(bench, "--no-wait"), options=rom(bench, "9.2"), speed=200).expect(0)
    return bench.flash()


def case_provision_refuses_other_chips():
    """an H723 has other sectors, a single-bank H743 lacks bank 2: refused, and nothing is erased"""
    bench = Bench()
    flash = provisioned_flash(bench)
    for chip in ("h723", "h743-single"):
        options = rom(bench, "9.2", "--chip", chip)
        run = bench.script(provision(bench), options=options).expect(6, error="HX-0617")
        assert bench.flash() == flash, run.told


def case_provision_refuses_read_protection():
    """a board with read protection is refused, and nothing is erased"""
    bench = Bench()
    flash = provisioned_flash(bench)
    run = bench.script(provision(bench), options=rom(bench, "9.2", "--rdp", "1"))
    run.expect(6, error="HX-0618")
    assert bench.flash() == flash, run.told


def case_provision_write_protected():
    """a foreign bootloader behind write protection is named as such: that takes an ST-LINK"""
    bench = Bench()
    run = bench.script(provision(bench, "--no-wait"),
                       options=rom(bench, "9.2", "--write-protect", "0"), speed=200)
    run.expect(6, error="HX-0619")
    assert flash_at(bench, FLASH_BASE, 4096) == b"\xff" * 4096, run.told


def case_provision_our_bootloader_is_protected():
    """with our bootloader in place behind its protection, a new release goes in all the same"""
    bench = Bench()
    bench.script(started(bench), options=rom(bench, "9.2"), speed=200).expect(0)
    run = bench.script(started(bench, name="1.1.0"),
                       options=rom(bench, "9.2", "--write-protect", "0"), speed=200).expect(0)
    assert '"1.1.0"' in run.out, run.told


def case_provision_two_boards():
    """of two boards with the same serial number the port chooses, and the other stays as it is"""
    bench = Bench()
    other = bench.folder / "other board.bin"
    boards = rom(bench, "9.2", "--devices", 2, "--state", other)
    bench.script(provision(bench), options=boards).expect(3, error="HX-0302")
    run = bench.script(provision(bench, "--no-wait", "--device", "1-2"), options=boards, speed=200)
    run.expect(0)
    assert flash_at(bench, FLASH_BASE, 4096) == b"\xff" * 4096, run.told
    image = bootloader(bench).read_bytes()
    assert Bench.flash_of(other)[CELLS:CELLS + len(image)] == image, run.told


def case_provision_nothing_there():
    """without a board in its ROM loader the tool says how to get it there"""
    bench = Bench()
    run = bench.script(provision(bench)).expect(3, error="HX-0304")
    assert "BOOT0" in run.err, run.told


def case_provision_takes_signed_files_only():
    """a release, and a unit that was changed, are no input, and the board is not even opened"""
    bench = Bench()
    changed = bytearray(unit(bench).read_bytes())
    changed[len(changed) // 2] ^= 1
    file = bench.file("changed.h755factory", bytes(changed))
    bench.script(f'"$CTL" provision "{file}"', options=rom(bench, "9.2")).expect(5)
    release = bench.tools.release("1.0.0")
    bench.script(f'"$CTL" provision "{release}"', options=rom(bench, "9.2")).expect(
        5, error="HX-0506")


def case_provision_rescues_a_half_erased_board():
    """a cable pulled during an update by dfu-util: nothing starts, and ours brings it back"""
    bench = Bench()
    old = bench.file("old firmware.bin", random.Random(7).randbytes(200 * 1024))
    # dfu-util erases all sectors first; then the cable goes, and the board is dead without BOOT0.
    run = bench.script(f'dfu-util -d 0483:df11 -a 0 -s 0x08000000 -D "{old}" || true;'
                       f"{CONTROL} unplug; {BY_HAND}; {CONTROL} status",
                       options=rom(bench, "9.2", "--unplug-at-block", 20), speed=100).expect(0)
    assert "mode=locked-up" in run.out, run.told
    # BOOT0 high while the power comes on, the unit's file, BOOT0 low, power: it runs.
    run = bench.script(f"{CONTROL} boot0 on; {POWER_CYCLE}; sleep 0.5; \"$CTL\" recover;"
                       f"{started(bench)}", options=rom(bench, "9.2"), speed=100).expect(0)
    assert "on the bus: rom-loader" in run.out, run.told
    assert "possible cause 1: " in run.out, run.told
    assert '"mode":"application"' in run.out and '"state":"confirmed"' in run.out, run.told
