"""Each step of the plan language once, with evidence from the board itself that it did something.

The evidence is what the board says on its control socket, between the steps."""

import re

from judge import check_folder, check_plan, steps_of
from qa_bench import QaBench

BLOCK = 4096
ID = "31002A000F51383634333738"


class Looking(QaBench):
    """One board, and looks at it between the steps of a plan."""

    def look(self, name):
        """A step that keeps what the board says, for `seen`."""
        return self.shell('"$0" control "$1" status > "$2"', self.tools.virtual,
                          self.folder / "control", self.folder / f"{name}.look")

    @staticmethod
    def shell(text, *words):
        return {"do": "command", "command": ["bash", "-c", text, *map(str, words)]}

    def seen(self, name):
        words = (self.folder / f"{name}.look").read_text().splitlines()[0].split()
        facts = dict(word.split("=", 1) for word in words)
        return {key: int(value) if value.isdigit() else value for key, value in facts.items()}

    def passes(self, steps, **fields):
        """Runs the steps, all of which must pass; their records without the looks."""
        plan = self.plan(steps, **fields)
        check_plan(plan)
        run = self.test(plan, devices=1)
        records = check_folder(self.folder / "results")
        told = steps_of(records)
        bad = [step for step in told if step["outcome"] != "passed"]
        assert not bad and run.code == 0, (bad, run.told)
        return [step for step in told if step["do"] != "command"]

    def fails(self, *steps):
        """Each of these must fail; their reasons."""
        plan = self.plan(list(steps), onFailure="continue")
        check_plan(plan)
        self.test(plan, devices=1).expect(1)
        told = steps_of(check_folder(self.folder / "results"))
        return [step["reason"] for step in told if step["outcome"] == "failed"]


def update(release, **fields):
    return {"do": "update", "release": f"${{{release}}}", **fields}


def interrupted(kind, at, **fields):
    """An update that an accident ends for good, as far as the updater is concerned."""
    return update("new", timeoutSeconds=8, accident={kind: at, "returns": False, **fields})


RESUME = {"do": "resume", "release": "${new}",
          "expect": {"version": "1.1.0", "state": "confirmed"}}


def accident(kind, at, back, **fields):
    """Runs into the accident, looks, brings the board back and resumes; board before and after."""
    bench = Looking()
    steps = bench.passes([update("old"), bench.look("before"), interrupted(kind, at, **fields),
                          bench.look("after"), {"do": back}, RESUME])
    hit, resumed = steps[1], steps[3]
    assert hit["accidentHappened"] and hit["exitCode"] == 8, hit
    assert 0 < resumed["blocksSent"] < 226, resumed
    return bench.seen("before"), bench.seen("after"), hit


def case_step_unplug_at_byte():
    """unplugAtByte pulls the cable at that byte, and plug and resume bring the update to its end"""
    before, after, _ = accident("unplugAtByte", 100_000, "plug")
    sent = after["download-bytes"] - before["download-bytes"]
    assert 100_000 <= sent < 100_000 + BLOCK and after["plugged"] == "no", (before, after)


def case_step_unplug_at_block():
    """unplugAtBlock pulls the cable at that block, drawn from a range by the seed"""
    before, after, hit = accident("unplugAtBlock", {"from": 20, "to": 40}, "plug")
    drawn = int(hit["accident"].split()[1])
    assert after["download-blocks"] - before["download-blocks"] == drawn, (before, after)
    assert 20 <= drawn <= 40 and after["plugged"] == "no", (hit, after)


def case_step_cut_at_operation():
    """cutAtOperation cuts the power during exactly that flash operation"""
    before, after, hit = accident("cutAtOperation", 12000, "power-on", tear="flaky")
    assert after["flash-operations"] - before["flash-operations"] == 12000, (before, after)
    assert after["mode"] == "off" and hit["accident"] == "cutAtOperation 12000 flaky", hit


def case_step_cut_at_block():
    """cutAtBlock cuts the power when so many blocks were sent"""
    before, after, _ = accident("cutAtBlock", 100, "power-on")
    assert after["download-blocks"] - before["download-blocks"] >= 100, (before, after)
    assert after["mode"] == "off", after


def case_step_kill():
    """killAtBlock kills the updater, and another one goes on"""
    bench = Looking()
    steps = bench.passes([update("old"), update("new", accident={"killAtBlock": 60}),
                          bench.look("after"), RESUME])
    assert steps[1]["exitCode"] == 137 and steps[1]["blocksSent"] >= 60, steps[1]
    assert bench.seen("after")["mode"] == "bootloader", bench.seen("after")
    assert steps[2]["blocksSent"] < 226, steps[2]


