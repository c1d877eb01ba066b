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

import cases
from guest import Guest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Tools:
    """The built programs and releases, seen from the guest at the same paths as here."""

    def __init__(self):
        build = pathlib.Path(os.environ.get("H755_BUILD", ROOT / "build/dev"))
        self.ctl = str(build / "app/cli/h755ctl")
        self.virtual = build / "device-firmware/virtual/virtual-h755"
        self.emulated = build / "tests/emulator/emulated-h755"
        self.bundle = build / "app/bundler/h755-bundle"
        self.releases = build / "tests/host/releases"
        self.kept = build / "kernel"
        self.kept.mkdir(exist_ok=True)
        self.udev_rule = build / "generated/70-h755-updater.rules"
        usb = json.loads((ROOT / "resources/branding.json").read_text())["usb"]
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


def main():
    words = sys.argv[2:]
    start = time.monotonic()
    guest = Guest(sys.argv[1])
    print(f"the guest is up after {time.monotonic() - start:.1f} s", flush=True)
    tools = Tools()
    failed = 0
    try:
        for case in (value for name, value in vars(cases).items() if name.startswith("case_")):
            if words and not any(word in case.__doc__ for word in words):
                continue
            start = time.monotonic()
            try:
                case(guest, tools)
                print(f"passed: {case.__doc__} ({time.monotonic() - start:.1f} s)", flush=True)
            except Exception:  # the next case has a new board
                failed += 1
                traceback.print_exc()
                print(f"FAILED: {case.__doc__}", flush=True)
    finally:
        guest.close()
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
