"""Judges the results of a run by other people's programs, and each file by the records."""

import csv
import json
import pathlib
import re
import subprocess

import html5lib
import jsonschema
import junitparser
from qa_bench import ROOT, records_of

SCHEMAS = ROOT / "resources" / "plans"
XSD = pathlib.Path(__file__).resolve().parent / "junit.xsd"
SKIPPED = {"not-applicable", "not-run"}
FAILED = {"failed", "cancelled"}


def schema(name):
    found = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def check_plan(file):
    jsonschema.Draft202012Validator(schema("plan")).validate(json.loads(file.read_text()))


def check_shapes(records):
    """Each record is valid, and has no member that the schema does not know."""
    shape = schema("record")
    validator = jsonschema.Draft202012Validator(shape)
    known = {kind["properties"]["type"]["const"]: set(kind["properties"])
             for kind in shape["oneOf"]}
    for record in records:
        validator.validate(record)
        assert set(record) <= known[record["type"]], record


def check_records(folder):
    """Shapes and chain."""
    records = records_of(folder / "record.jsonl")
    check_shapes(records)
    assert [record["type"] for record in records].count("run") == 1
    return records


def steps_of(records):
    return [record for record in records if record["type"] == "step"]


def check_junit(folder, records):
    """By schema, by a parser that is not ours, and by the records: a suite for each unit."""
    file = folder / "junit.xml"
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", XSD, file],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    whole = junitparser.JUnitXml.fromfile(str(file))
    steps = steps_of(records)
    suites = {suite.name: suite for suite in whole}
    assert set(suites) == {unit["id"] or unit["port"] for unit in records[0]["units"]}, suites
    for name, suite in suites.items():
        mine = [step for step in steps if step["unit"] == name]
        cases = list(suite)
        assert suite.tests == len(cases) == len(mine), (suite.tests, len(cases), len(mine))
        for case, step in zip(cases, mine):
            check_case(case, step)
        assert suite.failures == sum(step["outcome"] in FAILED for step in mine)
        assert suite.skipped == sum(step["outcome"] in SKIPPED for step in mine)
    assert whole.tests == len(steps)
    assert whole.failures == sum(step["outcome"] in FAILED for step in steps)


def check_case(case, step):
    assert case.name.startswith(step["path"]), (case.name, step)
    assert round(case.time * 1000) == step["ms"], (case.time, step)
    found = [type(result).__name__ for result in case.result]
    wanted = (["Failure"] if step["outcome"] in FAILED else
              ["Skipped"] if step["outcome"] in SKIPPED else [])
    assert found == wanted, (found, step)
    if wanted:
        assert printable(step["reason"]) in case.result[0].message, (case.result[0], step)


def printable(text):
    """What XML can hold of a text."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "?", text)


def cell(text):
    """How a text stands in the table: on one line, and never a formula."""
    flat = re.sub(r"[\r\n\0]", " ", text)
    return "'" + flat if flat[:1] in ("=", "+", "-", "@") else flat


def check_table(folder, records):
    """RFC 4180, read strictly: a row for each step, with what the records say."""
    with (folder / "steps.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True, restkey="too many", restval=None))
    steps = steps_of(records)
    assert len(rows) == len(steps), (len(rows), len(steps))
    for row, step in zip(rows, steps):
        assert "too many" not in row and None not in row.values(), row
        for field in ("unit", "path", "cycle", "name", "outcome", "reason", "started"):
            assert row[field] == cell(step[field]), (field, row, step)
        assert int(row["ms"]) == step["ms"] and int(row["blocks_sent"]) == step["blocksSent"], row
        assert row["exit_code"] == ("" if step["exitCode"] is None else str(step["exitCode"])), row


def check_page(folder, records):
    """Valid HTML that refers to nothing outside itself and tells the verdict and each failure."""
    text = (folder / "report.html").read_text(encoding="utf-8")
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    for element in page.iter():
        assert element.tag not in ("script", "link", "iframe", "img", "object", "base"), element.tag
        for name, value in element.attrib.items():
            assert not str(name).startswith("on"), (element.tag, name)
            is_reference = str(name) in ("href", "src", "action", "data", "style", "poster")
            assert not is_reference or value.startswith("#"), (element.tag, name, value)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", text), "it refers elsewhere"
    said = " ".join(" ".join(page.itertext()).split())
    ends = [record for record in records if record["type"] == "end"]
    assert (ends[0]["outcome"] if ends else "not finished") in said, said[:200]
    for step in steps_of(records):
        reason = " ".join(printable(step["reason"]).split())
        assert step["outcome"] not in FAILED or reason in said, step
    for unit in records[0]["units"]:
        ended = any(r["type"] == "unit" and r["unit"] == unit["id"] for r in records)
        assert not ended or unit["id"] in said, unit


def check_folder(folder):
    """Everything that a run leaves; its records."""
    records = check_records(folder)
    check_junit(folder, records)
    check_table(folder, records)
    check_page(folder, records)
    for unit in {step["unit"] for step in steps_of(records) if step["exitCode"] is not None}:
        assert (folder / f"log-{unit}.txt").stat().st_size > 0, unit
    return records