def case_step_other_port():
    """an update goes on when the cable comes back in another port, and plug can do that too"""
    bench = Looking()
    steps = bench.passes([
        update("old"), bench.look("at first"),
        update("new", accident={"unplugAtBlock": 30, "onAnotherPort": True, "returnAfterMs": 50},
               expect={"version": "1.1.0"}),
        bench.look("moved"), {"do": "unplug"}, {"do": "plug", "onAnotherPort": True},
        bench.look("again")])
    ports = [bench.seen(name)["port"] for name in ("at first", "moved", "again")]
    assert ports[0] == 1 and len(set(ports)) == 3, ports
    assert "waiting-for-device" in [phase["name"] for phase in steps[1]["phases"]], steps[1]


def case_step_accident_must_happen():
    """an accident that is never reached is a failure, and so is a resume that sends everything"""
    bench = Looking()
    reasons = bench.fails(update("old", accident={"unplugAtBlock": 5000}),
                          {"do": "resume", "release": "${new}"})
    assert reasons == ["the update was over before unplugAtBlock 5000",
                       "nothing was resumed: all 226 blocks were sent"], reasons


def case_step_refusals():
    """downgrade, tampered and wrong product are refused, each for that reason"""
    bench = Looking()
    steps = bench.passes([
        update("third"),
        {"do": "downgrade-must-fail", "release": "${old}"},
        {"do": "tampered-must-fail", "release": "${new}"},
        {"do": "wrong-product-must-fail", "release": "${otherProduct}"}])
    told = [(step["exitCode"], step["error"]) for step in steps[1:]]
    assert told[0][0] == 6 and told[0][1] in ("HX-0603", "HX-0604"), told
    assert told[1][0] == 5 and told[1][1].startswith("HX-05"), told
    assert told[2] == (6, "HX-0601"), told
    assert all(step["blocksSent"] == 0 for step in steps[1:]), steps
    log = (bench.folder / "results" / f"log-{ID}.txt").read_text()
    assert log.count("h755ctl update") == 4 and log.count("h755ctl info") >= 6, log
    assert not list((bench.folder / "results").glob("tampered*"))


def case_step_refusals_fail():
    """a release that is not refused, or for another reason, is found"""
    bench = Looking()
    reasons = bench.fails(update("old"),
                          {"do": "downgrade-must-fail", "release": "${otherProduct}"},
                          {"do": "wrong-product-must-fail", "release": "${new}"},
                          {"do": "downgrade-must-fail", "release": "${third}"})
    assert reasons[0].startswith("refused for another reason: HX-0601"), reasons
    assert reasons[1:] == ["exit code 0, expected 6"] * 2, reasons


def case_step_trial():
    """a trial that does not confirm itself reverts, and one that does is found"""
    bench = Looking()
    steps = bench.passes([update("old"), bench.look("before"),
                          {"do": "trial-must-revert", "release": "${new}",
                           "expect": {"version": "1.0.0", "state": "confirmed", "slot": "A"}},
                          bench.look("after"), update("third", expect={"state": "confirmed"})])
    assert steps[1]["exitCode"] == 9 and steps[1]["blocksSent"] > 200, steps[1]
    assert bench.seen("after")["generation"] - bench.seen("before")["generation"] >= 3
    bench = Looking()
    reasons = bench.fails(update("old"), {"do": "trial-must-revert", "release": "${new}",
                                          "doesNotConfirm": True})
    assert reasons == ["exit code 0, expected 9"], reasons


def case_step_device():
    """select-set, reboot and update mode change what the board runs"""
    bench = Looking()
    bench.passes([
        update("old", expect={"slot": "A"}), update("new", expect={"slot": "B"}),
        {"do": "select-set", "expect": {"slot": "A", "version": "1.0.0", "state": "confirmed"}},
        bench.look("before"), {"do": "reboot", "expect": {"mode": "application"}},
        bench.look("rebooted"),
        {"do": "reboot", "toUpdateMode": True, "expect": {"mode": "bootloader"}},
        bench.look("bootloader"), {"do": "reboot", "expect": {"mode": "application"}},
        {"do": "expect", "expect": {"version": "1.0.0", "slot": "A", "withinMs": 20000}}])
    assert bench.seen("rebooted")["generation"] > bench.seen("before")["generation"]
    assert bench.seen("bootloader")["mode"] == "bootloader", bench.seen("bootloader")
    reasons = bench_fails_expecting(version="9.9.9", state="trial", mode="bootloader", slot="B")
    assert [reason.split(" is ")[0] for reason in reasons] == [
        "the version", "the state", "the mode", "the slot"], reasons


def bench_fails_expecting(**wrong):
    return Looking().fails(update("old"), *({"do": "expect", "expect": {name: value}}
                                            for name, value in wrong.items()))


def case_step_hands():
    """unplug, plug, power-off, power-on and rot-sector do that to the board"""
    bench = Looking()
    bench.passes([
        update("old"), update("new", expect={"slot": "B"}),
        {"do": "unplug"}, bench.look("unplugged"), {"do": "plug"}, bench.look("plugged"),
        {"do": "power-off"}, bench.look("off"), {"do": "power-on"}, bench.look("on"),
        {"do": "rot-sector", "core": "m7", "slot": "active", "sector": 0},
        {"do": "expect", "expect": {"slot": "A", "version": "1.0.0", "mode": "application"}}])
    told = {name: bench.seen(name) for name in ("unplugged", "plugged", "off", "on")}
    assert (told["unplugged"]["plugged"], told["unplugged"]["mode"]) == ("no", "application"), told
    assert told["plugged"]["plugged"] == "yes", told
    assert (told["off"]["mode"], told["off"]["plugged"]) == ("off", "yes"), told
    assert told["on"]["mode"] in ("bootloader", "application"), told


