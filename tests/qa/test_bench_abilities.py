"""What a bench cannot do is "not applicable", with the reason; what its switches do is real."""

import json

from judge import check_folder, steps_of
from qa_bench import QaBench

UHUBCTL = {"location": "1-2", "port": 3}
# h755ctl takes boards without a control socket for real ones, and knows nothing of their inside.
AS_REAL = ["env", "-u", "H755_VIRTUAL_CONTROL"]


class RealBench(QaBench):
    """One board that is tested like a real one, perhaps with a fixture."""

    def told(self, steps, *arguments):
        run = self.session(*AS_REAL, *self.command(self.plan(steps), *arguments))
        run.expect(0)
        return steps_of(check_folder(self.folder / "results"))

    def fixture(self, **switch):
        text = json.dumps({"fixture": 1, "sockets": [{"socket": "left", "port": "1-1", **switch}]})
        return self.file("fixture.json", text.encode())


def update(accident=None):
    return {"do": "update", "release": "${old}", **({"accident": accident} if accident else {})}


def reasons(steps):
    """{path: reason} of what was not applicable; the rest must have passed."""
    assert {step["outcome"] for step in steps} <= {"passed", "not-applicable"}, steps
    return {step["path"]: step["reason"] for step in steps if step["outcome"] != "passed"}


def case_abilities_without_fixture():
    """without switches, all that needs hands is not applicable, and the rest is done"""
    steps = RealBench().told([
        update(), {"do": "unplug"}, {"do": "plug"}, {"do": "power-off"}, {"do": "power-on"},
        {"do": "plug", "onAnotherPort": True},
        {"do": "rot-sector", "core": "m7", "slot": "active"},
        {"do": "trial-must-revert", "release": "${new}"},
        update({"unplugAtBlock": 3}), update({"unplugAtByte": 3}), update({"cutAtBlock": 3}),
        update({"cutAtOperation": 3}), {"do": "expect", "expect": {"version": "1.0.0"}}])
    found = reasons(steps)
    assert list(found) == [str(path) for path in range(2, 13)], found
    for path in ("2", "3", "4", "5", "6", "9", "11"):
        assert found[path] == "the fixture names no power switch for port 1-1", found
    assert found["7"] == "a real chip's flash cannot be spoilt on purpose", found
    assert "doesNotConfirm" in found["8"], found
    assert found["10"] == "a hub's switch is too slow for a certain byte", found
    assert found["12"] == "a real chip does not tell its flash operations", found


def case_abilities_uhubctl():
    """uhubctl without a hub, or a switch that is not installed, is no fault of the unit"""
    bench = RealBench()
    hands = [update(), {"do": "power-off"}, {"do": "power-on"}]
    found = reasons(bench.told(hands, "--fixture", bench.fixture(uhubctl=UHUBCTL)))
    assert set(found) == {"2", "3"} and "No compatible devices detected" in found["2"], found
    bench = RealBench()
    missing = {"powerOff": ["/no/such/switch", "off"], "powerOn": ["/no/such/switch", "on"]}
    found = reasons(bench.told(hands, "--fixture", bench.fixture(**missing)))
    assert found["2"] == "/no/such/switch is not installed", found


def case_abilities_switch():
    """a fixture's own switch cuts and restores the power, and the records name its socket"""
    bench = RealBench()
    control = [str(bench.tools.virtual), "control", str(bench.folder / "control")]
    file = bench.fixture(powerOff=[*control, "cut"], powerOn=[*control, "power-on"])
    steps = bench.told([
        update(), {"do": "power-off"},
        {"do": "command", "command": ["bash", "-c", '"$@" | grep -q mode=off', "-", *control,
                                      "status"]},
        {"do": "power-on"},
        {"do": "update", "release": "${new}", "accident": {"cutAtBlock": 60, "returnAfterMs": 100},
         "expect": {"version": "1.1.0"}}], "--fixture", file)
    assert not reasons(steps), steps
    assert steps[-1]["accidentHappened"] and steps[-1]["blocksSent"] > 226, steps[-1]
    assert bench.records()[0]["units"][0]["socket"] == "left", bench.records()[0]
