"""What --json writes, against the committed schemas, member by member."""

import copy
import json
import pathlib

import jsonschema
from host_bench import Bench, Run

PLANS = pathlib.Path(__file__).resolve().parents[2] / "resources" / "plans"


def strict(schema):
    """The schema for readers allows members that come later; here a new one must be in it."""
    schema = copy.deepcopy(schema)
    for shape in schema["$defs"].values():
        if shape.get("type") == "object":
            shape["additionalProperties"] = False
    return schema


def validator():
    schema = json.loads((PLANS / "output.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(strict(schema))


class Seen:
    def __init__(self):
        self.judge, self.types = validator(), set()

    def take(self, run):
        for line in run.json_lines():
            self.judge.validate(line)
            self.types.add((line["type"], line.get("mode") if line["type"] == "info" else None))
        return run


def case_json_output():
    """each command's lines are as the schema says, and the schema notices another member"""
    seen, bench = Seen(), Bench()
    release = bench.tools.release
    seen.take(bench.ctl("update", release("1.0.0"), "--json").expect(0))
    seen.take(bench.ctl("update", release("1.0.0"), "--json").expect(0))
    seen.take(bench.ctl("update", release("slot A 1.3.0"), "--json"))
    for words in (["list"], ["info"], ["recover"], ["reboot"], ["reboot", "--update-mode"],
                  ["report", "--output", bench.folder / "report.zip"],
                  ["verify", release("1.1.0")], ["--help"]):
        seen.take(bench.ctl(*words, "--json").expect(0))
    boot = ["--button"]
    seen.take(bench.ctl("info", "--json", options=boot).expect(0))
    seen.take(bench.ctl("recover", "--json", options=boot).expect(0))
    seen.take(bench.ctl("select-set", "--json"))
    seen.take(bench.ctl("fly", "--json").expect(2))
    seen.take(Bench().ctl("recover", "--json", options=["--rom", "9.1"]))
    watched = bench.script('("$CTL" list --watch --json --timeout 3; exit $?) & sleep 1;'
                           ' "$VIRTUAL" control "$CONTROL" unplug > /dev/null; wait')
    seen.take(watched.expect(0))
    expected = {("info", "application"), ("info", "bootloader")} | {(name, None) for name in (
        "device", "added", "removed", "bundle", "progress", "notice", "result", "restarted",
        "diagnosis", "on-bus", "report", "error")}
    assert expected <= seen.types, expected - seen.types

    line = bench.ctl("list", "--json").expect(0).json_lines()[0]
    for change in ({"more": 1}, {"port": 7}, {"type": "gadget"}):
        assert not seen.judge.is_valid({**line, **change}), change
    assert not seen.judge.is_valid({key: line[key] for key in line if key != "id"})


def case_json_output_of_plan():
    """test writes lines of the record schema, and of the output schema where it runs nothing"""
    seen, bench = Seen(), Bench()
    plan = bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": [
        {"do": "update", "release": str(bench.tools.release("1.0.0"))}]}).encode())
    bad = bench.file("bad.json", b'{"plan": 1, "name": "n", "steps": [{"do": "fly"}]}')
    out = bench.folder / "results"
    run = bench.ctl("test", plan, "--out", out, "--json").expect(0)
    schema = json.loads((PLANS / "record.schema.json").read_text())
    records = [json.loads(line) for line in (out / "record.jsonl").read_text().splitlines()]
    assert run.json_lines() == records
    for record in records:
        jsonschema.Draft202012Validator(schema).validate(record)
    ctl = bench.tools.ctl
    seen.take(Run([ctl, "test", "--lint", plan, "--json"]).expect(0))
    seen.take(Run([ctl, "test", "--dry-run", plan, "--json"]).expect(0))
    seen.take(Run([ctl, "test", "--lint", bad, "--json"]).expect(2))
    seen.take(Run([ctl, "test", "--check-records", out / "record.jsonl", "--json"]).expect(0))
    seen.take(Run([ctl, "test", "--rebuild", out, "--json"]).expect(0))
    assert {name for name, _ in seen.types} == {"plan", "planned", "problem", "error", "records"}
