"""Updates with a power cut in each, at random flash operations, on eight virtual boards at once:
soak.py RESULTS [UPDATES]. What judges is the record, not the program's own verdict."""

import collections
import os
import pathlib
import shutil
import subprocess
import sys

from qa_bench import PLANS, QaBench, records_of

BOARDS = 8
LIMIT_SECONDS = 4 * 3600
SEED = int(os.environ.get("QA_SEED", "755"))
# Each: links, version and how many flash operations its update needs. Three, because a board
# still holds the release before the running one and would have nothing to receive.
RELEASES = {"first": ("1.0.0", "1.0.0", 540), "second": ("1.1.0", "1.1.0", 28400),
            "third": ("1.0.0", "1.2.0", 540)}


def pack(bench, links, version):
    examples, file = bench.tools.examples, bench.folder / f"{version}.h755"
    linked = {core: ",".join(str(examples / f"example-{links}-{core}_{slot}.elf") for slot in "ab")
              for core in ("m7", "m4")}
    key = PLANS.parent / "keys" / "development-current.pem"
    bench.run_bundle("create", "--m7", linked["m7"], "--m4", linked["m4"], "--key", key,
                     "--version", version, "--counter", 1, "-o", file).expect(0)
    return file


def variables(bench, updates):
    cycles = -(-updates // (BOARDS * len(RELEASES)))
    values = {"cycles": cycles}
    for name, (links, version, operations) in RELEASES.items():
        values[name] = pack(bench, links, version)
        values[f"{name}UpTo"] = operations
    return [word for name, value in values.items() for word in ("--var", f"{name}={value}")]


def run(bench, results, updates):
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir(parents=True)
    command = [bench.tools.virtual, "--devices", BOARDS, "--speed", 0,
               "--control", bench.folder / "control", "--",
               bench.tools.ctl, "test", PLANS / "power-cut-torture.json", "--seed", SEED,
               "--out", results, *variables(bench, updates)]
    with (results.parent / "qa-soak.log").open("w") as said:
        return subprocess.run([str(word) for word in command], stdout=said, stderr=said,
                              timeout=LIMIT_SECONDS, check=False).returncode


def judge(results, wanted):
    records = records_of(results / "record.jsonl")
    steps = [record for record in records if record["type"] == "step"]
    # Not applicable: the power cut was due later than the update lasted.
    lost = [step for step in steps if step["outcome"] not in ("passed", "not-applicable")]
    idle = [step for step in steps if step["blocksSent"] == 0]
    cut = [step for step in steps if step["accidentHappened"]]
    tears = collections.Counter(step["accident"].split()[-1] for step in cut)
    print(f"{len(steps)} updates on {BOARDS} boards, {len(cut)} of them cut "
          f"({', '.join(f'{count} {tear}' for tear, count in sorted(tears.items()))}), "
          f"{sum(step['blocksSent'] for step in steps)} blocks, {len(lost)} lost, "
          f"{records[-1]['ms'] // 1000} s, seed {SEED}")
    for step in [*lost, *idle]:
        print(f"  {step['unit']} {step['path']} / {step['cycle']} {step['accident']}: "
              f"{step['blocksSent']} blocks, {step['reason']}")
    return len(steps) >= wanted and not lost and not idle and len(cut) > wanted // 2


def main():
    results = pathlib.Path(sys.argv[1])
    updates = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    code = run(QaBench(), results, updates)
    if not judge(results, updates) or code != 0:
        sys.exit(f"exit code {code}; see {results}")


main()
