#!/usr/bin/env python3
"""h755-updater itself, without a screen: what its log shows, and that --technician is for one run.
UPDATER names the program."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "host"))
from host_bench import Bench  # pylint: disable=wrong-import-position

ERRORS, STEPS, EVERYTHING = range(3)  # gui::LogLevel


class TheProgram(unittest.TestCase):
    def setUp(self):
        self.bench = Bench()
        self.bench.install("1.0.0")
        self.settings = None

    def run_updater(self, *arguments, level=None):
        """Its stderr of some seconds with the device."""
        home = self.bench.folder / "home"
        home.mkdir(exist_ok=True)
        if level is not None:
            self.write_level(home, level)
        environment = [f"HOME={home}", f"XDG_CONFIG_HOME={home}", f"XDG_RUNTIME_DIR={home}"]
        run = self.bench.session("env", *environment, "timeout", "4", os.environ["UPDATER"],
                                 *arguments)
        self.assertEqual(run.code, 124, run.told)  # it ran until it was stopped
        self.settings = "".join(file.read_text() for file in home.rglob("*.ini"))
        return run.err

    @staticmethod
    def write_level(home, level):
        brand = json.loads(pathlib.Path(os.environ["BRANDING"]).read_text())
        folder = home / brand["vendorName"]
        folder.mkdir(exist_ok=True)
        (folder / f"{brand['updaterName']}.ini").write_text(f"[General]\nlogLevel={level}\n")

    def test_errors_are_shown_and_nothing_else(self):
        bad = self.bench.file("no release.h755", b"this is no release")
        for level in (None, ERRORS):
            shown = self.run_updater(bad, level=level)
            self.assertIn("HX-0502", shown)
            self.assertNotIn("request 0x", shown)

    def test_everything_shows_each_request(self):
        self.assertIn("request 0xc1", self.run_updater(level=EVERYTHING))
        self.assertNotIn("request 0x", self.run_updater(level=STEPS))

    def test_technician_mode_of_the_command_line_is_not_remembered(self):
        self.run_updater("--technician", level=ERRORS)
        self.assertIn("logLevel=0", self.settings)
        self.assertNotIn("technician", self.settings)


if __name__ == "__main__":
    unittest.main()
