"""Boards that lie on the bus: every command ends in time, with an error that names the cause, and
nothing that a terminal would obey comes out."""

import concurrent.futures
import os
import time

from host_bench import Bench, Run

LONGEST_S = 60

# what the board does: exit code and error of `info`, then of `update`; None: nothing is wrong
EXPECTED = {
    "silent": ((8, "HX-0801"), (8, "HX-0801")),
    "stalls": ((7, "HX-0704"), (7, "HX-0704")),
    "short status": ((7, "HX-0703"), (7, "HX-0703")),
    "empty status": ((7, "HX-0703"), (7, "HX-0703")),
    "status of ones": ((7, "HX-0704"), (7, "HX-0704")),
    "short DFU status": (None, (7, "HX-0703")),
    "unknown DFU state": (None, (7, "HX-0703")),
    "always busy": (None, (8, "HX-0803")),
    "busy for hours": (None, (8, "HX-0803")),
    "always an error": (None, (6, "HX-0616")),
    "control characters": ((7, "HX-0703"), (7, "HX-0703")),
    "right to left": ((7, "HX-0703"), (7, "HX-0703")),
    "half a character": ((7, "HX-0703"), (7, "HX-0703")),
    "string of length 0": ((7, "HX-0703"), (7, "HX-0703")),
    "string of length 255": ((7, "HX-0702"), (7, "HX-0702")),
    "string of one byte": ((7, "HX-0702"), (7, "HX-0702")),
    "interface descriptor of length 0": ((7, "HX-0702"), (7, "HX-0702")),
    "interface descriptor of length 255": ((7, "HX-0703"), (7, "HX-0703")),
    "DFU descriptor of length 1": ((7, "HX-0702"), (7, "HX-0702")),
    "another interface class": ((7, "HX-0703"), (7, "HX-0703")),
    "string of 126 characters": ((7, "HX-0703"), (7, "HX-0703")),
    "no languages": ((7, "HX-0702"), (7, "HX-0702")),
    "no serial number": ((7, "HX-0703"), (7, "HX-0703")),
    "babbling status": ((7, "HX-0702"), (7, "HX-0702")),
    "babbling DFU status": (None, (7, "HX-0702")),
    "babbling strings": ((7, "HX-0702"), (7, "HX-0702")),
    "status as long as can be": ((7, "HX-0703"), (7, "HX-0703")),
    "missing blocks without end": (None, (7, "HX-0703")),
    "missing blocks of one byte": (None, (7, "HX-0703")),
    # libusb does not even list these
    "device descriptor of length 0": ((3, "HX-0301"), (3, "HX-0301")),
    "device descriptor of length 255": ((3, "HX-0301"), (3, "HX-0301")),
    "configuration descriptor of length 0": ((3, "HX-0301"), (3, "HX-0301")),
    "configuration descriptor of length 255": ((7, "HX-0702"), (7, "HX-0702")),
    "configuration that claims 64 KB": (None, None),
    "configuration that claims 4 KB": (None, None),
    "configuration of 255 interfaces": ((7, "HX-0702"), (7, "HX-0702")),
    "configuration of no interfaces": ((7, "HX-0703"), (7, "HX-0703")),
}

# What another try might cure is tried for 20 s. These boards are waited for at the same time.
PATIENT = ["busy for hours", "babbling status", "babbling DFU status",
           "interface descriptor of length 0", "DFU descriptor of length 1",
           "configuration descriptor of length 255", "configuration of 255 interfaces"]

# what `list` shows of their strings: nothing that a terminal obeys, and nothing left out
SHOWN = {
    "control characters": "\\x1B[31m\\x07\\x0D\\x0ARED",
    "right to left": "?7?55H?",
    "string of 126 characters": "A" * 64,
}


class HostileBench(Bench):
    def __init__(self, distortion):
        super().__init__()
        self.tools.virtual = os.environ["HOSTILE_H755"]
        self.environment = {**os.environ, "H755_DISTORTION": distortion}

    def session(self, *command, options=(), speed=0):
        start = time.monotonic()
        run = Run([self.tools.virtual, "--state", self.state, "--speed", speed, "--", *command],
                  self.environment)
        assert time.monotonic() - start < LONGEST_S, run.told
        assert all(text.isprintable() and text.isascii()
                   for text in (run.out + run.err).split("\n")), repr(run.told)
        return run


def expect(run, wanted):
    if wanted is None:
        run.expect(0)
    else:
        run.expect(wanted[0], error=wanted[1])


def check(distortion):
    bench = HostileBench(distortion)
    listed = bench.ctl("list").expect(0)
    assert SHOWN.get(distortion, "") in listed.out, listed.told
    info, update = EXPECTED[distortion]
    expect(bench.ctl("info", "--timeout", 5), info)
    expect(bench.ctl("update", bench.tools.release("1.0.0"), "--timeout", 5), update)


def case_all_distortions_are_known():
    """every lie that the hostile board can tell is expected here"""
    known = Run([os.environ["HOSTILE_H755"]]).expect(2).out.splitlines()
    assert sorted(known) == sorted(EXPECTED), known


def case_hostile_patient():
    """boards that lie where another try might help do not keep h755ctl for more than a minute"""
    with concurrent.futures.ThreadPoolExecutor(len(PATIENT)) as pool:
        for checked in [pool.submit(check, distortion) for distortion in PATIENT]:
            checked.result()


def define_cases():
    for number, distortion in enumerate(EXPECTED):
        if distortion in PATIENT:
            continue
        def case(distortion=distortion):
            check(distortion)
        case.__doc__ = f"a board that lies: {distortion}"
        globals()[f"case_hostile_{number}"] = case


define_cases()
