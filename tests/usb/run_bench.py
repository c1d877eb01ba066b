#!/usr/bin/env python3
"""run_bench.py PREPARED: h755ctl and dfu-util with the same release on the same board, whose flash
is as slow as the data sheet says and whose bus is a full-speed one, from a guest with a real
kernel. Prints the table of docs/performance.md; exits with 1 if a limit is broken."""

import contextlib
import json
import os
import platform

import sys
import time

from device import Board
from guest import Guest
from run_kernel_tests import Tools

RELEASE = "1.1.0"
BOARDS_AT_ONCE = 8
# All boards' updaters share the guest's one emulated processor, which no bench of ours would: with
# slower boards it is not the processor that is measured.
SPEED_AT_ONCE = 0.25
RUN_LIMIT_S = 120

def measured(answer):
    lines = [json.loads(line) for line in answer.out.splitlines() if '"measured"' in line]
    assert answer.code == 0 and lines, str(answer)
    return lines[-1]

class Bench:
    def __init__(self, guest, tools):
        self.guest, self.tools = guest, tools
        self.measure = f"python3 {os.path.dirname(os.path.abspath(__file__))}/measure.py"

    def boards(self, count, speed=1):
        """Boards that run 1.0.0, at the data sheet's speed; each a process, as on its own bus."""
        boards = [Board(self.tools.virtual, self.guest, (port,), options=("--uid", port))
                  for port in range(1, count + 1)]
        serials = self.serials(count)
        for serial in serials:
            self.guest.run(f"{self.tools.ctl} update {self.tools.release('1.0.0')} "
                           f"--device {serial}").expect()
        for port, board in enumerate(boards, 1):
            board.stop()
            board.speed = speed
            board.start("--full-speed", "--uid", port)
            self.wait_for_modes(board, "application")
        return boards, self.serials(count)

    def board(self):
        (board,), (serial,) = self.boards(1)
        return board, serial

    def serials(self, count):
        """Of all boards, once so many are there."""
        deadline = time.monotonic() + RUN_LIMIT_S
        while True:
            answer = self.guest.run(f"{self.tools.ctl} list --json").expect()
            found = [json.loads(line)["id"] for line in answer.out.splitlines()]
            if len(set(found)) == count:
                return found
            assert time.monotonic() < deadline, str(answer)
            time.sleep(0.1)

    @staticmethod
    def wait_for_modes(board, mode):
        deadline = time.monotonic() + RUN_LIMIT_S
        while any(board.status(number)["mode"] != mode for number in range(1, board.devices + 1)):
            assert time.monotonic() < deadline, board.control("status")
            time.sleep(0.02)

    def update_command(self, serial, options=""):
        return (f"{self.measure} {options} {self.tools.ctl} update --json --device {serial} "
                f"{self.tools.release(RELEASE)}")

    def by_h755ctl(self):
        board, serial = self.board()
        with board:
            return measured(self.guest.run(self.update_command(serial)))

    def by_dfu_util(self):
        """dfu-util ends when everything is sent; the new release has still to start and confirm."""
        ids = (f"{self.tools.vendor_id}:{self.tools.runtime_id},"
               f"{self.tools.vendor_id}:{self.tools.bootloader_id}")
        board, _ = self.board()
        with board:
            start = time.monotonic()
            figures = measured(self.guest.run(
                f"{self.measure} dfu-util -d {ids} -D {self.tools.dfu_file(RELEASE)}"))
            self.wait_for_modes(board, "application")
            figures["wallSeconds"] = time.monotonic() - start
        return figures

    def resumed(self):
        """Power fails when about half of the slower bank's sectors are done."""
        board, serial = self.board()
        with board:
            board.control("cut-at-operation", 17000)
            broken = self.guest.run(f"{self.tools.ctl} update {self.tools.release(RELEASE)} "
                                    f"--device {serial} --timeout 2")
            assert broken.code == 8, str(broken)
            board.control("power-on")
            self.serials(1)
            return measured(self.guest.run(self.update_command(serial)))

    def at_once(self, count):
        with contextlib.ExitStack() as stack:
            boards, serials = self.boards(count, SPEED_AT_ONCE)
            for board in boards:
                stack.enter_context(board)
            # Until all of them are ready, so that starting Python eight times is not measured.
            go = "/run/at-once"
            commands = " ".join(
                f"({self.update_command(serial, f'--when {go}')}) >/run/at-once-{i} 2>&1 &"
                for i, serial in enumerate(serials))
            self.guest.run(f"rm -f {go}; {commands} sleep {2 * count}; touch {go}; wait",
                           limit_s=RUN_LIMIT_S).expect()
            return max(measured(self.guest.run(f"cat /run/at-once-{i}"))["wallSeconds"]
                       for i in range(len(serials)))


def row(name, figures):
    print(f"| {name} | {figures['wallSeconds']:.1f} s | {figures['cpuSeconds']:.2f} s | "
          f"{figures['memoryKib'] / 1024:.0f} MB |", flush=True)

def main():
    guest = Guest(sys.argv[1], has_independent_buses=True)
    try:
        bench = Bench(guest, Tools())
        print(f"Machine: {platform.machine()}, {os.cpu_count()} processors; times in the guest.")
        print("| program | until the new release runs | processor | memory |\n|---|---|---|---|")
        ours = bench.by_h755ctl()
        row("h755ctl", ours)
        theirs = bench.by_dfu_util()
        row("dfu-util", theirs)
        resumed = bench.resumed()
        row("h755ctl, resumed", resumed)
        alone = bench.at_once(1)
        together = bench.at_once(BOARDS_AT_ONCE)
        print(f"\n{BOARDS_AT_ONCE} boards at once {together:.1f} s, one {alone:.1f} s "
              f"(flash at {SPEED_AT_ONCE} of the data sheet's speed)\n")
        ratios = {
            "h755ctl / dfu-util (at most 1.0)": (ours["wallSeconds"] / theirs["wallSeconds"], 1.0),
            "resumed / dfu-util from the start (at most 0.6)":
                (resumed["wallSeconds"] / theirs["wallSeconds"], 0.6),
            f"{BOARDS_AT_ONCE} boards at once / one (at most 1.3)":
                (together / alone, 1.3),
        }
    finally:
        guest.close()
    for name, (ratio, limit) in ratios.items():
        print(f"{'ok' if ratio <= limit else 'TOO MUCH'}: {name}: {ratio:.2f}")
    sys.exit(any(ratio > limit for ratio, limit in ratios.values()))

main()
