import pathlib
import time

from host_bench import BLOCK_BYTES, Bench, first_body_offset

STOP = pathlib.Path(__file__).with_name("stop_after_blocks.py")
PAUSE = STOP.with_name("pause_after_blocks.py")


def stream_blocks(bench, name):
    stream = bench.tools.stream(name)
    return len(stream) // BLOCK_BYTES, first_body_offset(stream) // BLOCK_BYTES


def case_unplug_half_way():
    """a cable pulled at 50 % and plugged in again: the same process goes on, no body block twice"""
    bench = Bench()
    bench.install("1.0.0")
    total, prefix = stream_blocks(bench, "1.1.0")
    run = bench.ctl("update", bench.tools.release("1.1.0"), "--json",
                    options=["--unplug-at-block", total // 2, "--replug-after-ms", 1500])
    result = run.expect(0).json_lines()[-1]
    activities = [line.get("activity") for line in run.json_lines()]
    assert "waiting-for-device" in activities, run.told
    assert result["outcome"] == "updated" and result["confirmed"], run.told
    # Header and slot data live in RAM and come again; one block's acknowledgement may be lost.
    assert total <= result["blocksSent"] <= total + prefix, run.told
    assert result["bytesSent"] == result["blocksSent"] * BLOCK_BYTES, run.told


def case_power_cut_half_way():
    """a power cut in the middle: finished sectors are not sent again"""
    bench = Bench()
    bench.install("1.0.0")
    total, prefix = stream_blocks(bench, "1.1.0")
    run = bench.ctl("update", bench.tools.release("1.1.0"), "--json", speed=20,
                    options=["--cut-at-operation", 20000, "--replug-after-ms", 1500])
    result = run.expect(0).json_lines()[-1]
    assert result["outcome"] == "updated" and result["confirmed"], run.told
    # Of some 140 blocks, again: at most the ring (64) and one unfinished sector of each bank (32).
    assert total < result["blocksSent"] <= total + prefix + 64 + 64, run.told


def case_device_gone():
    """a device that does not come back ends the wait when promised, with exit code 8"""
    bench = Bench()
    bench.install("1.0.0")
    start = time.monotonic()
    run = bench.ctl("update", bench.tools.release("1.1.0"), "--timeout", 4,
                    options=["--unplug-at-block", 50])
    run.expect(8, error="HX-0802")
    assert time.monotonic() - start < 25, run.told
    assert "Plug it in again" in run.err, run.told


def case_interrupted():
    """SIGINT cancels between two blocks, the old release runs on, and the next run continues"""
    bench = Bench()
    bench.install("1.0.0")
    bundle = bench.tools.release("1.1.0")
    run = bench.script(f'python3 "{STOP}" SIGINT 60 "$CTL" update "{bundle}"; code=$?; sleep 1;'
                       ' "$CTL" info --json; exit $code', speed=20)
    run.expect(11, error="HX-1101")
    (info,) = run.json_lines()
    assert info["mode"] == "application" and info["version"] == "1.0.0", run.told
    bench.update("1.1.0").expect(0, last_line="updated: 1.0.0 -> 1.1.0 (confirmed by the device)")


def case_killed():
    """an updater that is killed leaves nothing behind that stops the next one"""
    bench = Bench()
    bench.install("1.0.0")
    total, prefix = stream_blocks(bench, "1.1.0")
    bundle = bench.tools.release("1.1.0")
    run = bench.script(f'python3 "{STOP}" SIGKILL 60 "$CTL" update "{bundle}"; echo $? >&2;'
                       f'"$CTL" update "{bundle}" --json', speed=20)
    run.expect(0)
    # Not always the last line: umockdev may complain of the program that has vanished.
    assert "137" in run.err.splitlines(), run.told
    result = run.json_lines()[-1]
    assert result["outcome"] == "updated" and result["from"] == "1.0.0", run.told
    # 60 blocks had arrived and the power stayed: only header and slot data come again.
    assert result["blocksSent"] <= total - 60 + 2 * prefix, run.told


def case_paused_host():
    """a host that stands still for 6 s in the middle of an update goes on where it was"""
    bench = Bench()
    bench.install("1.0.0")
    total, _ = stream_blocks(bench, "1.1.0")
    bundle = bench.tools.release("1.1.0")
    start = time.monotonic()
    run = bench.script(f'python3 "{PAUSE}" 6 60 "$CTL" update "{bundle}" --json')
    assert time.monotonic() - start > 6, run.told
    # The device did not move: PAUSE checks that. So nothing had to be sent twice either.
    result = run.expect(0).json_lines()[-1]
    assert result["outcome"] == "updated" and result["confirmed"], run.told
    assert result["blocksSent"] == total, run.told
    assert "waiting-for-device" not in run.out, run.told


def case_unplugged_while_restarting():
    """a cable that is pulled at the last block does not turn into a false success"""
    bench = Bench()
    bench.install("1.0.0")
    total, _ = stream_blocks(bench, "1.1.0")
    run = bench.ctl("update", bench.tools.release("1.1.0"), "--json",
                    options=["--unplug-at-block", total, "--replug-after-ms", 3000])
    result = run.expect(0).json_lines()[-1]
    assert result["outcome"] == "updated" and result["confirmed"], run.told
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == "1.1.0" and info["state"] == "confirmed", info
