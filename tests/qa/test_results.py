import csv
import json
import os
import re
import shutil

import html5lib
import jsonschema
from judge import (FAILED, check_folder, check_junit, check_page, check_plan, check_records,
                   check_shapes, check_table, steps_of)
from qa_bench import PLANS, QaBench, outcomes


def case_results_smoke():
    """every result of the smoke plan on eight boards is valid"""
    bench = QaBench()
    check_plan(PLANS / "smoke.json")
    bench.test(PLANS / "smoke.json", "--station", "S1", "--operator", "Kim").expect(0)
    records = check_folder(bench.folder / "results")
    assert list(outcomes(records).values()) == ["passed"] * 8, records
    assert len(steps_of(records)) == 8 * 7 and records[-1]["yieldPercent"] == 100, records[-1]
    assert (records[0]["station"], records[0]["operator"]) == ("S1", "Kim"), records[0]


def case_results_torture():
    """every result of the torture plan on eight boards is valid, and each board was cut"""
    bench = QaBench()
    check_plan(PLANS / "power-cut-torture.json")
    release = bench.tools.release("requires 1.0.1")
    bench.test(PLANS / "power-cut-torture.json", "--var", "cycles=1",
               "--var", f"third={release}").expect(0)
    records = check_folder(bench.folder / "results")
    cut = {step["unit"] for step in steps_of(records) if step["accidentHappened"]}
    assert len(cut) == 8 and list(outcomes(records).values()) == ["passed"] * 8, records
    assert all(step["blocksSent"] > 0 for step in steps_of(records)), records


def case_results_failures():
    """two deliberate failures are found, and every result says what and why"""
    bench = QaBench()
    spiteful = "=1+1 <b>&amp;\"bold\"</b> \u0007"
    plan = bench.plan([
        {"do": "update", "name": spiteful, "release": "${old}", "expect": {"version": "9.9.9"}},
        {"do": "wrong-product-must-fail", "release": "${new}"},
        {"do": "reboot", "expect": {"version": "1.1.0"}}], onFailure="continue")
    check_plan(plan)
    run = bench.test(plan).expect(1, error="HX-0101")
    assert "0 % of 8 units" in run.err, run.told
    records = check_folder(bench.folder / "results")
    failed = [step for step in steps_of(records) if step["outcome"] in FAILED]
    assert len(failed) == 16 and set(outcomes(records).values()) == {"failed"}, records
    reasons = {(step["path"], step["reason"]) for step in failed}
    assert ("1", "the version is 1.0.0, expected 9.9.9") in reasons, reasons
    assert ("2", "exit code 0, expected 6") in reasons, reasons
    assert all(step["outcome"] == "passed" for step in steps_of(records) if step["path"] == "3")
    assert all(step["name"] == spiteful for step in failed if step["path"] == "1"), failed


def refused(check, *arguments):
    try:
        check(*arguments)
    except (AssertionError, jsonschema.ValidationError, ValueError, KeyError):
        return True
    except (csv.Error, html5lib.html5parser.ParseError):
        return True
    return False


def spoiled(folder, name, pattern, replacement):
    """A copy of the results with one change in one file."""
    copy = folder.parent / "spoiled"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    text = (copy / name).read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, count=1)
    assert changed != text, pattern
    (copy / name).write_text(changed, encoding="utf-8")
    return copy


def case_results_judges():
    """what judges the results refuses spoiled ones"""
    bench = QaBench()
    plan = bench.plan([{"do": "wait", "ms": 1}, {"do": "command", "command": ["false"]}])
    bench.test(plan, devices=2).expect(1)
    good = bench.folder / "results"
    records = check_folder(good)
    for pattern, replacement in [(' tests="2"', ""), ('classname="[^"]*"', ""),
                                 ("<failure [^>]*>[^<]*</failure>", ""),
                                 (' time="', ' time="minus '), ("</testcase>", "")]:
        assert refused(check_junit, spoiled(good, "junit.xml", pattern, replacement), records)
    for pattern, replacement in [("\n[^\n]*\n$", "\n"), (",wait,", ",weit,"), (",wait,", ",")]:
        assert refused(check_table, spoiled(good, "steps.csv", pattern, replacement), records)
    for pattern, replacement in [("</table>", ""), ("</style>", "body{background:url(x)}</style>"),
                                 ("<h2>", '<img src="https://example.org/x.png"><h2>'),
                                 ("<h2>", '<a href="elsewhere.html">x</a><h2>')]:
        assert refused(check_page, spoiled(good, "report.html", pattern, replacement), records)
    assert refused(check_records, spoiled(good, "record.jsonl", '"name":"wait"', '"name":"rest"'))
    step = steps_of(records)[0]
    for change in ({"outcome": "perfect"}, {"more": 1}, {"ms": -1}, {"chain": "0"}):
        assert refused(check_shapes, [{**step, **change}]), change
    assert refused(check_shapes, [{key: step[key] for key in step if key != "started"}])
    wrong = bench.file("wrong.json", json.dumps(
        {"plan": 1, "name": "n", "steps": [{"do": "wait", "minutes": 1}]}).encode())
    assert refused(check_plan, wrong)


def case_results_emulated():
    """the smoke plan passes on the chip's own image in the emulator"""
    bench = QaBench()
    bench.tools.virtual = os.environ["EMULATED_H755"]
    bench.test(PLANS / "smoke.json", "--target", "emulated", devices=1).expect(0)
    records = check_folder(bench.folder / "results")
    assert records[0]["target"] == "emulated", records[0]
    assert {step["outcome"] for step in steps_of(records)} == {"passed"}, records
