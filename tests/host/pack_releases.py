"""Packs the example firmware into the releases of the tests: pack_releases.py OUTPUT_FOLDER."""

import os
import pathlib
import shutil
import subprocess
import sys

EXAMPLES = pathlib.Path(os.environ["H755_EXAMPLES"])
KEYS = pathlib.Path(os.environ["H755_KEYS"])
BUNDLE = os.environ["H755_BUNDLE"]
NOTES = pathlib.Path(__file__).resolve().parent / "notes"

SMALL, LARGE = "1.0.0", "1.1.0"  # folders of links; the large one nearly fills its slots

# name: links, version, security counter, further options
RELEASES = {
    "1.0.0": (SMALL, "1.0.0", 1, ["--notes", NOTES]),
    "1.1.0": (LARGE, "1.1.0", 1, ["--notes", NOTES]),
    "1.0.2 counter 2": (SMALL, "1.0.2", 2, []),
    "1.1.1 counter 2": (LARGE, "1.1.1", 2, []),
    "1.1.2 counter 2": (SMALL, "1.1.2", 2, []),
    "1.1.3 counter 2": (LARGE, "1.1.3", 2, []),
    "1.1.4 counter 2": (LARGE, "1.1.4", 2, []),
    "other product": (SMALL, "1.2.0", 1, ["--product", "755002"]),
    "other hardware": (SMALL, "1.2.0", 1, ["--hardware-min", "2", "--hardware-max", "3"]),
    "requires 1.0.1": (SMALL, "1.2.0", 1, ["--requires-from", "1.0.1"]),
    "newer bootloader": (SMALL, "1.2.0", 1, ["--minimum-bootloader", "9.0.0"]),
    "slot A 1.2.0": (LARGE, "1.2.0", 1, []),
    "slot A 1.3.0": (SMALL, "1.3.0", 1, []),
    "unknown key": (SMALL, "1.2.0", 1, ["--key-index", "0"]),
}

# What a vendor's build makes of link A alone: name of the release -> objcopy's format
FORMATS = {"slot A 1.2.0": "binary", "slot A 1.3.0": "ihex"}


def link(version, core, slot):
    file = EXAMPLES / f"example-{version}-{core}_{slot}.elf"
    if not file.exists():
        sys.exit(f"{file} is missing: build preset `device` first (./test.sh does)")
    return file


def firmware(folder, name, core):
    version = RELEASES[name][0]
    if name not in FORMATS:
        return ",".join(str(link(version, core, slot)) for slot in "ab")
    file = folder / f"{name} {core}"
    subprocess.run(["arm-none-eabi-objcopy", "-O", FORMATS[name], link(version, core, "a"), file],
                   check=True)
    return file


def pack(folder, name):
    _, version, counter, options = RELEASES[name]
    key = KEYS / "development-current.pem"
    if name == "unknown key":
        key = folder / "unknown.pem"
        subprocess.run([BUNDLE, "keygen", "-o", key], check=True)
    subprocess.run([BUNDLE, "create", "--m7", firmware(folder, name, "m7"),
                    "--m4", firmware(folder, name, "m4"), "--key", key, "--version", version,
                    "--counter", str(counter), *options, "-o", folder / f"{name}.h755"],
                   check=True)


def pack_unit(folder, name):
    """What a production line programs: the real bootloader and a release."""
    bootloader = EXAMPLES.parent / "stm32h755" / "bootloader.hex"
    subprocess.run([BUNDLE, "factory", folder / f"{name}.h755", "--bootloader", bootloader,
                    "--key", KEYS / "development-current.pem",
                    "-o", folder / f"{name}.h755factory"], check=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in RELEASES:
        pack(folder, name)
    for name in (SMALL, LARGE):
        pack_unit(folder, name)


main()
