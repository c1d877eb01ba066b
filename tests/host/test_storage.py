"""Disks that are full or read-only, and devices that vanish: an error with code, cause and remedy,
and nothing lost that was there."""

import json
import sys

from host_bench import Bench, Run

SKIPPED = 77  # as CMakeLists.txt tells ctest

# A file system of its own, so that it is really full: a namespace needs no root.
IN_NAMESPACE = """
set -eu
mount -t tmpfs -o size=$1 tmpfs "$DISK"
cp -r "$FOLDER/before/." "$DISK"
shift
for option; do case $option in
    full) head -c 10m /dev/zero > "$DISK/filler" 2>/dev/null || true ;;
    read-only) mount -o remount,ro "$DISK" ;;
    --) break ;;
esac; shift; done
shift
set +e
"$@"
code=$?
cp -r "$DISK/." "$FOLDER/after"
exit $code
"""


class Disk:
    """A small file system, and what was on it before and afterwards."""

    def __init__(self, kib=64, *states):
        if Run(["unshare", "-rm", "true"]).code != 0:
            print("not run: this computer gives nobody a mount namespace")
            sys.exit(SKIPPED)
        self.bench = Bench()
        self.words = [f"{kib}k", *states, "--"]
        self.path, self.before, self.after = (self.bench.folder / name
                                              for name in ("disk", "before", "after"))
        for folder in (self.path, self.before):
            folder.mkdir()

    def session(self, *command):
        environment = ["env", f"DISK={self.path}", f"FOLDER={self.bench.folder}"]
        program = [self.bench.tools.virtual, "--speed", 0, "--state", self.bench.state,
                   "--control", self.bench.folder / "control", "--", *command]
        return Run([*environment, "unshare", "-rm", "sh", "-c", IN_NAMESPACE, "sh", *self.words,
                    *program])

    def ctl(self, *arguments):
        return self.session(self.bench.tools.ctl, *arguments)


def refused(run, *words):
    """Code, cause and remedy."""
    run.expect(2, error="HX-0203")
    for word in (*words, "The file cannot be written.", "that has free space."):
        assert word in run.err, (word, run.told)
    return run


def case_full_disk_ends_a_plan():
    """a disk that fills up ends a test, and the records until then are whole"""
    disk = Disk(48)
    plan = disk.bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": [
        {"do": "repeat", "times": 400, "steps": [{"do": "wait", "ms": 1}]}]}).encode())
    refused(disk.ctl("test", plan, "--out", disk.path / "results"), "space")
    results = disk.after / "results"
    check = Run([disk.bench.tools.ctl, "test", "--check-records", results / "record.jsonl"])
    assert "not finished" in check.expect(0).out, check.told
    lines = (results / "record.jsonl").read_text().splitlines()
    assert len(lines) > 5 and json.loads(lines[-1])["type"] == "step", lines[-1:]
    assert (results / "report.html").read_text().rstrip().endswith("</html>")
    assert not list(results.glob("*.new")), list(results.iterdir())


def case_full_disk_keeps_the_old_report():
    """a report that does not fit leaves the one before as it was, and no part of itself"""
    disk = Disk(64, "full")
    old = disk.before / "report.zip"
    disk.bench.ctl("report", "--output", old).expect(0)
    refused(disk.ctl("report", "--output", disk.path / "report.zip"), "No space left on device")
    assert (disk.after / "report.zip").read_bytes() == old.read_bytes()
    assert not list(disk.after.glob("*.new"))


def case_full_disk_behind_stdout():
    """results that a full disk takes no more are no success"""
    bench = Bench()
    run = bench.script('"$CTL" list --json > /dev/full')
    refused(run, "standard output")
    refused(bench.ctl("report", "--output", "/dev/full"), "No space left on device")


def case_read_only_folder():
    """a folder that cannot be written is named, before a device is touched"""
    disk = Disk(64, "read-only")
    plan = disk.bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": [
        {"do": "update", "release": str(disk.bench.tools.release("1.0.0"))}]}).encode())
    for arguments in (["test", plan, "--out", disk.path / "results"],
                      ["report", "--output", disk.path / "report.zip"]):
        refused(disk.ctl(*arguments), "Read-only file system", str(disk.path))
    (info,) = disk.bench.ctl("info", "--json").expect(0).json_lines()
    assert info["updateReason"] == "no-valid-set", info


def case_vanished_device():
    """a device that vanishes fails its step with the reason, and the results say so"""
    bench = Bench()
    bench.install("1.0.0")
    plan = bench.file("plan.json", json.dumps({"plan": 1, "name": "n", "steps": [
        {"do": "update", "release": str(bench.tools.release("1.1.0")), "timeoutSeconds": 2,
         "accident": {"unplugAtBlock": 9, "returns": False}, "expect": {"exitCode": 0}},
        {"do": "reboot"}]}).encode())
    run = bench.ctl("test", plan, "--out", bench.folder / "results").expect(1, error="HX-0101")
    assert "HX-0802" in run.err, run.told
    records = [json.loads(line) for line in
               (bench.folder / "results" / "record.jsonl").read_text().splitlines()]
    steps = [record for record in records if record["type"] == "step"]
    assert [step["outcome"] for step in steps] == ["failed", "not-run"], steps
    assert steps[0]["error"] == "HX-0802" and records[-1]["type"] == "end", steps[0]
    bench.update("1.1.0").expect(0)  # and is none the worse for it
