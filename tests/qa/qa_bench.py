"""Plans on virtual boards, side by side, and what they leave: the tests of `h755ctl test`."""

import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "host"))

from host_bench import Bench, Run  # noqa: E402,F401

PLANS = ROOT / "resources" / "plans"
FIRST_CHAIN = "0" * 64


class QaBench(Bench):
    """Every run of a plan has boards of its own, new and empty."""

    def plan(self, steps, **fields):
        """A plan of these steps beside the results; its path."""
        text = json.dumps({"plan": 1, "name": "a test's own", "steps": steps, **fields})
        return self.file("plan.json", text.encode())

    def variables(self):
        """What the plans of resources/plans ask for."""
        release = self.tools.release
        values = {"old": release("1.0.0"), "new": release("1.1.0"),
                  "otherProduct": release("other product"), "first": release("1.0.0"),
                  "second": release("1.1.0"), "third": release("1.0.2 counter 2")}
        return [word for name, value in values.items() for word in ("--var", f"{name}={value}")]

    def command(self, plan, *arguments, out="results"):
        """`h755ctl test` with that plan."""
        return [self.tools.ctl, "test", plan, "--out", self.folder / out, "--seed", 7,
                *self.variables(), *arguments]

    def test(self, plan, *arguments, devices=8, out="results", options=()):
        return self.session(*self.command(plan, *arguments, out=out),
                            options=["--devices", devices, *options])

    def records(self, out="results"):
        return records_of(self.folder / out / "record.jsonl")

    def steps(self, out="results"):
        return [record for record in self.records(out) if record["type"] == "step"]


def records_of(file):
    """All whole records, with the chain computed anew as docs/qa-guide.md tells it."""
    chain = FIRST_CHAIN
    lines = [line for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]
    for line in (line.rstrip("\n") for line in lines):
        text, told = line[:-len(',"chain":""}') - 64], json.loads(line)["chain"]
        chain = hashlib.sha256((chain + text).encode()).hexdigest()
        assert chain == told, line
    return [json.loads(line) for line in lines]


def outcomes(records):
    """{unit: outcome} of a run's units."""
    return {record["unit"]: record["outcome"] for record in records if record["type"] == "unit"}
