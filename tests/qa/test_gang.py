import datetime
import os
import pty
import subprocess

import pyte
from qa_bench import QaBench, outcomes

ROWS, COLUMNS = 40, 200


def unit_at(records, port):
    return next(unit["id"] for unit in records[0]["units"] if unit["port"] == port)


def most_at_once(steps):
    """How many of these steps were under way in the busiest moment."""
    moments = []
    for step in steps:
        begin = datetime.datetime.fromisoformat(step["started"].replace("Z", "+00:00"))
        moments += [(begin, 1), (begin + datetime.timedelta(milliseconds=step["ms"]), -1)]
    running, most = 0, 0
    for _, change in sorted(moments):
        running += change
        most = max(most, running)
    return most


def case_gang_side_by_side():
    """eight units are updated at the same time on one bus, and --jobs limits that"""
    bench = QaBench()
    plan = bench.plan([{"do": "wait", "ms": 1500},
                       {"do": "update", "release": "${old}", "expect": {"version": "1.0.0"}}])
    bench.test(plan).expect(0)
    assert len(outcomes(bench.records())) == 8, bench.records()
    assert most_at_once(step for step in bench.steps() if step["do"] == "wait") == 8
    assert most_at_once(step for step in bench.steps() if step["do"] == "update") > 4
    bench.test(plan, "--jobs", 2, out="two").expect(0)
    assert len(outcomes(bench.records("two"))) == 8, bench.records("two")
    assert most_at_once(bench.steps("two")) == 2


def case_gang_bad_unit():
    """a unit that hangs does not stop the others, and only it is tested again"""
    bench = QaBench()
    plan = bench.plan([{"do": "update", "release": "${new}"},
                       {"do": "expect", "expect": {"version": "1.1.0"}}], stepTimeoutSeconds=15)
    bench.file("first.sh", "\n".join([
        '"$VIRTUAL" control "$CONTROL" 3 hang-at-block 20', 'quoted=("$@")',
        '"${quoted[@]}" --out "$FOLDER/first"', 'echo "first $?"',
        '"$VIRTUAL" control "$CONTROL" 3 cut && "$VIRTUAL" control "$CONTROL" 3 power-on',
        'until "$1" list | grep -q "1-3 "; do sleep 0.1; done',
        '"${quoted[@]}" --out "$FOLDER/again" --retry-failed "$FOLDER/first"']).encode())
    words = [bench.tools.ctl, "test", plan, *bench.variables()]
    run = bench.session("env", f"VIRTUAL={bench.tools.virtual}",
                        f"CONTROL={bench.folder / 'control'}", f"FOLDER={bench.folder}",
                        "bash", bench.folder / "first.sh", *words, options=["--devices", 8])
    run.expect(0)
    assert "first 1" in run.out, run.told
    first, again = bench.records("first"), bench.records("again")
    bad = unit_at(first, "1-3")
    assert [unit for unit, how in outcomes(first).items() if how == "failed"] == [bad], first
    assert len(outcomes(first)) == 8, first
    hung = next(record for record in first if record["type"] == "step" and record["unit"] == bad)
    assert hung["exitCode"] == 8 and hung["outcome"] == "failed", hung
    assert outcomes(again) == {bad: "passed"}, again
    assert again[0]["retryOf"] == first[-1]["chain"], again[0]


def case_gang_limits():
    """a unit too slow for its cycle time fails, and the yield decides over the run"""
    bench = QaBench()
    steps = [{"do": "command", "command": ["test", "{port}", "!=", "1-3"]}]
    bench.test(bench.plan(steps, limits={"yieldPercent": 87}), out="enough").expect(0)
    run = bench.test(bench.plan(steps, limits={"yieldPercent": 88}), out="few")
    run.expect(1, error="HX-0101")
    assert "87 % of the units passed, expected 88 %" in run.err, run.told
    for out in ("enough", "few"):
        assert list(outcomes(bench.records(out)).values()).count("failed") == 1
    slow = [{"do": "command", "command": ["bash", "-c", "[[ $0 != 1-3 ]] || sleep 5.5", "{port}"]},
            {"do": "wait", "ms": 1}]
    bench.test(bench.plan(slow, limits={"cycleSeconds": 5}), out="slow").expect(1)
    records = bench.records("slow")
    failed = [unit for unit, how in outcomes(records).items() if how == "failed"]
    assert failed == [unit_at(records, "1-3")], records
    late = next(record for record in records if record.get("outcome") == "failed")
    assert late["reason"] == "the unit needs more than its cycle time of 5 s", late


def seen_on_terminal(arguments, screen):
    """Runs a program on a terminal of its own and gives the screen after each piece of output."""
    ours, theirs = pty.openpty()
    stream = pyte.ByteStream(screen)
    with subprocess.Popen([str(a) for a in arguments], stdout=theirs, stderr=theirs,
                          stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        try:
            while piece := os.read(ours, 65536):
                stream.feed(piece)
                yield [line.rstrip() for line in screen.display]
        except OSError:  # the other end is closed
            pass
        assert process.wait(60) == 0, screen.display
    os.close(ours)


def case_gang_rows():
    """on a terminal each port has a row of its own, which changes in place"""
    bench = QaBench()
    plan = bench.plan([{"do": "update", "release": "${old}"}, {"do": "wait", "ms": 300},
                       {"do": "reboot"}])
    screens = list(seen_on_terminal(
        [bench.tools.virtual, "--speed", 0, "--devices", 8, "--control", bench.folder / "control",
         "--", *bench.command(plan)], pyte.Screen(COLUMNS, ROWS)))
    rows = [f"1-{port}  3{port}002A000F51383634333738  3 passed, 0 failed  passed"
            for port in range(1, 9)]
    assert screens[-1][:8] == rows, "\n".join(screens[-1])
    assert screens[-1][9] == "passed: 100 % of 8 units", "\n".join(screens[-1])
    during = {row.split("failed  ")[-1] for screen in screens for row in screen[:8]}
    assert {"1: update", "2: wait", "3: reboot"} <= during, during
