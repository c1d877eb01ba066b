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


def case_orphans():
    """what a command leaves running ends with its bus"""
    run = Bench().session("bash", "-c", "sleep 600 >/dev/null 2>&1 & echo $!").expect(0)
    assert not pathlib.Path(f"/proc/{int(run.out)}").exists(), run.told
