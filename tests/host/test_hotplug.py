"""`list --watch` follows the bus."""

import json
import pathlib
import statistics

from host_bench import Bench

LIMIT_MS = 300
PLUGS = 5

WATCH = ('"$CTL" list --watch --json --timeout 30 | while read -r line; do '
         'echo "seen $(date +%s%3N) $line"; done & sleep 1; '
         f'for i in $(seq {PLUGS}); do '
         '"$VIRTUAL" control "$CONTROL" unplug >/dev/null; sleep 0.7; '
         'echo "plug $(date +%s%3N)"; "$VIRTUAL" control "$CONTROL" plug >/dev/null; sleep 0.7; '
         'done; kill %1 2>/dev/null; true')


def case_watch():
    """a device is on screen within 300 ms of the plug, each plug once"""
    run = Bench().script(WATCH).expect(0)
    delays, plugged = [], None
    for line in run.out.splitlines():
        kind, ms, *rest = line.split(" ", 2)
        if kind == "plug":
            plugged = int(ms)
        elif plugged is not None and json.loads(rest[0])["type"] == "added":
            delays.append(int(ms) - plugged)
            plugged = None
    events = [json.loads(line.split(" ", 2)[2])["type"] for line in run.out.splitlines()
              if line.startswith("seen")]
    assert events == ["added"] + ["removed", "added"] * PLUGS, run.told
    assert len(delays) == PLUGS and statistics.median(delays) < LIMIT_MS, (delays, run.told)


REPLUG = '"$VIRTUAL" control "$CONTROL" unplug && "$VIRTUAL" control "$CONTROL" plug'
# Until the board has appeared more often than libusb can tell addresses apart.
MANY_PLUGS = """
import os, re, socket
control = socket.socket(socket.AF_UNIX)
control.settimeout(10)
control.connect(os.environ["H755_VIRTUAL_CONTROL"])
def ask(line):
    control.sendall(line.encode() + b"\\n")
    return control.recv(4096).decode()
while int(re.search(r"generation=(\\d+)", ask("status"))[1]) < 300:
    ask("unplug")
    ask("plug")
"""


def case_watch_after_many_plugs():
    """a device is seen after 300 plugs, more than a bus has addresses"""
    run = Bench().script(f"python3 -c '{MANY_PLUGS}' && sleep 0.5 && \"$CTL\" list").expect(0)
    assert run.out.splitlines()[-1].endswith("bootloader 0.1.0"), run.told


def case_watch_stopped():
    """a program that is stopped does not end the bus, and sees what happens once it goes on"""
    run = Bench().script(
        '"$CTL" list --watch --json --timeout 40 & sleep 1; kill -STOP $!; '
        f"for i in $(seq 12); do {REPLUG}; done >/dev/null; "
        f'kill -CONT $!; sleep 1; {REPLUG} >/dev/null; sleep 1; '
        'kill $!; wait $!; "$CTL" list').expect(0)
    events = [json.loads(line)["type"] for line in run.out.splitlines() if line.startswith("{")]
    assert events[0] == "added" and events[-2:] == ["removed", "added"], run.told


def case_orphans():
    """what a command leaves running ends with its bus"""
    run = Bench().session("bash", "-c", "sleep 600 >/dev/null 2>&1 & echo $!").expect(0)
    assert not pathlib.Path(f"/proc/{int(run.out)}").exists(), run.told
