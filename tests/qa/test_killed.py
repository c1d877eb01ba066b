import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
from functools import partial

import html5lib
from judge import check_folder, check_records, steps_of
from qa_bench import QaBench, Run, outcomes, records_of

BOARDS = 3
MOMENTS = 20
SEED = 755
LIMIT_SECONDS = 60
CANCELLED = 11
STEPS = [{"do": "update", "release": "${old}"}, {"do": "tampered-must-fail", "release": "${new}"},
         {"do": "repeat", "times": 2, "steps": [{"do": "reboot"}, {"do": "wait", "ms": 30}]},
         {"do": "command", "command": ["true"]}]


def command_of(virtual):
    """The process that virtual-h755 has started."""
    children = pathlib.Path(f"/proc/{virtual.pid}/task/{virtual.pid}/children")
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(ValueError, IndexError, FileNotFoundError):
            return int(children.read_text().split()[0])
        time.sleep(0.001)
    raise AssertionError("virtual-h755 has started nothing")


def has_steps(bench):
    """Waits until the first records of steps are there."""
    file = bench.folder / "results" / "record.jsonl"
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        if file.exists() and '"type":"step"' in file.read_text():
            return
        time.sleep(0.01)
    raise AssertionError("no step was recorded")


def run_until(bench, plan, moment, what):
    """Runs the plan until then, sends a signal; exit code and the records that it has told."""
    shutil.rmtree(bench.folder / "results", ignore_errors=True)
    arguments = [bench.tools.virtual, "--speed", 0, "--devices", BOARDS,
                 "--control", bench.folder / "control", "--", *bench.command(plan, "--json")]
    with subprocess.Popen([str(word) for word in arguments], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as virtual:
        runner = command_of(virtual)
        moment()
        with contextlib.suppress(ProcessLookupError):
            os.kill(runner, what)
        said = virtual.communicate(timeout=LIMIT_SECONDS)[0]
    whole = said[:said.rfind("\n") + 1].splitlines()
    return virtual.returncode, [line for line in whole if '"chain":' in line]


def seconds_of(bench, plan):
    start = time.monotonic()
    bench.test(plan, devices=BOARDS).expect(0)
    return time.monotonic() - start


def check_remains(bench, told):
    """Everything that was told is on the disk, every page can be read, and all can be rebuilt."""
    results = bench.folder / "results"
    file = results / "record.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    assert lines[:len(told)] == told and len(lines) <= len(told) + 1, (lines, told)
    if not lines:
        return 0
    if (page := results / "report.html").exists():
        html5lib.HTMLParser(strict=True).parse(page.read_text())
    if (suites := results / "junit.xml").exists():
        Run(["xmllint", "--noout", suites]).expect(0)
    Run([bench.tools.ctl, "test", "--check-records", file]).expect(0)
    Run([bench.tools.ctl, "test", "--rebuild", results]).expect(0)
    records = check_folder(results)
    assert [path.name for path in results.glob("*.new")] == [], list(results.iterdir())
    return len(steps_of(records))


def case_killed():
    """SIGKILL at 20 random moments leaves every finished step, and rebuilt results are valid"""
    bench = QaBench()
    plan = bench.plan(STEPS)
    longest, numbers = seconds_of(bench, plan), random.Random(SEED)
    all_steps = len(bench.steps())
    finished = []
    for seconds in sorted(numbers.uniform(0, longest) for _ in range(MOMENTS)):
        code, told = run_until(bench, plan, partial(time.sleep, seconds), signal.SIGKILL)
        assert code in (0, 128 + signal.SIGKILL), code
        finished.append(check_remains(bench, told))
    print(f"killed at {MOMENTS} moments of {longest:.1f} s; finished steps: {finished}")
    assert len(set(finished)) > 3 and min(finished) < all_steps // 2, finished


def case_killed_retry():
    """what a killed run has not finished can be tested again"""
    bench = QaBench()
    plan = bench.plan(STEPS)
    run_until(bench, plan, partial(has_steps, bench), signal.SIGKILL)
    before = records_of(bench.folder / "results" / "record.jsonl")
    assert "end" not in {record["type"] for record in before}, before
    bench.test(plan, "--retry-failed", bench.folder / "results", devices=BOARDS,
               out="again").expect(0)
    again = check_folder(bench.folder / "again")
    missing = {unit["id"] for unit in before[0]["units"]} - set(outcomes(before))
    assert set(outcomes(again)) == missing and again[0]["retryOf"] == before[-1]["chain"], again


def case_interrupted():
    """SIGINT and SIGTERM end a run cleanly, with its results and exit code 11"""
    bench = QaBench()
    # Nobody waits for the last step: that would take longer than the case may.
    plan = bench.plan([*STEPS, {"do": "wait", "ms": 3600000}])
    for what in (signal.SIGINT, signal.SIGTERM):
        code, told = run_until(bench, plan, partial(has_steps, bench), what)
        assert code == CANCELLED, code
        records = check_folder(bench.folder / "results")
        assert [json.loads(line) for line in told] == records, told
        assert records[-1]["outcome"] == "cancelled", records[-1]
        assert set(outcomes(records).values()) == {"cancelled"}, records
        assert check_records(bench.folder / "results")[-1]["type"] == "end"
