import zlib

from host_bench import (SETTLE_SECONDS, UNTIL_CONFIRMED, Bench, Run, first_body_offset,
                        flip_bit)

IDS = "1209:0001,1209:0002"


def exported(bench, name):
    file = bench.folder / f"{name}.dfu"
    Run([bench.tools.bundle, "export-dfu", bench.tools.release(name), "-o", file]).expect(0)
    return file


def exported_elsewhere(bench, name):
    """The same for a release of another product, which our h755-bundle does not export: the stream
    and a suffix with our USB ids, such as products of one vendor may share."""
    data = bench.tools.stream(name) + exported(bench, "1.0.0").read_bytes()[-16:-4]
    crc = zlib.crc32(data) ^ 0xFFFFFFFF
    return bench.file(f"{name}.dfu", data + crc.to_bytes(4, "little"))


def download(bench, file, *options, before="true", session=()):
    """What anybody with dfu-util does; the device restarts by itself 2 s later.

    dfu-util does not look for the restarted device, it waits: 5 s if nothing else is said.
    `before` is what happens in the same session, `session` are the board's options.
    """
    words = " ".join(options)
    return bench.script(f'{before}; '
                        f'dfu-util -E {SETTLE_SECONDS // 2} -d {IDS} {words} -D "{file}"; '
                        f'code=$?; [ $code = 0 ] && {UNTIL_CONFIRMED};'
                        '"$CTL" info --json; exit $code', options=session)


def expect_running(run, version):
    info = run.expect(0).out.splitlines()[-1]
    assert f'"version":"{version}"' in info and '"state":"confirmed"' in info, run.told


def case_first_install():
    """dfu-util installs an exported release on an empty device"""
    bench = Bench()
    expect_running(download(bench, exported(bench, "1.0.0")), "1.0.0")


def case_either_slot():
    """one exported file is right whichever slot is due"""
    bench = Bench()
    expect_running(download(bench, exported(bench, "1.0.0")), "1.0.0")
    expect_running(download(bench, exported(bench, "1.1.0")), "1.1.0")
    expect_running(download(bench, exported(bench, "1.0.0")), "1.0.0")


def case_slot_a_only():
    """dfu-util installs an exported release for slot A only while slot A runs"""
    bench = Bench()
    expect_running(download(bench, exported(bench, "1.0.0")), "1.0.0")
    expect_running(download(bench, exported(bench, "slot A 1.3.0")), "1.3.0")


def case_short_transfers():
    """dfu-util with 1024 bytes a transfer installs the same release"""
    bench = Bench()
    bench.install("1.0.0")
    expect_running(download(bench, exported(bench, "1.1.0"), "-t", "1024"), "1.1.0")


def case_body_flipped():
    """a bit flipped in a body is an error on a data block, and the active release stays"""
    bench = Bench()
    bench.install("1.0.0")
    data = bench.tools.stream("1.1.0")
    file = bench.file("flipped.dfu", flip_bit(data, first_body_offset(data) + 300_000))
    run = download(bench, file)
    run.expect(74)
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == "1.0.0" and info["state"] == "confirmed", info
    bench.update("1.1.0").expect(0, last_line="updated: 1.0.0 -> 1.1.0 (confirmed by the device)")


def case_truncated():
    """a stream that ends too early is an error, and the active release stays"""
    bench = Bench()
    bench.install("1.0.0")
    run = download(bench, bench.file("short.dfu", bench.tools.stream("1.1.0")[:400 * 1024]))
    run.expect(74)
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["version"] == "1.0.0" and info["state"] == "confirmed", info
