import hashlib
import json
import pathlib

from host_bench import Bench, Run

PLANS = pathlib.Path(__file__).resolve().parents[2] / "resources" / "plans"


def run_plan(bench, plan, *arguments, options=()):
    release = bench.tools.release
    return bench.session(bench.tools.ctl, "test", plan, "--out", bench.folder / "results",
                         "--seed", 7, "--station", "S1", "--var", f"old={release('1.0.0')}",
                         "--var", f"new={release('1.1.0')}",
                         "--var", f"otherProduct={release('other product')}", *arguments,
                         options=options)


def records(bench):
    """All records, with the chain computed anew as docs/qa-guide.md tells it."""
    chain, lines = "0" * 64, (bench.folder / "results" / "record.jsonl").read_text().splitlines()
    for line in lines:
        text, told = line[:-len(',"chain":""}') - 64], json.loads(line)["chain"]
        chain = hashlib.sha256((chain + text).encode()).hexdigest()
        assert chain == told, line
    return [json.loads(line) for line in lines]


def case_plan_smoke():
    """the smoke plan passes on two devices, with records whose chain holds"""
    bench = Bench()
    run_plan(bench, PLANS / "smoke.json", options=["--devices", 2]).expect(0)
    found = records(bench)
    assert found[0]["seed"] == 7 and found[0]["station"] == "S1", found[0]
    steps = [record for record in found if record["type"] == "step"]
    assert len(steps) == 14 and all(step["outcome"] == "passed" for step in steps), steps
    pulled = [step for step in steps if step["path"] == "4"]
    assert len(pulled) == 2 and all(step["accidentHappened"] for step in pulled), pulled
    assert found[-1]["type"] == "end" and found[-1]["yieldPercent"] == 100, found[-1]
    file = bench.folder / "results" / "record.jsonl"
    Run([bench.tools.ctl, "test", "--check-records", file]).expect(0)
    file.write_text(file.read_text().replace('"seed":7', '"seed":8'))
    Run([bench.tools.ctl, "test", "--check-records", file]).expect(1, error="HX-0102")


def case_plan_failure():
    """a wrong version is a failed step and exit code 1, and later steps are not run"""
    bench = Bench()
    plan = bench.file("plan.json", json.dumps({"plan": 1, "name": "wrong", "steps": [
        {"do": "update", "release": "${old}", "expect": {"version": "9.9.9"}},
        {"do": "reboot"}]}).encode())
    run_plan(bench, plan).expect(1, error="HX-0101")
    outcomes = [record["outcome"] for record in records(bench) if record["type"] == "step"]
    assert outcomes == ["failed", "not-run"], outcomes


def case_plan_typo():
    """a plan with a typo is refused with its place and what was perhaps meant"""
    bench = Bench()
    plan = bench.file("plan.json", b'{"plan": 1, "name": "n", "steps": '
                                   b'[{"do": "updte", "release": "x"}]}')
    run = Run([bench.tools.ctl, "test", "--lint", plan]).expect(2, error="HX-0204")
    assert '/steps/0/do' in run.err and 'Write "update"' in run.err, run.told