def case_step_wait_and_command():
    """wait takes its time, and command gets unit and port, its exit code and its time-out"""
    bench = Looking()
    note = bench.folder / "note"
    steps = bench.passes([
        {"do": "wait", "ms": 700},
        Looking.shell('echo "$0 $1" > "$2"', "{unit}", "{port}", note),
        {"do": "command", "command": ["bash", "-c", "exit 3"], "expect": {"exitCode": 3}}])
    assert 700 <= steps[0]["ms"] < 5000, steps[0]
    assert note.read_text() == f"{ID} 1-1\n", note.read_text()
    reasons = bench_fails_with(["false"], ["/there/is/no/such"], ["sleep", "60"])
    assert reasons[0] == "exit code 1, expected 0", reasons
    assert "/there/is/no/such" in reasons[1] and "did not end within 2000 ms" in reasons[2], reasons


def bench_fails_with(*commands):
    return Looking().fails(*({"do": "command", "command": words, "timeoutSeconds": 2}
                             for words in commands))


def case_step_structure():
    """matrix, include and variables make the steps that they say"""
    bench = Looking()
    bench.file("part.json", b'{"plan": 1, "variables": {"pause": 1, "text": "default"}, "steps": ['
                            b'{"do": "wait", "ms": "${pause}", "name": "${text} of ${release}"}]}')
    steps = bench.passes(
        [update("release", expect={"version": "${version}"}),
         {"do": "include", "plan": "part.json", "variables": {"text": "given"}}],
        variables={"version": "1.0.0", "pause": 250}, matrix={"release": [
            str(bench.tools.release("1.0.0"))], "turn": [1, 2]})
    assert [step["do"] for step in steps] == ["update", "wait"] * 2, steps
    assert [step["variant"].split("turn=")[1] for step in steps] == ["1", "1", "2", "2"], steps
    waits = [step for step in steps if step["do"] == "wait"]
    assert all(step["name"] == f"given of {bench.tools.release('1.0.0')}" for step in waits), waits
    assert all(step["ms"] >= 250 for step in waits), waits


def case_step_repeat():
    """repeat counts its cycles, or goes on for so many minutes"""
    bench = Looking()
    steps = bench.passes([
        {"do": "repeat", "times": 2, "steps": [
            {"do": "reboot"}, {"do": "repeat", "times": 3, "steps": [{"do": "wait", "ms": 1}]}]}])
    cycles = [step["cycle"] for step in steps if step["do"] == "wait"]
    assert cycles == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], cycles
    assert [step["cycle"] for step in steps if step["do"] == "reboot"] == ["1", "2"], steps


def case_step_repeat_minutes():
    """a repetition of a minute begins no cycle after it"""
    bench = Looking()
    steps = bench.passes([{"do": "repeat", "minutes": 1, "steps": [{"do": "wait", "ms": 14000}]}])
    assert len(steps) == 5 and sum(step["ms"] for step in steps) >= 60_000, steps


def case_step_provision():
    """provision programs a blank board through its ROM loader, and the plan goes on with it"""
    bench = Looking()
    unit = bench.tools.releases / "1.0.0.h755factory"
    plan = bench.plan([{"do": "provision", "unit": str(unit)},
                       {"do": "expect", "expect": {"mode": "application", "version": "1.0.0"}},
                       update("new", expect={"version": "1.1.0"})], stepTimeoutSeconds=60)
    check_plan(plan)
    # What people do when the board has been programmed: option bytes, BOOT0 and a power cycle.
    hands = bench.file("hands.sh", rb"""
control() { "$VIRTUAL" control "$CONTROL" "$@"; }
operations() { control status | grep -o 'flash-operations=[0-9]*'; }
( before=none
  until now=$(operations); [[ $now == "$before" && ${now#*=} -gt 1000 ]]; do
      before=$now; sleep 1.5
  done
  control option-bytes product; control boot0 off; control cut; control power-on ) >/dev/null &
exec "$@"
""")
    bootloader = bench.tools.examples.parent / "stm32h755" / "bootloader.bin"
    bench.session("env", f"VIRTUAL={bench.tools.virtual}", f"CONTROL={bench.folder / 'control'}",
                  "bash", hands, *bench.command(plan, "--unit", "1-1"), speed=200,
                  options=["--rom", "9.2", "--bootloader", bootloader]).expect(0)
    steps = steps_of(check_folder(bench.folder / "results"))
    assert [step["outcome"] for step in steps] == ["passed"] * 3, steps
    assert re.fullmatch("1-1|[0-9A-F]{24}", steps[0]["unit"]), steps
