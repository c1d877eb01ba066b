"""A QEMU guest with Debian's kernel, and commands in it."""

import os
import pathlib
import shlex
import socket
import subprocess
import tempfile
import time

PORTS = 8
BOOT_LIMIT_S = 120
COMMAND_LIMIT_S = 180


class Answer:
    def __init__(self, command, code, out):
        self.command, self.code, self.out = command, code, out

    def __str__(self):
        return f"{self.command}\nexit {self.code}\n{self.out}"

    def expect(self, code=0):
        assert self.code == code, str(self)
        return self


class Guest:
    """One boot. `socket_of(port)` is where a device plugs itself in (usbredir): ports of one bus,
    or each a bus of its own."""

    def __init__(self, prepared, *, has_independent_buses=False):
        self.has_independent_buses = has_independent_buses
        self.temporary = tempfile.TemporaryDirectory(prefix="h755-guest-")
        self.folder = pathlib.Path(self.temporary.name)
        self.console = None
        self.process = subprocess.Popen(self._command(pathlib.Path(prepared)),
                                        stdin=subprocess.DEVNULL)
        try:
            self._connect()
            self._start_udev()
        except BaseException:
            self.close()
            raise

    def _ports(self):
        devices = [] if self.has_independent_buses else ["-device", "qemu-xhci,id=bus,p2=8,p3=8"]
        for port in range(1, PORTS + 1):
            place = f"bus=bus.0,port={port}"
            if self.has_independent_buses:
                devices += ["-device", f"qemu-xhci,id=bus{port}"]
                place = f"bus=bus{port}.0"
            devices += ["-chardev",
                        f"socket,id=port{port},path={self.socket_of(port)},server=on,wait=off",
                        "-device", f"usb-redir,chardev=port{port},{place}"]
        return devices

    def _command(self, prepared):
        # No KVM even where there is /dev/kvm: nested machines hang with it. One processor: two
        # emulated ones wait for each other's time slices.
        return ["qemu-system-x86_64", "-accel", "tcg", "-M", "q35", "-smp", "1", "-m", "768",
                "-nographic", "-nodefaults", "-no-reboot",
                "-serial", f"file:{self.folder / 'serial.log'}",
                "-kernel", str(prepared / "kernel"), "-initrd", str(prepared / "initramfs"),
                "-append", "console=ttyS0 quiet panic=-1",
                "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,"
                           "multidevs=remap",
                "-device", "virtio-serial",
                "-chardev", f"socket,id=commands,path={self.folder / 'commands'},"
                            "server=on,wait=off",
                "-device", "virtserialport,chardev=commands,name=commands",
                "-chardev", f"socket,id=switch,path={self.folder / 'switch'},server=on,wait=off",
                "-device", "virtserialport,chardev=switch,name=switch", *self._ports()]

    def socket_of(self, port):
        return self.folder / f"port{port}"

    def _connect(self):
        deadline = time.monotonic() + BOOT_LIMIT_S
        path = str(self.folder / "commands")
        while not os.path.exists(path):
            self._check_alive(deadline)
        self.console = socket.socket(socket.AF_UNIX)
        self.console.connect(path)
        self.console.settimeout(BOOT_LIMIT_S)
        self.stream = self.console.makefile("rwb")
        line = self.stream.readline()
        assert line == b"READY\n", f"{line!r}\n{self.log()}"

    def _check_alive(self, deadline):
        assert self.process.poll() is None, "QEMU has ended"
        assert time.monotonic() < deadline, "the guest does not start"
        time.sleep(0.05)

    def _start_udev(self):
        self.run("/lib/systemd/systemd-udevd --daemon && udevadm trigger && udevadm settle"
                 ).expect()

    def run(self, command, limit_s=COMMAND_LIMIT_S):
        """A command of the host's root, run by bash as root of the guest."""
        assert "\n" not in command
        self.console.settimeout(limit_s)
        self.stream.write(command.encode() + b"\n")
        self.stream.flush()
        mark, code, count = self.stream.readline().split()
        assert mark == b"RC"
        out = self.stream.read(int(count)).decode(errors="replace")
        return Answer(command, int(code), out)

    def run_as(self, user, command, **keywords):
        return self.run(f"runuser -u {user} -- bash -c {shlex.quote(command)}", **keywords)

    def log(self):
        path = self.folder / "serial.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def close(self):
        if self.console is not None:
            self.console.close()
        self.process.kill()
        self.process.wait()
        self.temporary.cleanup()
