"""The plans that are installed with the tools: each is right, described, and passes."""

import json
import pathlib

from host_bench import Bench, Run

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLANS = sorted(file for file in (ROOT / "resources" / "plans").glob("*.json")
               if not file.name.endswith(".schema.json"))
RELEASES = {"old": "1.1.1 counter 2", "new": "1.1.3 counter 2", "failing": "1.1.2 counter 2",
            "belowFloor": "1.0.0", "otherProduct": "other product", "first": "1.1.1 counter 2",
            "second": "1.1.3 counter 2", "third": "1.1.4 counter 2"}


def variables(bench, plan, **more):
    """--var for each name that the plan asks for."""
    text = plan.read_text()
    given = {name: bench.tools.release(release) for name, release in RELEASES.items()
             if f"${{{name}}}" in text}
    return [word for name, value in {**given, **more}.items() for word in ("--var",
                                                                          f"{name}={value}")]


def run_once(name, speed=0, **more):
    """The plan on one board, made as short as its variables allow."""
    bench = Bench()
    plan = ROOT / "resources" / "plans" / f"{name}.json"
    out = bench.folder / "results"
    bench.ctl("test", plan, "--out", out, "--seed", 11, *variables(bench, plan, **more),
              speed=speed).expect(0)
    records = [json.loads(line) for line in (out / "record.jsonl").read_text().splitlines()]
    steps = [record for record in records if record["type"] == "step"]
    assert steps and all(step["outcome"] == "passed" for step in steps), \
        [(step["name"], step["outcome"], step.get("reason")) for step in steps]
    return steps


def accidents_of(steps):
    """{kind: how often it has happened}"""
    found = {}
    for step in steps:
        if step.get("accident"):
            kind = step["accident"].split()[0]
            found[kind] = found.get(kind, 0) + step["accidentHappened"]
    return found


def case_plan_ready_lint():
    """every installed plan passes --lint and is described in the guide"""
    bench = Bench()
    guide = (ROOT / "docs" / "qa-guide.md").read_text()
    assert len(PLANS) >= 4, PLANS
    for plan in PLANS:
        run = Run([bench.tools.ctl, "test", "--lint", plan, *variables(bench, plan)]).expect(0)
        assert "no mistakes" in run.out, run.told
        assert f"`{plan.stem}`" in guide, plan


def case_plan_release_gate():
    """the release gate passes, with each accident in it"""
    happened = accidents_of(run_once("release-gate", rounds=1))
    assert len(happened) == 5 and all(happened.values()), happened


def case_plan_overnight_soak():
    """the overnight soak passes, as often as its variable says"""
    steps = run_once("overnight-soak", cycles=2, minutes=5)
    assert {step["cycle"] for step in steps} == {"1", "2"}, steps
    assert all(accidents_of(steps).values()), accidents_of(steps)


def case_plan_torture():
    """the power-cut torture passes, as often as its variable says"""
    steps = run_once("power-cut-torture", cycles=2)
    assert len(steps) == 6 and accidents_of(steps) == {"cutAtOperation": 6}, accidents_of(steps)
