"""Inside a session: waits until the device runs a confirmed release, as long as a slow board needs.

until_confirmed.py SECONDS; ends in any case, what follows looks at the device."""

import json
import os
import subprocess
import sys
import time


def told(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


def is_confirmed():
    # Asked by the control socket first: USB traffic would keep a bootloader from restarting.
    control = [os.environ["VIRTUAL"], "control", os.environ["H755_VIRTUAL_CONTROL"], "status"]
    if "mode=application" not in told(*control):
        return False
    lines = told(os.environ["CTL"], "info", "--json").splitlines()
    return bool(lines) and json.loads(lines[-1]).get("state") == "confirmed"


def main():
    end = time.monotonic() + int(sys.argv[1])
    while not is_confirmed() and time.monotonic() < end:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
