#!/usr/bin/env python3
"""run_window_case.py PROGRAM FUNCTION: one function of a window's test program with a fresh virtual
device that runs 1.0.0, confirmed. Some get more than that: OPTIONS and PREPARATIONS."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
from host_bench import Bench  # pylint: disable=wrong-import-position

TWO_BOARDS = ("--devices", "2")  # the second one is empty
CRASHING = ("--application", "crash:50@1.1.0")
OPTIONS = {
    "asksWhichDevice": TWO_BOARDS,
    "continuesOnlyWithItsOwnUnit": TWO_BOARDS,
    "staysWithItsUnit": TWO_BOARDS,
    "goesOnWhenItsUnitIsBack": TWO_BOARDS,
    "saysThatATrialFailed": CRASHING,
    "explainsTheProbe": ("--neighbour", "0483:3748"),
}


def fail_a_trial(bench):
    run = bench.update("1.1.0", options=CRASHING)
    assert run.code != 0, run.told


PREPARATIONS = {
    "startsTheOtherSlot": lambda bench: bench.install("1.1.0"),
    "saysThatATrialFailed": fail_a_trial,
}


def as_a_person():
    """Root may open every file; the rights of a device must count for this program too."""
    if os.geteuid() != 0:
        return ()
    powers = "-dac_override,-dac_read_search"
    return ("setpriv", f"--inh-caps={powers}", f"--bounding-set={powers}")


def main():
    program, function = sys.argv[1:]
    bench = Bench()
    bench.install("1.0.0")
    PREPARATIONS.get(function, lambda _: None)(bench)
    options = OPTIONS.get(function, ())
    bus = ("dbus-run-session", "--") if "desktop" in pathlib.Path(program).name else ()
    # Not at once: people have to see what is tested.
    run = bench.session(*as_a_person(), *bus, program, function, options=options, speed=20)
    print(run.out, run.err)
    sys.exit(run.code)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
