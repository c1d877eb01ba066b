"""fwupd's own tool, unmodified: it finds the device by DS20 descriptor or interface class."""

from host_bench import Bench, flip_bit

FIND = ("id=$(fwupdtool get-devices --plugins dfu --json 2>/dev/null | "
        "grep -o '\"DeviceId\" : \"[0-9a-f]*\"' | head -n 1 | cut -d '\"' -f 4); ")
INSTALL = 'fwupdtool install-blob "{}" "$id" --plugins dfu --allow-reinstall >&2; code=$?; '


def export(bench, release):
    file = bench.folder / "release.dfu"
    bench.run_bundle("export-dfu", bench.tools.release(release), "-o", file).expect(0)
    return file


def install(bench, file):
    """fwupdtool's exit code is the session's; what runs afterwards is on stdout."""
    return bench.script(FIND + INSTALL.format(file) + 'sleep 1; "$CTL" info --json; exit $code')


def case_fwupd_installs():
    """fwupdtool finds an empty device and installs a release that then runs"""
    bench = Bench()
    run = install(bench, export(bench, "1.0.0")).expect(0)
    (info,) = run.json_lines()
    assert info["mode"] == "application" and info["version"] == "1.0.0", run.told
    assert info["state"] == "confirmed", run.told


def case_fwupd_updates():
    """fwupdtool detaches a running device and updates it"""
    bench = Bench()
    bench.install("1.0.0")
    run = install(bench, export(bench, "1.1.0")).expect(0)
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == "1.1.0" and info["state"] == "confirmed", run.told


def case_fwupd_damaged_file():
    """fwupdtool says that a damaged release has failed, and the one before it runs on"""
    bench = Bench()
    bench.install("1.0.0")
    data = export(bench, "1.1.0").read_bytes()[:-16]
    damaged = bench.file("damaged.bin", flip_bit(data, len(data) // 2))
    run = install(bench, damaged)
    assert run.code != 0, run.told
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["mode"] == "application" and info["version"] == "1.0.0", run.told
