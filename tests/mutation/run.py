#!/usr/bin/env python3
"""Tests the tests: applies each mutation to a copy of the sources, builds it, and expects the named
test to fail. `run.py [WORD...]` runs the mutations whose first line contains a word.

The *.mutations files hold one paragraph each: the rule (docs/boot-design.md) and what is broken,
the test that must notice, the file below device-firmware, and the lines that go (-) and come (+).
What the unmutated sources do is checked first: every named test must exist and pass.
"""
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
TREE = WORK / "tree"
BUILD = WORK / "build"
TEST_LIMIT_S = 120
POWER_LOSS = "power-loss"


@dataclass(frozen=True)
class Mutation:
    what: str  # rule and description
    program: str
    test: str
    file: str
    old: str
    new: str


def mutation_of(paragraph):
    what, caught_by, where, *changes = paragraph.splitlines()
    program, test = caught_by.removeprefix("caught by ").split(": ", 1)
    side = {mark: "".join(line[1:] + "\n" for line in changes if line[0] == mark) for mark in "-+"}
    assert all(line[0] in "-+" for line in changes), what
    return Mutation(what, program, test, where.removeprefix("in "), side["-"], side["+"])


def read_mutations():
    paragraphs = []
    for path in sorted(Path(__file__).parent.glob("*.mutations")):
        paragraphs += path.read_text().split("\n\n")
    return [mutation_of(text.strip("\n")) for text in paragraphs if not text.startswith("#")]


def copy_sources():
    """Copies what git knows, touching only what has changed, so that a second run builds little."""
    names = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                           cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    for name in names:
        source, target = ROOT / name, TREE / name
        if not source.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or source.read_bytes() != target.read_bytes():
            shutil.copy(source, target)
    cache = TREE / ".cache"
    if not cache.exists():
        cache.symlink_to(ROOT / ".cache")


def build(programs):
    """True if the copy builds; its errors otherwise."""
    if not (BUILD / "build.ninja").exists():
        launcher = ["-DCMAKE_C_COMPILER_LAUNCHER=ccache", "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"]
        quick = ["-DCMAKE_BUILD_TYPE=None", "-DCMAKE_C_FLAGS=-O1 -w", "-DCMAKE_CXX_FLAGS=-O1 -w"]
        subprocess.run(["cmake", "-S", TREE, "-B", BUILD, "-G", "Ninja", *quick,
                        *(launcher if shutil.which("ccache") else [])],
                       check=True, stdout=subprocess.DEVNULL)
    result = subprocess.run(["cmake", "--build", BUILD, "--target", *programs],
                            capture_output=True, text=True)
    return result.returncode == 0, result.stdout + result.stderr


def program_path(program):
    found = [path for path in (BUILD / "tests").rglob(program) if path.is_file()]
    assert len(found) == 1, f"{program}: {found}"
    return found[0]


def test_fails(program, test):
    """Whether the test fails; nothing if there is no such test. A test that hangs has failed."""
    if program == POWER_LOSS:
        command = [program_path(program), "--flow", test]
    else:
        command = [program_path(program), test.replace(",", "\\,"), "--warn", "NoTests"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, errors="replace",
                                timeout=TEST_LIMIT_S)
    except subprocess.TimeoutExpired:
        return True
    is_known = "No test cases matched" not in result.stdout + result.stderr
    return result.returncode != 0 if is_known else None


def mutate(mutation):
    """Returns what went wrong, or nothing if the test has noticed."""
    path = TREE / "device-firmware" / mutation.file
    original = path.read_text()
    if original.count(mutation.old) != 1:
        return f"the text to replace occurs {original.count(mutation.old)} times"
    path.write_text(original.replace(mutation.old, mutation.new))
    try:
        is_built, errors = build([mutation.program])
        if not is_built:
            return "does not compile:\n" + errors[-2000:]
        return None if test_fails(mutation.program, mutation.test) else "SURVIVED"
    finally:
        path.write_text(original)


def check_baseline(chosen):
    """Every named test exists and passes as the sources are."""
    is_built, errors = build(sorted({mutation.program for mutation in chosen}))
    if not is_built:
        sys.exit("the unmutated sources do not build:\n" + errors[-4000:])
    bad = []
    for program, test in sorted({(mutation.program, mutation.test) for mutation in chosen}):
        fails = test_fails(program, test)
        if fails is not False:
            bad.append(f"{program}: \"{test}\" " + ("does not exist" if fails is None else "fails"))
    return bad


def main(words):
    chosen = [mutation for mutation in read_mutations()
              if not words or any(word in mutation.what for word in words)]
    start = time.monotonic()
    copy_sources()
    bad = check_baseline(chosen)
    for line in bad:
        print("without mutation,", line)
    survivors = 0
    for mutation in chosen:
        problem = mutate(mutation)
        if problem:
            survivors += 1
            print(f"FAILED  {mutation.what}: {problem}", flush=True)
        else:
            print(f"caught  {mutation.what}\n"
                  f"        by {mutation.program}: {mutation.test}", flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} mutations caught in "
          f"{time.monotonic() - start:.0f} s")
    return 1 if survivors or bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
