#!/usr/bin/env python3
"""run_kernel_tests.py PREPARED [WORD...]: one boot of the guest, all cases (or those whose text has
a word). Prints "passed: ..." or "FAILED: ..." for each."""

import json
import os
import pathlib
import subprocess
import sys
import time
import traceback

import accident_cases
import cases
import plan_case
import suspend_case
from guest import Guest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Each line is one boot: after a suspend the guest has lost its disk.
BOOTS = [[cases, accident_cases, plan_case], [suspend_case]]


class Tools:
    """The built programs and releases, seen from the guest at the same paths as here."""

    def __init__(self):
        build = pathlib.Path(os.environ.get("H755_BUILD", ROOT / "build/dev"))
        self.ctl = str(build / "app/cli/h755ctl")
        self.virtual = build / "device-firmware/virtual/virtual-h755"
        self.hostile = build / "tests/host/hostile-h755"
        self.emulated = build / "tests/emulator/emulated-h755"
        self.window_test = build / "tests/gui/gui_window_test"
        self.bundle = build / "app/bundler/h755-bundle"
        self.releases = build / "tests/host/releases"
        self.kept = build / "kernel"
        self.kept.mkdir(exist_ok=True)
        brand = json.loads((ROOT / "resources/branding.json").read_text())
        self.udev_rule = build / f"generated/70-{brand['applicationId']}.rules"
        usb = brand["usb"]
        self.vendor_id = usb["vendorId"].removeprefix("0x")
        self.bootloader_id = usb["bootloaderProductId"].removeprefix("0x")
        self.runtime_id = usb["runtimeProductId"].removeprefix("0x")

    def release(self, version):
        return self.releases / f"{version}.h755"

    def dfu_file(self, version):
        """The release as dfu-util takes it."""
        path = self.kept / f"{version}.dfu"
        subprocess.run([self.bundle, "export-dfu", self.release(version), "-o", path], check=True,
                       stdout=subprocess.DEVNULL)
        return path

    def damaged_dfu_file(self, version):
        """A bit of the set stream flipped; the suffix of dfu-util is recomputed by nobody."""
        data = bytearray(self.dfu_file(version).read_bytes()[:-16])
        data[len(data) // 2] ^= 1
        path = self.kept / f"damaged-{version}.bin"
        path.write_bytes(data)
        return path

    def keep(self, name, text):
        (self.kept / name).write_text(text)


def selected(modules, words):
    functions = [value for module in modules for name, value in vars(module).items()
                 if name.startswith("case_")]
    return [case for case in functions if not words or any(w in case.__doc__ for w in words)]


def run_one(case, guest, tools):
    start = time.monotonic()
    try:
        case(guest, tools)
        print(f"passed: {case.__doc__} ({time.monotonic() - start:.1f} s)", flush=True)
        return True
    except Exception:  # the next case has a new board
        traceback.print_exc()
        print(f"FAILED: {case.__doc__}", flush=True)
        return False


def run_boot(prepared, todo):
    """How many of these cases have failed."""
    start = time.monotonic()
    guest = Guest(prepared)
    print(f"the guest is up after {time.monotonic() - start:.1f} s", flush=True)
    try:
        return sum(not run_one(case, guest, Tools()) for case in todo)
    finally:
        guest.close()


def main():
    failed = 0
    for modules in BOOTS:
        if todo := selected(modules, sys.argv[2:]):
            failed += run_boot(sys.argv[1], todo)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
