#!/usr/bin/env python3
"""run_guide.py FOLDER: builds docs/integration.md's project in FOLDER and packs it, as it says.

A code block whose first line names `file=NAME` is that file, one marked `run` is executed. Start-up
code, tick and linker script come from project/, where a reader has CubeMX's. H755_BUNDLE is the
tool."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RAM_ORIGINS = {"m7": "0x24000000", "m4": "0x10000000"}
BLOCK = re.compile(r"^```\w+ (?:file=(?P<file>\S+)|(?P<run>run))\n(?P<text>.*?)^```$",
                   re.M | re.S)


def lay_out(folder):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "m7").mkdir(parents=True)
    (folder / "m4").mkdir()
    (folder / "h755").symlink_to(ROOT)
    for source in (HERE / "project").glob("*.c"):
        shutil.copy(source, folder)
    script = (HERE / "project/flash.ld.in").read_text()
    for core, origin in RAM_ORIGINS.items():
        (folder / f"{core}.ld.in").write_text(script.replace("@RAM_ORIGIN@", origin))


def run(commands, folder, environment):
    print(commands)
    subprocess.run(["bash", "-ec", commands], cwd=folder, env=environment, check=True)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    tools = pathlib.Path(os.environ["H755_BUNDLE"]).parent
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    blocks = list(BLOCK.finditer((ROOT / "docs/integration.md").read_text()))
    lay_out(folder)
    for block in blocks:
        if block["file"]:
            (folder / block["file"]).write_text(block["text"])
    for block in blocks:
        if block["run"]:
            run(block["text"], folder, environment)
    create = blocks[-1]["text"]
    assert "h755-bundle create" in create, "the guide has lost its last block"
    # The same with a key that this build knows, so that it can be verified.
    key = ROOT / "resources/keys/development-current.pem"
    run(re.sub(r"release-current\.pem|(?<=-o )\S+", lambda match: str(key) if "pem" in match[0]
               else "known-key.h755", create), folder, environment)
    run("h755-bundle verify known-key.h755", folder, environment)


main()
