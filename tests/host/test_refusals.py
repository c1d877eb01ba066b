from host_bench import Bench, Run, flip_bit
from test_dfu_util import IDS, exported_elsewhere


def refused_by_host(bundle, code, label, *, installed="1.0.0"):
    """h755ctl refuses, and the device's flash and release are as before."""
    bench = Bench()
    bench.install(installed)
    before = bench.flash()
    bench.ctl("update", bundle(bench)).expect(code, error=label)
    assert bench.flash() == before, "a refused update changed the flash"
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["mode"] == "application" and info["state"] == "confirmed", info
    assert bench.flash() == before


def refused_by_device(stream, *, installed="1.0.0"):
    """dfu-util sends it past our checks; the device refuses before its first erase."""
    bench = Bench()
    bench.install(installed)
    before = bench.flash()
    file = bench.file("past our checks.dfu", stream(bench))
    run = bench.session("dfu-util", "-E", "1", "-d", IDS, "-D", file)
    assert run.code == 74, run.told
    assert bench.flash() == before, "a refused download changed the flash"
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["mode"] == "application" and info["state"] == "confirmed", info
    return run


def release(name):
    return lambda bench: bench.tools.release(name)


def stream(name):
    return lambda bench: bench.tools.stream(name)


def changed(name, change):
    return lambda bench: bench.file("changed.h755", change(bench.tools.release(name).read_bytes()))


def case_host_other_product():
    """a release for another product is refused by the host"""
    refused_by_host(release("other product"), 6, "HX-0601")


def case_host_other_hardware():
    """a release for another hardware revision is refused by the host"""
    refused_by_host(release("other hardware"), 6, "HX-0602")


def case_host_lower_counter():
    """a release with a lower security counter is refused by the host"""
    refused_by_host(release("1.1.0"), 6, "HX-0603", installed="1.0.2 counter 2")


def case_host_newer_bootloader():
    """a release that needs a newer bootloader is refused by the host"""
    refused_by_host(release("newer bootloader"), 6, "HX-0605")


def case_host_requires_from():
    """a release that needs a newer release to start from is refused by the host"""
    refused_by_host(release("requires 1.0.1"), 6, "HX-0607")


def case_host_unknown_key():
    """a release signed by an unknown key is refused by the host"""
    refused_by_host(release("unknown key"), 5, "HX-0508")


def case_host_truncated():
    """a truncated release is refused by the host"""
    refused_by_host(changed("1.1.0", lambda data: data[:-1000]), 5, "HX-0503")


def case_host_elf():
    """a file that is no release is refused by the host"""
    refused_by_host(lambda bench: bench.tools.examples / "example-1.0.0-m7_a.elf", 5, "HX-0502")


def case_host_flipped_bits():
    """one flipped bit anywhere in a release is refused by verify with exit code 5"""
    bench = Bench()
    data = bench.tools.release("1.0.0").read_bytes()
    Run([bench.tools.ctl, "verify", bench.tools.release("1.0.0")]).expect(0)
    for offset in range(0, len(data), len(data) // 120):
        file = bench.file("flipped.h755", flip_bit(data, offset, offset % 8))
        Run([bench.tools.ctl, "verify", file]).expect(5)


def case_device_other_product():
    """a stream for another product is refused by the device before the first erase"""
    refused_by_device(stream("other product"))


def case_device_other_product_exported():
    """an exported file for another product is refused by the device before the first erase"""
    run = refused_by_device(
        lambda bench: exported_elsewhere(bench, "other product").read_bytes())
    assert "DFU suffix" not in run.err, run.told
    assert "not targeted for use by this device" in run.out, run.told


def case_device_other_hardware():
    """a stream for another hardware revision is refused by the device before the first erase"""
    refused_by_device(stream("other hardware"))


def case_device_lower_counter():
    """a stream with a lower counter is refused by the device before the first erase"""
    refused_by_device(stream("1.1.0"), installed="1.0.2 counter 2")


def case_device_unknown_key():
    """a stream signed by an unknown key is refused by the device before the first erase"""
    refused_by_device(stream("unknown key"))


def case_device_flipped_header():
    """a stream with a flipped bit in its header is refused by the device before the first erase"""
    refused_by_device(lambda bench: flip_bit(bench.tools.stream("1.1.0"), 33))


def case_device_flipped_slot_data():
    """a stream with a flipped bit in its slot data is refused before the first erase"""
    refused_by_device(lambda bench: flip_bit(bench.tools.stream("1.1.0"), 4096 + 100))
