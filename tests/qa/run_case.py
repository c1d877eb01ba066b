"""Runs one test case by its name, or lists all of them: run_case.py NAME | --list."""

import importlib
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent


def listed():
    """{name: sentence}, read without importing: the listing needs no packages."""
    cases = {}
    for file in sorted(FOLDER.glob("test_*.py")):
        lines = file.read_text().splitlines()
        for line, sentence in zip(lines, lines[1:]):
            if line.startswith("def case_"):
                cases[line[4:line.index("(")]] = (file.stem, sentence.strip(' "'))
    return cases


def main():
    if sys.argv[1:] == ["--list"]:
        for name, (_, sentence) in listed().items():
            print(f"{name}={sentence}")
        return
    name = sys.argv[1]
    getattr(importlib.import_module(listed()[name][0]), name)()


main()
