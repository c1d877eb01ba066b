"""Runs a command in the guest: measure.py [--when FILE] COMMAND..., then prints its wall time,
processor time and memory as one JSON line behind its own output. With --when it starts once that
file is there: several of them start together."""

import json
import os
import resource
import subprocess
import sys
import time

command = sys.argv[1:]
if command[0] == "--when":
    while not os.path.exists(command[1]):
        time.sleep(0.02)
    command = command[2:]
start = time.monotonic()
code = subprocess.call(command)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"measured": True, "code": code, "wallSeconds": wall,
                  "cpuSeconds": used.ru_utime + used.ru_stime, "memoryKib": used.ru_maxrss}))
sys.exit(code)
