#!/usr/bin/env python3
"""h755-updater --headless is h755ctl: the same words, exit codes and effects, without a display.
UPDATER names the program."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
from host_bench import Bench, Run  # pylint: disable=wrong-import-position

for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
    os.environ.pop(variable, None)


class Headless(unittest.TestCase):
    def setUp(self):
        self.bench = Bench()
        self.bench.install("1.0.0")
        self.before = self.bench.state.read_bytes()
        self.updater = [os.environ["UPDATER"], "--headless"]

    def both(self, *arguments, **keywords):
        """What h755ctl does with the device, and then what the updater does with the same one."""
        runs = []
        for program in ([self.bench.tools.ctl], self.updater):
            self.bench.state.write_bytes(self.before)
            runs.append(self.bench.session(*program, *arguments, **keywords))
        self.assertEqual(runs[0].code, runs[1].code, runs[1].told)
        return runs

    def assert_same(self, *arguments, code=0, **keywords):
        ctl, updater = self.both(*arguments, **keywords)
        self.assertEqual(ctl.code, code, ctl.told)
        self.assertEqual((ctl.out, ctl.err), (updater.out, updater.err))

    def test_what_is_said_of_devices_and_files(self):
        release = self.bench.tools.release("1.1.0")
        for words in (["list"], ["info"], ["verify", release], ["recover"]):
            self.assert_same(*words)
            self.assert_same(*words, "--json")
        self.assert_same("--help")
        self.assert_same("test", "--schema")

    def test_errors(self):
        self.assert_same(code=2)
        self.assert_same("fly", code=2)
        self.assert_same("--device", "1-9", "info", "--json", code=3)
        self.assert_same("info", "--device", "1-9", code=3)
        self.assert_same("verify", self.bench.file("none.h755", b"none"), code=5)
        self.assert_same("update", self.bench.tools.release("other product"), code=6)
        plan = self.bench.file("typo.json", b'{"plan": 1, "name": "n", "steps": 7}')
        self.assert_same("test", "--lint", plan, code=2)

    def test_an_update(self):
        results = []
        for run in self.both("update", self.bench.tools.release("1.1.0"), "--json"):
            results.append(run.expect(0).json_lines()[-1])
            self.assertEqual(results[-1]["outcome"], "updated", run.told)
        self.assertEqual(*results)

    def test_a_plan_runs_by_the_same_program(self):
        plan = self.bench.file("plan.json", json.dumps({"plan": 1, "name": "short", "steps": [
            {"do": "update", "release": str(self.bench.tools.release("1.1.0")),
             "accident": {"unplugAtBlock": 9, "returnAfterMs": 100}},
            {"do": "reboot"},
            {"do": "expect", "expect": {"version": "1.1.0"}}]}).encode())
        outcomes = []
        for number, program in enumerate(([self.bench.tools.ctl], self.updater)):
            self.bench.state.write_bytes(self.before)
            out = self.bench.folder / str(number)
            self.bench.session(*program, "test", plan, "--out", out).expect(0)
            records = [json.loads(line)
                       for line in (out / "record.jsonl").read_text().splitlines()]
            outcomes.append([(record["type"], record.get("outcome")) for record in records])
        self.assertEqual(*outcomes)

    def test_it_is_the_first_word(self):
        run = Run([os.environ["UPDATER"], "--technician", "--headless", "list"]).expect(2)
        self.assertIn("first word", run.err)


if __name__ == "__main__":
    unittest.main()
