"""Inside a session: runs a command and, once the device has got so many blocks, lets it stand still
for so many seconds. Ends with its exit code, or says what the device did meanwhile that it should
not have done.

pause_after_blocks.py SECONDS BLOCKS COMMAND...
"""

import signal
import subprocess
import sys
import time

from stop_after_blocks import LIMIT_SECONDS, status, wait_for_blocks

TRIES = 10
ANSWER_SECONDS = 1


def stop_between_transfers(child):
    """The simulated bus fetches the bytes of a transfer from the program that asks; one that stops
    just then stops the bus as well, which no real one does. Then another moment is taken."""
    for _ in range(TRIES):
        child.send_signal(signal.SIGSTOP)
        try:
            return status(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGCONT)
            time.sleep(ANSWER_SECONDS / TRIES)
    sys.exit("the bus does not answer")


def main():
    seconds, blocks, command = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with subprocess.Popen(command) as child:
        wait_for_blocks(child, blocks)
        before = stop_between_transfers(child)
        time.sleep(seconds)  # the pause itself is what is tested
        after = status()
        child.send_signal(signal.SIGCONT)
        code = child.wait(LIMIT_SECONDS)
    same = ("mode", "plugged", "attached", "generation")
    changed = [name for name in same if before[name] != after[name]]
    # A block that was under way may still arrive; a program that went on would send many.
    sent = int(after["download-blocks"]) - int(before["download-blocks"])
    if before["mode"] != "bootloader" or changed or sent > 1:
        sys.exit(f"meanwhile {changed} changed and {sent} blocks came: {before}, {after}")
    sys.exit(code)


main()
