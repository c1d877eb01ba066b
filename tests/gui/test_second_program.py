#!/usr/bin/env python3
"""test_second_program.py FIRST.json SECOND.json FIRST_PROGRAM SECOND_PROGRAM: the second brand's
program says the second brand's names, and none of the first's is in it."""

import json
import pathlib
import subprocess
import sys

NAMES = ("vendorName", "productName", "updaterName", "applicationId", "homepage")


def spellings(name):
    """As a char or a QChar literal."""
    return name.encode(), name.encode("utf-16-le")


def names_in(program, brand):
    data = program.read_bytes()
    return {key for key in NAMES if any(text in data for text in spellings(brand[key]))}


def main():
    first_json, second_json, first_program, second_program = map(pathlib.Path, sys.argv[1:])
    first, second = (json.loads(file.read_text()) for file in (first_json, second_json))
    assert names_in(second_program, first) == set(), names_in(second_program, first)
    wanted = {"vendorName", "productName", "updaterName", "applicationId"}
    assert names_in(second_program, second) >= wanted, names_in(second_program, second)
    assert names_in(first_program, first) >= wanted  # so that the search can find something
    said = subprocess.run([second_program, "--version"], capture_output=True, text=True,
                          check=True, timeout=30).stdout
    assert said.startswith(second["updaterName"] + " "), said


if __name__ == "__main__":
    main()
