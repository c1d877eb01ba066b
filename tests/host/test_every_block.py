"""Cables and updaters at every block: each board starts as a copy of one that runs 1.0.0."""

from host_bench import BLOCK_BYTES, Bench
from test_unplug import STOP, stream_blocks

SMALL = "1.0.2 counter 2"
LARGE = "1.1.0"


class Boards:
    """As many boards with 1.0.0 as a case needs, without installing it each time."""

    def __init__(self):
        self.bench = Bench()
        self.bench.install("1.0.0")
        self.installed = self.bench.state.read_bytes()

    def next(self):
        self.bench.state.write_bytes(self.installed)
        return self.bench


def check_result(run, bench, name):
    total, prefix = stream_blocks(bench, name)
    result = run.expect(0).json_lines()[-1]
    assert result["outcome"] == "updated" and result["confirmed"], run.told
    assert total <= result["blocksSent"] <= total + prefix, run.told
    assert result["bytesSent"] == result["blocksSent"] * BLOCK_BYTES, run.told


def unplug_at(bench, name, block):
    run = bench.ctl("update", bench.tools.release(name), "--json",
                    options=["--unplug-at-block", block, "--replug-after-ms", 100])
    check_result(run, bench, name)
    confirmed = [line for line in run.json_lines() if line.get("activity") == "done"]
    assert len(confirmed) == 1, run.told


def case_every_block_of_a_small_release():
    """unplugged at every block of a small release, h755ctl goes on and sends no body block twice"""
    boards = Boards()
    total, _ = stream_blocks(boards.bench, SMALL)
    for block in range(1, total + 1):
        unplug_at(boards.next(), SMALL, block)


def case_blocks_of_a_large_release():
    """unplugged all over a large release, h755ctl goes on and sends no body block twice"""
    boards = Boards()
    total, _ = stream_blocks(boards.bench, LARGE)
    for block in [*range(3, total, 23), total - 1]:
        unplug_at(boards.next(), LARGE, block)


def case_another_port():
    """plugged into another port in the middle, the same process goes on with the same device"""
    bench = Bench()
    bench.install("1.0.0")
    move = ('"$CTL" update "$0" --json >"$FOLDER/said" & '
            'until grep -q waiting-for-device "$FOLDER/said"; do sleep 0.02; done; '
            '"$VIRTUAL" control "$CONTROL" plug 7 >/dev/null; wait $!; code=$?; '
            'cat "$FOLDER/said"; exit $code')
    script = move.replace("$0", str(bench.tools.release(LARGE)))
    run = bench.script(script, options=["--unplug-at-block", 100])
    check_result(run, bench, LARGE)


def case_killed_at_every_block():
    """an updater killed at any block of a small release is started again, and completes"""
    boards = Boards()
    total, prefix = stream_blocks(boards.bench, SMALL)
    for block in range(0, total):
        bench = boards.next()
        bundle = bench.tools.release(SMALL)
        run = bench.script(f'python3 "{STOP}" SIGKILL {block} "$CTL" update "{bundle}"; '
                           f'"$CTL" update "{bundle}" --json')
        result = run.expect(0).json_lines()[-1]
        # Killed at the last blocks it may have left a device that completes the update alone.
        assert result["outcome"] in ("updated", "up-to-date"), run.told
        assert result["confirmed"] and result["to"] == "1.0.2", run.told
        assert result["blocksSent"] <= total + prefix, run.told


def case_killed_while_restarting():
    """an updater killed after the last block has told no success, and the next one checks"""
    bench = Bench()
    bench.install("1.0.0")
    total, _ = stream_blocks(bench, SMALL)
    bundle = bench.tools.release(SMALL)
    run = bench.script(f'python3 "{STOP}" SIGKILL {total} "$CTL" update "{bundle}"; echo $? >&2;'
                       f'"$CTL" update "{bundle}" --json')
    run.expect(0)
    assert {"137", "0"} & set(run.err.splitlines()), run.told
    assert run.json_lines()[-1]["confirmed"], run.told
