"""Runs a command in the guest: measure.py COMMAND..., then prints its wall time, processor time and
memory as one JSON line behind its own output."""

import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
code = subprocess.call(sys.argv[1:])
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"measured": True, "code": code, "wallSeconds": wall,
                  "cpuSeconds": used.ru_utime + used.ru_stime, "memoryKib": used.ru_maxrss}))
sys.exit(code)
