"""The manuals (installer/man) against what the programs say of themselves."""

import os
import pathlib
import re
import subprocess

from host_bench import Tools

MANUALS = pathlib.Path(__file__).resolve().parents[2] / "installer/man"


def words_of(program, *command):
    """Options and commands that --help shows."""
    done = subprocess.run([program, *command, "--help"], capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True,
                          timeout=60)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", done.stdout))
    listed = re.search(r"Subcommands:\n((?:  .*\n)+)", done.stdout)
    commands = re.findall(r"^  ([a-z][a-z-]*)", listed[1], re.MULTILINE) if listed else []
    return options, commands


def all_words_of(program):
    """Those of its commands included."""
    words, commands = words_of(program)
    pending = [[command] for command in commands]
    while pending:
        command = pending.pop()
        options, inner = words_of(program, *command)
        words |= {*options, command[-1]}
        pending += [[*command, name] for name in inner]
    return words


def case_manuals():
    """the manuals tell every command and option"""
    tools = Tools()
    window = pathlib.Path(tools.ctl).parents[1] / "gui/h755-updater"
    for program in map(pathlib.Path, (window, tools.ctl, tools.bundle, tools.virtual)):
        manual = (MANUALS / f"{program.name}.1.in").read_text()
        plain = re.sub(r"\\f[A-Z]", "", manual).replace(r"\-", "-")
        missing = [word for word in sorted(all_words_of(program)) if word not in plain]
        assert not missing, f"{program.name}'s manual lacks {missing}"
