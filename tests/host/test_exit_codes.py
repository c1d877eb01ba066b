"""Exit codes as they are frozen in app/cli/README.md: each is provoked, and none is missing there.
And no device, however silent, keeps a command."""

import concurrent.futures
import json
import os
import pathlib
import re
import time

from host_bench import Bench, Run

ROOT = pathlib.Path(__file__).resolve().parents[2]
STOP = pathlib.Path(__file__).resolve().parent / "stop_after_blocks.py"
HANGS_SECONDS = 15  # with --timeout 3: a transfer that had begun is given 5 s


def documented(file):
    """The codes in the table below the heading "Exit codes"."""
    text = (ROOT / file).read_text().split("## Exit codes", 1)[1].split("\n## ", 1)[0]
    return [int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)]


def installed(name):
    bench = Bench()
    bench.install(name)
    return bench


def hostile(distortion, *arguments):
    bench = Bench()
    environment = {**os.environ, "H755_DISTORTION": distortion}
    return Run([os.environ["HOSTILE_H755"], "--state", bench.state, "--speed", 0, "--",
                bench.tools.ctl, *arguments], environment)


def nobody_there():
    return Bench().script('"$VIRTUAL" control "$CONTROL" unplug > /dev/null; "$CTL" info')


def other_product():
    bench = installed("1.0.0")
    return bench.update("other product")


def failed_trial():
    return installed("1.0.0").update("1.1.0", options=["--application", "crash:50@1.1.0"])


def no_descriptors_left():
    """libusb cannot even be started."""
    return Run(["prlimit", "--nofile=4", Bench().tools.ctl, "list"])


def interrupted():
    bench = installed("1.0.0")
    bundle = bench.tools.release("1.1.0")
    return bench.script(f'python3 "{STOP}" SIGINT 40 "$CTL" update "{bundle}"', speed=20)


LONG_WAIT = {"do": "wait", "ms": 60_000}


def with_plan(command, *steps):
    """A shell command in a session; $PLAN runs these steps."""
    bench = installed("1.0.0")
    bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": steps}).encode())
    plan = '"$CTL" test "$FOLDER/plan.json" --out "$FOLDER/results"'
    return bench.script(command.replace("$PLAN", plan))


def failed_test():
    return with_plan("$PLAN", {"do": "expect", "expect": {"version": "9.9.9"}})


PROVOKED = {  # by which run, and with which error
    0: (lambda: Bench().ctl("list"), None),
    1: (failed_test, "HX-0101"),
    2: (lambda: Bench().ctl("fly"), "HX-0201"),
    3: (nobody_there, "HX-0301"),
    4: (lambda: Bench().ctl("rescue", "identify", "--openocd", "/nowhere/openocd"), "HX-0404"),
    5: (lambda: Bench().ctl("verify", pathlib.Path(__file__)), "HX-0502"),
    6: (other_product, "HX-0601"),
    7: (lambda: hostile("short status", "info"), "HX-0703"),
    8: (lambda: hostile("silent", "info", "--timeout", 3), "HX-0801"),
    9: (failed_trial, "HX-0901"),
    10: (no_descriptors_left, "HX-1001"),
    11: (interrupted, "HX-1101"),
}

PROVOKED_BY_TEST = {
    0: (lambda: with_plan("$PLAN", {"do": "wait", "ms": 1}), None),
    1: (failed_test, "HX-0101"),
    2: (lambda: with_plan("$PLAN", {"do": "fly"}), "HX-0204"),
    3: (lambda: with_plan('"$VIRTUAL" control "$CONTROL" unplug > /dev/null; $PLAN', LONG_WAIT),
        "HX-0301"),
    8: (lambda: with_plan("$PLAN --timeout 1", LONG_WAIT), "HX-0805"),
    11: (lambda: with_plan("timeout --preserve-status -s INT 2 $PLAN", LONG_WAIT), "HX-1101"),
}


def check(provoked):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        runs = {code: pool.submit(provoke) for code, (provoke, _) in provoked.items()}
    for code, (_, error) in provoked.items():
        runs[code].result().expect(code, error=error)


def case_exit_codes():
    """every exit code of the table is provoked, with its error, and there is no other"""
    header = (ROOT / "app/core/error_code.h").read_text().split("enum class ErrorGroup", 1)[1]
    groups = [int(number) for number in re.findall(r"= (\d+),", header.split("};", 1)[0])]
    assert documented("app/cli/README.md") == groups == list(PROVOKED), groups
    check(PROVOKED)


def case_exit_codes_of_plan():
    """every exit code of test in the table of the guide is provoked, and there is no other"""
    assert documented("docs/qa-guide.md") == list(PROVOKED_BY_TEST)
    check(PROVOKED_BY_TEST)


# What each command says of a device that does not answer; None: it looks at no device of ours.
SILENT = {
    "list": 0,
    "info": 8,
    "verify": None,
    "update": 8,
    "report": 8,
    "recover": 8,
    "select-set": 8,
    "provision": 3,
    "reboot": 8,
    "rescue": None,
    "test": 8,
}


def words_of(command, bench):
    release, folder = bench.tools.release("1.0.0"), bench.folder
    plan = bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": [
        {"do": "update", "release": str(release)}]}).encode())
    words = {"update": [release], "report": ["--output", folder / "report.zip"],
             "provision": [bench.tools.release("1.0.0").with_suffix(".h755factory")],
             "test": [plan, "--out", folder / "results"]}
    return [command, *words.get(command, []), "--timeout", 3]


def case_hostile_hangs():
    """a device that is silent ends every command in time, with the documented exit code"""
    told = Run([Bench().tools.ctl, "--help"]).expect(0).out.split("Subcommands:", 1)[1]
    assert re.findall(r"^  (\S+)", told, re.MULTILINE) == list(SILENT), told

    def meet(command):
        bench = Bench()
        start = time.monotonic()
        run = hostile("silent", *words_of(command, bench))
        return run, time.monotonic() - start

    commands = [command for command, code in SILENT.items() if code is not None]
    with concurrent.futures.ThreadPoolExecutor(len(commands)) as pool:
        for command, (run, seconds) in zip(commands, pool.map(meet, commands)):
            run.expect(SILENT[command])
            assert seconds < HANGS_SECONDS, (command, seconds, run.told)
