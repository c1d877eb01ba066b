"""openocd_with_fake_chip.py STATE ARGUMENT...: the real OpenOCD, with the fake chip of STATE.

Checks how h755ctl calls it, and counts the calls. STATE/fail-call holds the number of a call that
ends half way, STATE/only-under-reset a chip that is not reached otherwise."""

import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SERIAL = "0036003A3532511031333430"
HEAD = ["-f", "interface/stlink-dap.cfg", "-c", "transport select dapdirect_swd",
        "-c", f"adapter serial {SERIAL}", "-c", "set DUAL_BANK 1", "-f", "target/stm32h7x.cfg",
        "-c", "gdb_port disabled", "-c", "tcl_port disabled", "-c", "telnet_port disabled"]
UNREACHABLE = """Open On-Chip Debugger 0.12.0
Info : STLINK V3J10M3 (API v3) VID:PID 0483:374E
Info : Target voltage: 3.302400
Error: init mode failed (unable to connect to the target)
"""


def main():
    state, given = pathlib.Path(sys.argv[1]), sys.argv[2:]
    assert given[:len(HEAD)] == HEAD, given
    assert pathlib.Path.cwd() not in (state, HERE) and "HOME" not in os.environ
    commands = given[len(HEAD):]
    calls = state / "calls"
    number = len(calls.read_text().splitlines()) + 1 if calls.exists() else 1
    with calls.open("a") as file:
        file.write(" | ".join(commands[1::2]) + "\n")
    if (state / "hang").exists():
        time.sleep(600)
    if (state / "only-under-reset").exists() and "connect_assert_srst" not in commands[1]:
        print(UNREACHABLE, file=sys.stderr)
        sys.exit(1)
    fault = state / "fail-call"
    if fault.exists() and int(fault.read_text()) == number:
        half = len(commands) // 4 * 2  # pairs of -c and a command
        commands = commands[:half] + ["-c", "error {Error: the cable was pulled}"]
    os.execv("/usr/bin/openocd", [
        "openocd", "-c", f"set STATE {{{state}}}", "-c", f"set HERE {{{HERE}}}",
        "-f", str(HERE / "fake_swd_chip.tcl"), *HEAD[10:], *commands])


if __name__ == "__main__":
    main()
