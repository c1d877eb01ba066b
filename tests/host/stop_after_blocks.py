"""Inside a session: runs a command, sends it a signal once the device has got so many blocks, and
ends with its exit code (128 + signal if the signal ended it).

stop_after_blocks.py SIGNAL BLOCKS COMMAND...
"""

import os
import signal
import subprocess
import sys
import time

LIMIT_SECONDS = 60


def status(limit_seconds=LIMIT_SECONDS):
    answer = subprocess.run(
        [os.environ["VIRTUAL"], "control", os.environ["H755_VIRTUAL_CONTROL"], "status"],
        capture_output=True, text=True, timeout=limit_seconds, check=True).stdout
    return dict(word.split("=", 1) for word in answer.split() if "=" in word)


def wait_for_blocks(child, blocks):
    """A child that does not get so far has failed."""
    end = time.monotonic() + LIMIT_SECONDS
    while int(status()["download-blocks"]) < blocks:
        if child.poll() is not None or time.monotonic() > end:
            child.kill()
            sys.exit(f"the device never got so many blocks; exit code {child.poll()}")
        time.sleep(0.01)


def main():
    number, blocks, command = getattr(signal, sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with subprocess.Popen(command) as child:
        wait_for_blocks(child, blocks)
        child.send_signal(number)
        code = child.wait(LIMIT_SECONDS)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
