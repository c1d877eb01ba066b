"""Accidents in the middle of an update through a real kernel: the running h755ctl goes on by
itself. And boards that lie, behind a real host controller driver."""

import json
import time
import zipfile

from cases import bootloader, install, result_of, update, wait_for
from device import Board

LIMIT_S = 60
BLOCK_BYTES = 4096
LOG = "/tmp/update.log"
RELEASE = "1.1.0"
# Blocks of the release that come again: header and slot data, which live in RAM, and after a cut
# the ring (64) and one unfinished sector of each bank (32 each).
PREFIX, LOST_BY_CUT = 8, 64 + 64


def wait_until(what, guest):
    deadline = time.monotonic() + LIMIT_S
    while not what():
        assert time.monotonic() < deadline, guest.run(f"cat {LOG}").out
        time.sleep(0.05)


def blocks_in(tools, release):
    with zipfile.ZipFile(tools.release(release)) as box:
        return len(box.read("firmware.h7set")) // BLOCK_BYTES


class RunningUpdate:
    """h755ctl in the guest's background, from 1.0.0 to 1.1.0, and what the board has got of it."""

    def __init__(self, guest, tools, board):
        self.guest, self.board = guest, board
        self.total = blocks_in(tools, RELEASE)
        self.before = self.received()
        guest.run(f"({update(tools, RELEASE, '--json')}) >{LOG} 2>&1 &").expect()

    def received(self):
        return int(self.board.status()["download-blocks"])

    def wait_until_waiting(self):
        """The board is gone and h755ctl has noticed."""
        wait_for(self.guest, f"grep waiting-for-device {LOG}")

    def expect_updated(self, most_twice):
        answer = wait_for(self.guest, f"grep '\"type\":\"result\"' {LOG}")
        result = result_of(answer)
        assert result["outcome"] == "updated" and result["confirmed"], str(answer)
        # The board's own count: what h755ctl says of itself may be wrong.
        sent = self.received() - self.before
        assert self.total <= sent <= self.total + most_twice, f"{sent} of {self.total}\n{answer}"


def case_unplugged_at_byte(guest, tools):
    """unplugged at a byte of the download, the running h755ctl goes on after the plug"""
    with Board(tools.virtual, guest) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        have = int(board.status()["download-bytes"])
        board.control("unplug-at-bytes", have + 123 * BLOCK_BYTES + 77)
        running = RunningUpdate(guest, tools, board)
        wait_until(lambda: board.status()["plugged"] == "no", guest)
        running.wait_until_waiting()
        board.control("plug")
        running.expect_updated(PREFIX)


def case_cut(guest, tools):
    """cut at a flash operation, the running h755ctl goes on once the power is back"""
    with Board(tools.virtual, guest) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        # So late that sending all of it again would be more than is allowed below.
        board.control("cut-at-operation", 25_000)
        running = RunningUpdate(guest, tools, board)
        wait_until(lambda: board.status()["mode"] == "off", guest)
        running.wait_until_waiting()
        board.control("power-on")
        running.expect_updated(PREFIX + LOST_BY_CUT)


def case_cut_other_port(guest, tools):
    """cut at a flash operation and switched on at another port, the running h755ctl goes on"""
    with Board(tools.virtual, guest, ports=(1, 3)) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        board.control("cut-at-operation", 25_000)
        running = RunningUpdate(guest, tools, board)
        wait_until(lambda: board.status()["mode"] == "off", guest)
        running.wait_until_waiting()
        for words in (["unplug"], ["plug", 2], ["power-on"]):
            board.control(*words)
        running.expect_updated(PREFIX + LOST_BY_CUT)
        told = guest.run(f"{tools.ctl} list --json").expect()
        assert json.loads(told.out)["port"] == "1-3", str(told)


def hostile(guest, tools, distortion):
    return Board(tools.hostile, guest, environment={"H755_DISTORTION": distortion})


def case_babble(guest, tools):
    """a device that babbles is an error of the transfer for a real kernel and for h755ctl"""
    with hostile(guest, tools, "babbling status"):
        wait_for(guest, bootloader(tools))
        told = guest.run(f"{tools.ctl} info")
        assert told.code == 7 and "HX-0702" in told.out, str(told)
        assert "LIBUSB_ERROR_OVERFLOW" in told.out, str(told)


def case_hostile_text(guest, tools):
    """what a device calls itself cannot command the terminal"""
    with hostile(guest, tools, "control characters"):
        wait_for(guest, bootloader(tools))
        told = guest.run(f"{tools.ctl} list").expect()
        assert r"\x1B[31m\x07\x0D\x0ARED" in told.out and "\x1b" not in told.out, str(told)


def case_hostile_configuration(guest, tools):
    """a configuration that claims 4 KB stops neither the kernel nor the update"""
    # QEMU carries no more in a control transfer; 64 KB are a case of tests/host.
    with hostile(guest, tools, "configuration that claims 4 KB"):
        wait_for(guest, bootloader(tools))
        told = guest.run("dmesg | tail -n 30").expect()
        assert "descriptor too short (expected 3867, got 27)" in told.out, str(told)
        told = guest.run(update(tools, "1.0.0")).expect()
        assert "installed: 1.0.0 (confirmed by the device)" in told.out, str(told)
