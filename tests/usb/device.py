"""A board of this host, plugged into the guest's ports, and the accidents it can have."""

import os
import pathlib
import subprocess
import tempfile
import time

START_LIMIT_S = 20


class Board:
    """One process with one board (or more); its state outlives it."""

    def __init__(self, program, guest, ports=(1, 2), *, devices=1, speed=0,
                 options=(), environment=None):
        self.program, self.guest, self.ports = program, guest, ports
        self.devices, self.speed = devices, speed
        self.environment = {**os.environ, **(environment or {})}
        self.temporary = tempfile.TemporaryDirectory(prefix="h755-board-")
        self.folder = pathlib.Path(self.temporary.name)
        self.process = None
        self.start(*options)

    def start(self, *options):
        """Power on; `options` are the program's."""
        sockets = [word for port in self.ports
                   for word in ("--usbredir", self.guest.socket_of(port))]
        states = [word for number in range(self.devices)
                  for word in ("--state", self.folder / f"state{number}")]
        self.process = subprocess.Popen(
            [self.program, "--speed", str(self.speed), "--devices", str(self.devices), *states,
             *sockets, "--control", self.folder / "control", *map(str, options),
             "--", "sleep", "3600"], env=self.environment)
        deadline = time.monotonic() + START_LIMIT_S
        while not (self.folder / "control").exists():
            assert time.monotonic() < deadline and self.process.poll() is None
            time.sleep(0.02)

    def control(self, *words):
        done = subprocess.run([self.program, "control", self.folder / "control",
                               *map(str, words)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def status(self, device=1):
        line = self.control("status").splitlines()[device - 1]
        return dict(field.split("=", 1) for field in line.split())

    def kill(self):
        """What a crash of the machine that carries the board would be: no goodbye to the host."""
        self.process.kill()
        self.process.wait()
        (self.folder / "control").unlink(missing_ok=True)

    def stop(self):
        """Power off, state saved."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=START_LIMIT_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.temporary.cleanup()
