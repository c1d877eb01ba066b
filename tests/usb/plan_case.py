"""A test plan in the guest, as on a bench with real units: two boards on a hub that can switch."""

import contextlib
import json
import pathlib
import shlex

from cases import bootloader, wait_for
from device import Board
from power_hub import PowerHub

HERE = pathlib.Path(__file__).resolve().parent
SWITCH = HERE / "power_switch.sh"
SMOKE = HERE.parents[1] / "resources/plans/smoke.json"
PLAN_LIMIT_S = 600
# What else a bench does. "1.1.2 counter 2" crashes on these boards.
STEPS = [
    {"do": "update", "release": "${large}", "accident": {"killAtBlock": 60}},
    {"do": "resume", "release": "${large}", "accident": {"cutAtBlock": 60, "returnAfterMs": 300},
     "expect": {"version": "1.1.1", "state": "confirmed"}},
    {"do": "trial-must-revert", "release": "${failing}", "doesNotConfirm": True},
    {"do": "power-off"}, {"do": "power-on"},
    {"do": "expect", "expect": {"mode": "application", "version": "1.1.1"}},
]
NOT_APPLICABLE = [
    {"do": "update", "release": "${old}", "accident": {"unplugAtByte": 100}},
    {"do": "plug", "onAnotherPort": True},
    {"do": "rot-sector", "core": "m7", "slot": "other"},
]


def write_plan(folder):
    plan = json.loads(SMOKE.read_text())
    plan["steps"] += STEPS + NOT_APPLICABLE
    file = folder / "kernel-plan.json"
    file.write_text(json.dumps(plan))
    return file


def write_fixture(folder, ports):
    fixture = folder / "kernel-fixture.json"
    fixture.write_text(json.dumps({"fixture": 1, "sockets": [
        {"socket": f"socket {port}", "port": f"1-{port}",
         "powerOff": [str(SWITCH), "off", str(port)], "powerOn": [str(SWITCH), "on", str(port)]}
        for port in ports]}))
    return fixture


def command(tools, ports):
    releases = {"old": "1.0.0", "new": "1.1.0", "otherProduct": "other product",
                "large": "1.1.1 counter 2", "failing": "1.1.2 counter 2"}
    words = [tools.ctl, "test", write_plan(tools.kept), "--fixture",
             write_fixture(tools.kept, ports), "--target", "kernel", "--out", "/tmp/results",
             "--seed", 7, "--json"]
    for name, release in releases.items():
        words += ["--var", f"{name}={tools.release(release)}"]
    return " ".join(shlex.quote(str(word)) for word in words)


def case_plan(guest, tools):
    """the smoke plan and more on two boards behind a hub that can switch, through a real kernel"""
    ports = (1, 2)
    with contextlib.ExitStack() as stack:
        boards = {port: stack.enter_context(
            Board(tools.virtual, guest, (port,),
                  options=("--uid", port, "--application", "crash:50@1.1.2")))
            for port in ports}
        stack.enter_context(PowerHub(guest, boards))
        wait_for(guest, f"test $({bootloader(tools)} | wc -l) = {len(ports)}")
        told = guest.run(command(tools, ports), limit_s=PLAN_LIMIT_S).expect()
        kept = guest.run("cat /tmp/results/record.jsonl").expect()
        guest.run(f"{tools.ctl} test --check-records /tmp/results/record.jsonl").expect()
        operations = [int(board.status()["flash-operations"]) for board in boards.values()]
    records = [json.loads(line) for line in kept.out.splitlines()]
    assert records[0]["target"] == "kernel" and len(records[0]["units"]) == len(ports), records[0]
    assert {unit["socket"] for unit in records[0]["units"]} == {"socket 1", "socket 2"}
    outcomes = [record["outcome"] for record in records if record["type"] == "step"]
    assert outcomes.count("not-applicable") == len(ports) * len(NOT_APPLICABLE), str(told)
    assert set(outcomes) == {"passed", "not-applicable"}, str(told)
    struck = [record for record in records if record.get("accidentHappened")]
    assert len(struck) == 3 * len(ports), str(told)  # pulled, killed, cut
    assert min(operations) > 50_000, operations  # the boards' own count: they have written
