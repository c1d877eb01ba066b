#!/usr/bin/env python3
"""window_figures.py VIRTUAL_H755 H755_UPDATER: how long the window takes to appear and to show a
device that is plugged in, and its memory; on a screen of its own, with a virtual device."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from screen import Screen

STARTS = 5
START_LIMIT_S = 0.4
PLUG_LIMIT_S = 0.3
MEMORY_LIMIT_MB = 120
TEXT = (100, 150, 560, 250)  # picture, title and sentence of a window at the corner
PATIENCE_S = 10


def until(condition):
    """Seconds until it is true."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < PATIENCE_S, "nothing happens"
        time.sleep(0.002)
    return time.monotonic() - start


def control(command):
    subprocess.run([os.environ["VIRTUAL_H755"], "control", os.environ["H755_VIRTUAL_CONTROL"],
                    command], check=True, stdout=subprocess.DEVNULL)


def memory_mb(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


def one_start(screen, updater):
    """Seconds to the first paint, seconds from plug to screen, megabytes."""
    control("unplug")
    empty = screen.pixels(*TEXT)
    environment = dict(os.environ, DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
    with subprocess.Popen([updater], env=environment, stderr=subprocess.DEVNULL) as process:
        start_s = until(lambda: screen.pixels(*TEXT) != empty)
        time.sleep(1)  # the first look at the bus, and the fade
        waiting = screen.pixels(*TEXT)
        before_plug = time.monotonic()
        control("plug")
        until(lambda: screen.pixels(*TEXT) != waiting)
        plug_s = time.monotonic() - before_plug
        time.sleep(1)
        memory = memory_mb(process)
        process.terminate()
    until(lambda: screen.pixels(*TEXT) == empty)
    return start_s, plug_s, memory


def measure(updater):
    with Screen() as screen:
        figures = list(zip(*(one_start(screen, updater) for _ in range(STARTS))))
    start_s, plug_s, memory = (statistics.median(values) for values in figures)
    rows = (("start to first paint", start_s, START_LIMIT_S, "s", 2),
            ("plug to screen", plug_s, PLUG_LIMIT_S, "s", 2),
            ("resident memory", memory, MEMORY_LIMIT_MB, "MB", 0))
    print(f"| the window, median of {STARTS} starts | | at most |")
    print("|---|---|---|")
    for name, value, limit, unit, digits in rows:
        print(f"| {name} | {value:.{digits}f} {unit} | {limit} {unit} |")
    return all(value <= limit for _, value, limit, _, _ in rows)


def main():
    virtual, updater = sys.argv[1:]
    if "H755_VIRTUAL_CONTROL" in os.environ:
        sys.exit(0 if measure(updater) else 1)
    # Settings and the socket of a second start are this run's own.
    with tempfile.TemporaryDirectory(prefix="h755 window ") as folder:
        environment = dict(os.environ, VIRTUAL_H755=virtual, TMPDIR=folder, HOME=folder,
                           XDG_CONFIG_HOME=folder, XDG_RUNTIME_DIR=folder, LC_ALL="C.UTF-8")
        done = subprocess.run([virtual, "--control", f"{folder}/control", "--", sys.executable,
                               __file__, virtual, updater], env=environment, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
