#!/usr/bin/env python3
"""run_window_case.py PROGRAM FUNCTION: one function of a window's test program with a fresh virtual
device that runs 1.0.0, confirmed. Some get more than that: OPTIONS and PREPARATIONS; those of
FACTORY begin in the ROM loader."""

import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
# pylint: disable=wrong-import-position
from host_bench import Bench
from test_rescue import DONE, SECTOR, Chip

TWO_BOARDS = ("--devices", "2")  # the second one is empty
CRASHING = ("--application", "crash:50@1.1.0")
OPTIONS = {
    "asksWhichDevice": TWO_BOARDS,
    "continuesOnlyWithItsOwnUnit": TWO_BOARDS,
    "staysWithItsUnit": TWO_BOARDS,
    "goesOnWhenItsUnitIsBack": TWO_BOARDS,
    "saysThatATrialFailed": CRASHING,
    "explainsTheProbe": ("--neighbour", "0483:3748"),
    "programsAWholeUnit": ("--neighbour", "0483:3748"),
    "replacesABootloader": ("--neighbour", "0483:3748"),
    "changesNoOtherUnit": ("--neighbour", "0483:3748"),
    "stopsBeforeTheNextStep": ("--neighbour", "0483:3748"),
}
# A board from the factory in its ROM loader, and what more it has.
FACTORY = {
    "bringsAHalfErasedBoardBack": (),
    "stopsBetweenSectors": (),
    "staysWithItsBoard": ("--devices", "2"),
    "takesNoTamperedUnitFile": (),
    "leavesAReadProtectedBoardAlone": ("--rdp", "1"),
    "leadsFromWriteProtectionToTheProbe": ("--write-protect", "0"),
    "leadsFromOptionBytesToTheProbe": (),
    "staysResponsiveWhileABoardIsProgrammed": (),
    "programsWithoutAMouse": (),
}


def factory_options(bench, function):
    bootloader = bench.tools.examples.parent / "stm32h755" / "bootloader.bin"
    return ("--rom", "9.2", "--bootloader", bootloader, *FACTORY[function])


def write_by_dfu_util(bench, *options):
    old = bench.file("old firmware.bin", random.Random(7).randbytes(200 * 1024))
    return bench.session(
        "dfu-util", "-d", "0483:df11", "-a", "0", "-s", "0x08000000", "-D", old, speed=100,
        options=(*factory_options(bench, "bringsAHalfErasedBoardBack"), *options))


def pull_the_cable_of_dfu_util(bench):
    """It erases everything first: the board is dead without BOOT0 from then on."""
    run = write_by_dfu_util(bench, "--unplug-at-block", "20")
    assert run.code != 0, run.told


def fail_a_trial(bench):
    run = bench.update("1.1.0", options=CRASHING)
    assert run.code != 0, run.told


PREPARATIONS = {
    "startsTheOtherSlot": lambda bench: bench.install("1.1.0"),
    "saysThatATrialFailed": fail_a_trial,
    "bringsAHalfErasedBoardBack": pull_the_cable_of_dfu_util,
    "leavesAReadProtectedBoardAlone": write_by_dfu_util,
    "takesNoTamperedUnitFile": write_by_dfu_util,
}
# Nothing of the flash may have changed behind these.
UNCHANGED = ("leavesAReadProtectedBoardAlone", "takesNoTamperedUnitFile")


# The unit on the bus once more, as the chip behind an ST-LINK.
UNIT_WORDS = {0x1FF1E800: 0x002A0031, 0x1FF1E804: 0x3638510F, 0x1FF1E808: 0x38373334}


def expect_new_bootloader(chip):
    assert chip.flash().startswith(chip.bootloader) and chip.options() == DONE
    assert chip.flash()[SECTOR:] == b"\xff" * (0x200000 - SECTOR), "more than the bootloader"


def expect_untouched(chip):
    assert chip.flash() == b"\xff" * 0x200000 and len(chip.calls()) == 1, chip.calls()


# Those with a chip behind an ST-LINK: the option bytes that it begins with, and what is true of it
# afterwards.
CHIPS = {
    "programsAWholeUnit": (None, Chip.expect_provisioned),
    "stopsBeforeTheNextStep": (None, Chip.expect_provisioned),
    "replacesABootloader": (DONE, expect_new_bootloader),
    "changesNoOtherUnit": (None, expect_untouched),
}


def chip_of(function):
    """Its OpenOCD takes as long as people need to see what is tested."""
    chip = Chip(options=CHIPS[function][0], words=UNIT_WORDS)
    slow = chip.bench.file("slow openocd", f'#!/bin/sh\nsleep 0.4\nexec "{chip.openocd}" "$@"\n'
                           .encode())
    slow.chmod(0o755)
    os.environ["H755_OPENOCD"] = str(slow)
    return chip


def as_a_person():
    """Root may open every file; the rights of a device must count for this program too."""
    if os.geteuid() != 0:
        return ()
    powers = "-dac_override,-dac_read_search"
    return ("setpriv", f"--inh-caps={powers}", f"--bounding-set={powers}")


def main():
    program, function = sys.argv[1:]
    bench = Bench()
    options = OPTIONS.get(function, ())
    if function in FACTORY:
        options = factory_options(bench, function)
    else:
        bench.install("1.0.0")
    PREPARATIONS.get(function, lambda _: None)(bench)
    chip = chip_of(function) if function in CHIPS else None
    bus = ("dbus-run-session", "--") if "desktop" in pathlib.Path(program).name else ()
    before = bench.flash() if function in UNCHANGED else None
    # Not at once: people have to see what is tested.
    run = bench.session(*as_a_person(), *bus, program, function, options=options, speed=20)
    print(run.out, run.err)
    assert before is None or before == bench.flash(), "the flash has changed"
    if chip is not None and run.code == 0:
        CHIPS[function][1](chip)
    sys.exit(run.code)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
