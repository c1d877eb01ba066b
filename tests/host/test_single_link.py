"""Releases linked for slot A only: made from .bin and .hex files, staged, copied, repaired."""

import re
import shutil

from host_bench import Bench, Run

RELEASE = "slot A 1.2.0"  # nearly fills its slots
CONFIRMED = " (confirmed by the device)"


def update_json(bench, name, **keywords):
    run = bench.ctl("update", bench.tools.release(name), "--json", **keywords).expect(0)
    lines = run.json_lines()
    notices = [line["notice"] for line in lines if line["type"] == "notice"]
    activities = [line["activity"] for line in lines if line["type"] == "progress"]
    assert lines[-1]["confirmed"] is True, run.told
    return lines[-1], notices, activities


def running(bench):
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["mode"] == "application" and info["state"] == "confirmed", info
    return info["version"], info["slot"]


def is_backed_up(bench):
    return all(bench.slot(core, "a") == bench.slot(core, "b") for core in ("m7", "m4"))


def case_single_link_notice():
    """inspect and verify say of a release for slot A only that it cannot go back by itself"""
    bench = Bench()
    for tool, command in ((bench.tools.ctl, "verify"), (bench.tools.bundle, "verify"),
                          (bench.tools.bundle, "inspect")):
        told = Run([tool, command, bench.tools.release(RELEASE)]).expect(0).out
        assert "linked for slot A only: cannot go back by itself" in told, told
        told = Run([tool, command, bench.tools.release("1.1.0")]).expect(0).out
        assert "cannot go back" not in told, told


def case_single_link_empty_device():
    """a release made from .bin files goes straight to slot A of an empty device"""
    bench = Bench()
    result, notices, activities = update_json(bench, RELEASE)
    assert (result["outcome"], result["to"]) == ("installed", "1.2.0"), result
    assert notices == [] and "copying" not in activities, activities
    assert running(bench) == ("1.2.0", "A")


def case_single_link_slot_a_active():
    """while slot A runs, it is staged in B, copied to A, confirmed there, and B is its backup"""
    bench = Bench()
    bench.install("1.0.0")
    result, notices, activities = update_json(bench, RELEASE)
    assert (result["from"], result["to"]) == ("1.0.0", "1.2.0"), result
    assert notices == ["cannot-go-back"], notices
    assert "copying" in activities and "waiting-for-device" not in activities, activities
    assert running(bench) == ("1.2.0", "A")
    assert is_backed_up(bench)
    told = bench.script('"$CTL" reboot --update-mode && "$CTL" info').expect(0).out
    assert re.search("^slot B: backup copy, release 1.2.0, ", told, re.MULTILINE), told
    assert "cannot go back by itself" in told, told
    bench.update("slot A 1.3.0").expect(0, last_line="updated: 1.2.0 -> 1.3.0" + CONFIRMED)
    assert running(bench) == ("1.3.0", "A")


def case_single_link_slot_b_active():
    """while slot B runs, a release from .hex files is written to A and B stays to go back to"""
    bench = Bench()
    bench.install("1.0.0")
    bench.install("1.1.0")
    _, notices, activities = update_json(bench, "slot A 1.3.0")
    assert notices == [] and "copying" not in activities, activities
    assert running(bench) == ("1.3.0", "A")
    result, _, _ = update_json(bench, "1.1.0")
    assert result["blocksSent"] == 0, result
    assert running(bench) == ("1.1.0", "B")


def case_single_link_trial_fails():
    """a one-way release that crashes in its trial is reported, and another one can be installed"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.script('"$VIRTUAL" control "$CONTROL" application crash:50@1.2.0 >/dev/null;'
                       f'"$CTL" update "{bench.tools.release(RELEASE)}" --timeout 20')
    run.expect(9, error="HX-0903")
    assert "100 %" not in run.err, run.told
    bench.update("1.1.0").expect(0, last_line="updated: 1.2.0 -> 1.1.0" + CONFIRMED)


def case_single_link_text():
    """without --json the notice and the copy are sentences on stderr"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.update(RELEASE).expect(0, last_line="updated: 1.0.0 -> 1.2.0" + CONFIRMED)
    notice = run.err.index("the device cannot go back by itself.")
    assert notice < run.err.index("sending") < run.err.index("The device copies"), run.told


def case_single_link_datasheet_speed():
    """a copy as slow as the datasheet says is waited for, even by somebody in a hurry"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.ctl("update", bench.tools.release(RELEASE), "--timeout", 5, speed=1)
    run.expect(0, last_line="updated: 1.0.0 -> 1.2.0" + CONFIRMED)
    assert "Plug it in again" not in run.err, run.told
    assert run.err.count("copying it into place") > 2, run.told  # the bar moves meanwhile



def update_counting(bench, **keywords):
    """An update, and how many flash operations it took."""
    run = bench.script(f'"$CTL" update "{bench.tools.release(RELEASE)}" --json && '
                       '"$VIRTUAL" control "$CONTROL" status >&2', **keywords).expect(0)
    return run, int(re.search(r"flash-operations=(\d+)", run.err).group(1))


def case_single_link_power_cut():
    """a power cut in the middle of the copy: with power again it is done anew and completes"""
    bench = Bench()
    bench.install("1.0.0")
    uncut = Bench()
    shutil.copy(bench.state, uncut.state)
    _, whole = update_counting(uncut)
    for before_end in (25_000, 10_000, 100):
        victim = Bench()
        shutil.copy(bench.state, victim.state)
        run, total = update_counting(victim, options=[
            "--cut-at-operation", whole - before_end, "--replug-after-ms", 1500])
        # The second copy starts at its beginning, and nothing was sent twice.
        copied = 26_000 - before_end
        assert total > whole + copied - 2_000, (total, whole, run.told)
        result = run.json_lines()[-1]
        assert result["outcome"] == "updated" and result["confirmed"], run.told
        assert running(victim) == ("1.2.0", "A")
        assert is_backed_up(victim)


def case_single_link_power_cut_alone():
    """a copy that is cut while no updater is there completes at the next power-on"""
    bench = Bench()
    bench.install("1.0.0")
    uncut = Bench()
    shutil.copy(bench.state, uncut.state)
    _, whole = update_counting(uncut)
    script = ('"$CTL" update "%s" & updater=$!; for _ in {1..300}; do sleep 0.1;'
              ' "$VIRTUAL" control "$CONTROL" status | grep -q mode=off && break; done;'
              ' kill -INT $updater; wait $updater')
    run = bench.script(script % bench.tools.release(RELEASE),
                       options=["--cut-at-operation", whole - 15_000])
    run.expect(11, error="HX-1101")
    assert not is_backed_up(bench)
    bench.ctl("info").expect(0)
    assert is_backed_up(bench)
    result, _, _ = update_json(bench, RELEASE)
    assert result["blocksSent"] == 0, result


def case_single_link_repair():
    """a slot A with a damaged sector is repaired from its backup copy at the next start"""
    bench = Bench()
    bench.install("1.0.0")
    bench.install(RELEASE)
    before = bench.slot("m4", "a")
    for address in (0x08020000, 0x08145660):
        bench.rot(address)
        bench.ctl("info").expect(0)
        result, _, _ = update_json(bench, RELEASE)
        assert result["blocksSent"] == 0, result
        assert running(bench) == ("1.2.0", "A")
    assert bench.slot("m4", "a") == before
    assert is_backed_up(bench)
