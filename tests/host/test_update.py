import concurrent.futures
import os
import pty

from host_bench import BLOCK_BYTES, SETTLE_SECONDS, Bench, Run


def case_update():
    """an empty device gets 1.0.0, then 1.1.0, then is up to date"""
    bench = Bench()
    bench.update("1.0.0").expect(0, last_line="installed: 1.0.0 (confirmed by the device)")
    bench.update("1.1.0").expect(0, last_line="updated: 1.0.0 -> 1.1.0 (confirmed by the device)")
    before = None
    for _ in range(2):
        run = bench.update("1.1.0")
        run.expect(0, last_line="up to date: 1.1.0 (confirmed by the device)")
        assert before in (None, bench.flash()), "an update to the same release wrote something"
        before = bench.flash()


def case_update_datasheet_speed():
    """an update on a device as slow as the datasheet says works"""
    bench = Bench()
    bench.install("1.0.0")
    bench.update("1.1.0", speed=1).expect(
        0, last_line="updated: 1.0.0 -> 1.1.0 (confirmed by the device)")


def case_go_back():
    """going back to the release in the other slot sends nothing"""
    bench = Bench()
    bench.install("1.0.0")
    bench.install("1.1.0")
    run = bench.ctl("update", bench.tools.release("1.0.0"), "--json").expect(0)
    result = run.json_lines()[-1]
    assert (result["from"], result["to"]) == ("1.1.0", "1.0.0"), run.told
    assert result["blocksSent"] == 0, run.told


def case_json():
    """with --json stdout has one object a line: progress that never goes back, then the result"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.ctl("update", bench.tools.release("1.1.0"), "--json").expect(0)
    *progress, result = run.json_lines()
    assert run.err == "", run.told
    assert all(line["type"] == "progress" for line in progress), run.told
    permille = [line["permille"] for line in progress]
    assert permille == sorted(permille) and permille[-1] == 1000, run.told
    assert len(progress) >= 8, run.told
    assert result["type"] == "result" and result["outcome"] == "updated", run.told
    assert result["confirmed"] is True, run.told
    assert result["blocksSent"] == progress[-1]["totalBlocks"], run.told
    assert result["bytesSent"] == result["blocksSent"] * BLOCK_BYTES, run.told


def case_plain_lines():
    """without a terminal progress is plain lines on stderr and stdout has the result only"""
    bench = Bench()
    run = bench.update("1.0.0").expect(0)
    assert run.out == "installed: 1.0.0 (confirmed by the device)\n", run.told
    assert "\r" not in run.err and "\x1b" not in run.err, run.told
    assert "100 %  done" in run.err, run.told


def read_until(descriptor, end):
    """A slow device draws more than a terminal buffers, so somebody has to read meanwhile."""
    data = b""
    while not data.endswith(end):
        data += os.read(descriptor, 65536)
    return data


def case_terminal():
    """on a terminal progress is one line that redraws itself"""
    bench = Bench()
    bench.install("1.0.0")
    screen, terminal = pty.openpty()
    try:
        script = f'"$CTL" update "{bench.tools.release("1.1.0")}" 2>{os.ttyname(terminal)}'
        with concurrent.futures.ThreadPoolExecutor() as pool:
            reading = pool.submit(read_until, screen, b"\n")
            bench.script(script).expect(0)
            shown = reading.result(timeout=10).decode()
    finally:
        os.close(terminal)
        os.close(screen)
    drawn = shown.split("\r")
    assert len(drawn) > 5, shown
    assert any("] 100 %  done" in line for line in drawn), shown
    assert all(len(line.rstrip("\n").splitlines()[0]) < 80 for line in drawn if line.strip()), shown


def case_first_trial_fails():
    """a release that crashes in its trial is reverted, reported, and not sent again"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.script('"$VIRTUAL" control "$CONTROL" application crash:50@1.1.0 >/dev/null;'
                       f'"$CTL" update "{bench.tools.release("1.1.0")}" '
                       f'--timeout {SETTLE_SECONDS * 5}')
    run.expect(9, error="HX-0901")
    assert "100 %" not in run.err, run.told
    again = bench.ctl("update", bench.tools.release("1.1.0"), "--json").expect(9)
    assert again.json_lines()[-1]["code"] == "HX-0901", again.told
    assert all(line.get("blocksSent", 0) == 0 for line in again.json_lines()), again.told
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == "1.0.0" and info["state"] == "confirmed", info


def case_usage():
    """a wrong call ends with exit code 2 and says why"""
    bench = Bench()
    ctl = bench.tools.ctl
    for arguments in ([], ["update"], ["fly"], ["list", "--timeout", "0"],
                      ["info", "--device", "x"]):
        Run([ctl, *arguments]).expect(2, error="HX-0201")
    Run([ctl, "verify", bench.folder / "not there.h755"]).expect(2, error="HX-0202")
    Run([ctl, "--help"]).expect(0)
