"""The built programs and what a test needs around them: releases, a board's state, a socket."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib

BACKUP_OFFSET = 8 + 4 + 4
STATE_HEAD_BYTES = BACKUP_OFFSET + 4 * 32
FLASH_BYTES = 2 * 1024 * 1024
CELLS = FLASH_BYTES // 32
BLOCK_BYTES = 4096
LIMIT_SECONDS = int(os.environ.get("H755_LIMIT_SECONDS", "90"))  # for one program
SETTLE_SECONDS = int(os.environ.get("H755_SETTLE_SECONDS", "4"))  # until a restart is over
# A command of a session: until a restart into a new release is over and it has confirmed itself.
UNTIL_CONFIRMED = (f'python3 "{pathlib.Path(__file__).resolve().parent / "until_confirmed.py"}" '
                   f"{5 * SETTLE_SECONDS}")
FLASH_BASE = 0x08000000
BAD_CELL = 3  # virtual_h755::Cell::Bad
SLOTS = {("m7", "a"): (0x08020000, 0x60000), ("m7", "b"): (0x08080000, 0x60000),
         ("m4", "a"): (0x08100000, 0x80000), ("m4", "b"): (0x08180000, 0x80000)}


class Tools:
    """Where everything is; given by ctest in the environment."""

    def __init__(self):
        self.ctl = os.environ["H755CTL"]
        self.virtual = os.environ["VIRTUAL_H755"]
        self.bundle = os.environ["H755_BUNDLE"]
        self.examples = pathlib.Path(os.environ["H755_EXAMPLES"])
        self.releases = pathlib.Path(os.environ["H755_RELEASES"])
        self.boards = pathlib.Path(os.environ.get("H755_BOARDS", "/nonexistent"))

    def release(self, name):
        return self.releases / f"{name}.h755"

    def stream(self, name):
        """The set stream out of a release, past every check of ours."""
        with zipfile.ZipFile(self.release(name)) as box:
            return box.read("firmware.h7set")


class Run:
    """One program that has ended."""

    def __init__(self, arguments, environment=None):
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True,
                              timeout=LIMIT_SECONDS, env=environment, check=False)
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.told = f"{arguments}\nexit {self.code}\nstdout:\n{self.out}\nstderr:\n{self.err}"

    def expect(self, code, *, last_line=None, error=None):
        assert self.code == code, self.told
        if last_line is not None:
            assert self.out.splitlines()[-1:] == [last_line], self.told
        if error is not None:
            assert f"error {error}: " in self.err, self.told
        return self

    def json_lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Bench:
    """A folder with one device's state; every run of a command is one session with that device."""

    def __init__(self):
        self.tools = Tools()
        self.temporary = tempfile.TemporaryDirectory(prefix="h755 host test ")
        self.folder = pathlib.Path(self.temporary.name)
        self.state = self.folder / "state of the board.bin"

    def session(self, *command, options=(), speed=0):
        return Run([self.tools.virtual, "--state", self.state, "--speed", speed,
                    "--control", self.folder / "control", *options, "--", *command])

    def ctl(self, *arguments, options=(), speed=0):
        return self.session(self.tools.ctl, *arguments, options=options, speed=speed)

    def run_bundle(self, *arguments):
        return Run([self.tools.bundle, *arguments])

    def script(self, text, options=(), speed=0):
        """Several commands in one session: $CTL and $VIRTUAL are the programs."""
        environment = [f"CTL={self.tools.ctl}", f"VIRTUAL={self.tools.virtual}",
                       f"CONTROL={self.folder / 'control'}", f"FOLDER={self.folder}"]
        return self.session("env", *environment, "bash", "-c", text, options=options, speed=speed)

    def update(self, name, **keywords):
        return self.ctl("update", self.tools.release(name), **keywords)

    def install(self, name):
        """The release runs, confirmed, and the next start has written that down."""
        prepared = self.tools.boards / f"{name}.state"
        if prepared.exists() and not self.state.exists():
            shutil.copy(prepared, self.state)
            return
        self.update(name).expect(0)
        self.ctl("info").expect(0)

    def flash(self):
        """What the board's flash holds, with the condition of every word."""
        return self.flash_of(self.state)

    @staticmethod
    def flash_of(state):
        return state.read_bytes()[STATE_HEAD_BYTES:STATE_HEAD_BYTES + CELLS + FLASH_BYTES]

    def slot(self, core, slot):
        """What one core's slot holds."""
        first, length = SLOTS[core, slot]
        at = STATE_HEAD_BYTES + CELLS + first - FLASH_BASE
        return self.state.read_bytes()[at:at + length]

    def rot(self, address):
        """The flash word there has a double-bit error from now on."""
        state = bytearray(self.state.read_bytes()[:-4])
        state[STATE_HEAD_BYTES + (address - FLASH_BASE) // 32] = BAD_CELL
        self.state.write_bytes(state + struct.pack("<I", zlib.crc32(state)))

    def set_backup(self, first, values):
        """RTC backup registers from that one on."""
        state = bytearray(self.state.read_bytes()[:-4])
        struct.pack_into(f"<{len(values)}I", state, BACKUP_OFFSET + 4 * first, *values)
        self.state.write_bytes(state + struct.pack("<I", zlib.crc32(state)))

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path


def flip_bit(data, offset, bit=0):
    changed = bytearray(data)
    changed[offset] ^= 1 << bit
    return bytes(changed)


def first_body_offset(stream):
    """Where the bodies start: behind the header and the slot data (contract/set_stream.h)."""
    parts_offset = 72  # StreamHeader::parts; each core: body, TLVs for A and B, patch
    lengths = struct.unpack_from("<8I", stream, parts_offset)
    slot_data_bytes = sum(lengths[1:4]) + sum(lengths[5:8])
    return BLOCK_BYTES * (1 + -(-slot_data_bytes // BLOCK_BYTES))
