"""The unmodified dfu-util when something goes wrong around it."""

import time

from host_bench import SETTLE_SECONDS, UNTIL_CONFIRMED, Bench
from test_dfu_util import IDS, download, expect_running, exported
from test_unplug import STOP

FAILED = 74  # EX_IOERR, for everything that dfu-util cannot go on with
HUNG_AT_BLOCK = 100
STATUS = '"$VIRTUAL" control "$CONTROL" status'
INTO_UPDATE_MODE = '"$CTL" reboot --update-mode >/dev/null'


def boards_status(run):
    """What `control status` has printed."""
    (line,) = [line for line in run.out.splitlines() if line.startswith("device=1 ")]
    return dict(field.split("=", 1) for field in line.split())


def expect_release(bench, version):
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == version and info["state"] == "confirmed", info


def case_dfu_util_killed():
    """dfu-util killed in the middle leaves nothing behind that stops the next one"""
    bench = Bench()
    bench.install("1.0.0")
    file = exported(bench, "1.1.0")
    # Restarted beforehand, so that the signal meets the download. The device stays powered: it is
    # in the middle of a download when the second dfu-util asks for its state.
    killed = (f'{INTO_UPDATE_MODE}; python3 "{STOP}" SIGKILL 100 dfu-util -d {IDS} -D "{file}" '
              f'>/dev/null; test $? = 137 || exit 99; {STATUS}')
    run = download(bench, file, before=killed)
    expect_running(run, "1.1.0")
    assert boards_status(run)["mode"] == "bootloader", run.told


def case_dfu_util_killed_changes_nothing():
    """a download that died with dfu-util does not stop the release before it from starting"""
    bench = Bench()
    bench.install("1.0.0")
    file = exported(bench, "1.1.0")
    run = bench.script(f'{INTO_UPDATE_MODE}; '
                       f'python3 "{STOP}" SIGKILL 100 dfu-util -d {IDS} -D "{file}" >/dev/null')
    run.expect(137)
    expect_release(bench, "1.0.0")


def hang(bench, file, recover):
    """dfu-util meets a chip that stands still; `recover` is what somebody does about it then."""
    failed = (f'{INTO_UPDATE_MODE}; dfu-util -d {IDS} -D "{file}" >&2; '
              f'test $? = {FAILED} || exit 99; {STATUS}; {recover} >/dev/null; '
              f'{UNTIL_CONFIRMED}')
    start = time.monotonic()
    run = download(bench, file, before=failed, session=["--hang-at-block", HUNG_AT_BLOCK])
    expect_running(run, "1.1.0")
    board = boards_status(run)
    assert (board["hanging"], board["download-blocks"]) == ("yes", str(HUNG_AT_BLOCK)), run.told
    assert "LIBUSB_ERROR_TIMEOUT" in run.err, run.told
    assert time.monotonic() - start < 60, run.told


def case_dfu_util_hang_reset():
    """dfu-util gives a chip that stands still up by itself, and after a reset it can be updated"""
    bench = Bench()
    bench.install("1.0.0")
    hang(bench, exported(bench, "1.1.0"), '"$VIRTUAL" control "$CONTROL" reset')


def case_dfu_util_hang_power_cycle():
    """dfu-util gives a chip that stands still up by itself, and a power cycle helps as well"""
    bench = Bench()
    bench.install("1.0.0")
    hang(bench, exported(bench, "1.1.0"), '"$VIRTUAL" control "$CONTROL" cut && '
                                          '"$VIRTUAL" control "$CONTROL" power-on')


class TwoBoards:
    """Two boards that run 1.0.0; the bench's own state file is the first one's."""

    def __init__(self):
        self.bench = Bench()
        self.other = self.bench.folder / "other board.bin"
        self.options = ["--devices", "2", "--state", self.other]
        self.file = exported(self.bench, "1.1.0")
        listed = self.bench.ctl("list", "--json", options=self.options).expect(0).json_lines()
        self.serials = [device["id"] for device in listed]
        for serial in self.serials:
            self.bench.ctl("update", self.bench.tools.release("1.0.0"), "--device", serial,
                           options=self.options).expect(0)
        self.versions("1.0.0", "1.0.0")  # and the starts that write the confirmations down

    def versions(self, *wanted):
        listed = self.bench.ctl("list", "--json", options=self.options).expect(0)
        assert tuple(line["version"] for line in listed.json_lines()) == wanted, listed.told

    def contents(self):
        return self.bench.flash(), self.bench.flash_of(self.other)

    def download(self, *choice):
        words = " ".join(choice)
        return self.bench.script(
            f'dfu-util -E {SETTLE_SECONDS // 2} -d {IDS} {words} -D "{self.file}"; code=$?; '
            f'sleep {SETTLE_SECONDS}; exit $code', options=self.options)


def case_dfu_util_two_refused():
    """of two equal boards dfu-util touches none unless it is told which"""
    boards = TwoBoards()
    before = boards.contents()
    run = boards.download()
    assert run.code == FAILED and "More than one DFU capable" in run.err, run.told
    assert boards.contents() == before, "a board was written"


def case_dfu_util_two_by_serial():
    """of two equal boards dfu-util updates the one whose serial number it is given"""
    boards = TwoBoards()
    first, _ = boards.contents()
    boards.download("-S", boards.serials[1]).expect(0)
    assert boards.contents()[0] == first, "the other board was written"
    boards.versions("1.0.0", "1.1.0")


def case_dfu_util_two_by_port():
    """of two equal boards dfu-util updates the one at the port that it is given"""
    boards = TwoBoards()
    _, second = boards.contents()
    boards.download("-p", "1-1").expect(0)
    assert boards.contents()[1] == second, "the other board was written"
    boards.versions("1.1.0", "1.0.0")
