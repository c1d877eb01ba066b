"""Packs the example firmware into the releases of the tests: pack_releases.py OUTPUT_FOLDER."""

import os
import pathlib
import shutil
import subprocess
import sys

EXAMPLES = pathlib.Path(os.environ["H755_EXAMPLES"])
KEYS = pathlib.Path(os.environ["H755_KEYS"])
BUNDLE = os.environ["H755_BUNDLE"]

SMALL, LARGE = "1.0.0", "1.1.0"  # folders of links; the large one nearly fills its slots

# name: links, version, security counter, further options
RELEASES = {
    "1.0.0": (SMALL, "1.0.0", 1, []),
    "1.1.0": (LARGE, "1.1.0", 1, []),
    "1.0.2 counter 2": (SMALL, "1.0.2", 2, []),
    "other product": (SMALL, "1.2.0", 1, ["--product", "755002"]),
    "other hardware": (SMALL, "1.2.0", 1, ["--hardware-min", "2", "--hardware-max", "3"]),
    "requires 1.0.1": (SMALL, "1.2.0", 1, ["--requires-from", "1.0.1"]),
    "newer bootloader": (SMALL, "1.2.0", 1, ["--minimum-bootloader", "9.0.0"]),
    "unknown key": (SMALL, "1.2.0", 1, ["--key-index", "0"]),
}


def links(version, core):
    files = [EXAMPLES / f"example-{version}-{core}_{slot}.elf" for slot in "ab"]
    for file in files:
        if not file.exists():
            sys.exit(f"{file} is missing: build preset `device` first (./test.sh does)")
    return ",".join(str(file) for file in files)


def pack(folder, name):
    version_of_links, version, counter, options = RELEASES[name]
    key = KEYS / "development-current.pem"
    if name == "unknown key":
        key = folder / "unknown.pem"
        subprocess.run([BUNDLE, "keygen", "-o", key], check=True)
    subprocess.run([BUNDLE, "create", "--m7", links(version_of_links, "m7"),
                    "--m4", links(version_of_links, "m4"), "--key", key, "--version", version,
                    "--counter", str(counter), *options, "-o", folder / f"{name}.h755"],
                   check=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in RELEASES:
        pack(folder, name)


main()
