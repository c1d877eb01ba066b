#!/usr/bin/env python3
"""run_window_case.py PROGRAM FUNCTION: one function of window_test or technician_test with a fresh
virtual device that runs 1.0.0, confirmed. FUNCTION asksWhichDevice gets an empty second one beside
it."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
from host_bench import Bench  # pylint: disable=wrong-import-position


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
    options = ()
    if function in ("asksWhichDevice", "continuesOnlyWithItsOwnUnit"):
        options = ("--devices", "2", "--state", bench.folder / "second.bin")
    # Not at once: people have to see what is tested.
    run = bench.session(*as_a_person(), program, function, options=options, speed=20)
    print(run.out, run.err)
    sys.exit(run.code)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
