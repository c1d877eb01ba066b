"""h755ctl rescue: the real OpenOCD without a probe, and the real OpenOCD with a fake chip."""

import os
import pathlib
import re
import time
import zipfile

from host_bench import Bench, Run
from openocd_with_fake_chip import SERIAL

HERE = pathlib.Path(__file__).resolve().parent
UNIT = "210034000D51333133373238"
BLANK = {0x1C: 0x17C6AAF0, 0x28: 0xFF, 0x30: 0xFF, 0x38: 0xFF, 0x40: 0x1FF00800,
         0x48: 0x10000810, 0x128: 0xFF, 0x130: 0xFF, 0x138: 0xFF}
DONE = {**BLANK, 0x1C: 0x1786AAFC, 0x38: 0xFE}
M7_SLOT, JOURNAL, M4_SLOT, SECTOR = 0x20000, 0xE0000, 0x100000, 0x20000


class Chip:
    """A fake chip in a folder, and h755ctl with a probe at it."""

    def __init__(self, options=None, words=None):
        self.bench = Bench()
        self.state = self.bench.folder / "chip"
        self.state.mkdir()
        self.write_registers("options", options or BLANK)
        self.write_registers("words", {
            0x5C001000: 0x20036450, 0x1FF1E800: 0x00340021, 0x1FF1E804: 0x3133510D,
            0x1FF1E808: 0x38323733, 0x1FF1E880: 0x0800, **(words or {})})
        (self.state / "flash.bin").write_bytes(b"\xff" * 0x200000)
        self.openocd = self.bench.file(
            "openocd", f'#!/bin/sh\nexec python3 -B "{HERE}/openocd_with_fake_chip.py" '
                       f'"{self.state}" "$@"\n'.encode())
        self.openocd.chmod(0o755)
        self.unit = self.bench.folder / "unit.h755factory"
        tools = self.bench.tools
        key = pathlib.Path(os.environ["H755_KEYS"]) / "development-current.pem"
        bootloader = tools.examples.parent / "stm32h755" / "bootloader.hex"
        self.bench.run_bundle("factory", tools.release("1.0.0"), "--bootloader", bootloader,
                              "--key", key, "-o", self.unit).expect(0)
        with zipfile.ZipFile(self.unit) as box:
            self.bootloader = box.read("bootloader.bin")

    def write_registers(self, name, values):
        lines = [f"set {name}({at}) {value:#010x}\n" for at, value in values.items()]
        if name == "words":
            lines = [line.replace(" 0x", " ") for line in lines]  # as mdw prints them
        (self.state / f"{name}.tcl").write_text("".join(lines))

    def options(self):
        text = (self.state / "options.tcl").read_text()
        return {int(at): int(value, 0) for at, value in re.findall(r"\((\d+)\) (\w+)", text)}

    def flash(self):
        return (self.state / "flash.bin").read_bytes()

    def calls(self):
        file = self.state / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def has(self, name, text=""):
        (self.state / name).write_text(text)
        return self

    def rescue(self, action, *options, confirm=UNIT):
        changes = [] if action == "identify" else [self.unit, "--confirm", confirm]
        return Run([self.bench.tools.ctl, "rescue", action, *changes, "--probe", SERIAL,
                    "--openocd", self.openocd, *options])

    def expect_provisioned(self):
        flash = self.flash()
        assert flash.startswith(self.bootloader)
        assert self.options() == DONE, self.options()
        assert flash[M7_SLOT:M7_SLOT + 4] != b"\xff" * 4 != flash[M4_SLOT:M4_SLOT + 4]
        assert flash[JOURNAL:JOURNAL + 64].count(0xFF) < 64
        assert flash[JOURNAL + 64:JOURNAL + SECTOR] == b"\xff" * (SECTOR - 64)


def case_rescue_without_probe():
    """rescue says so where the real OpenOCD finds no probe, and where there is no OpenOCD"""
    ctl = Bench().tools.ctl
    run = Run([ctl, "rescue", "identify", "--probe", SERIAL]).expect(3, error="HX-0305")
    assert "open failed" in run.err, run.told
    Run([ctl, "rescue", "identify", "--openocd", "/nowhere/openocd"]).expect(4, error="HX-0404")
    Run([ctl, "rescue", "identify", "--openocd", "openocd"]).expect(2, error="HX-0201")
    Run([ctl, "rescue", "identify", "--probe", "1; shutdown"]).expect(2, error="HX-0201")


def case_rescue_dummy_adapter():
    """rescue reports a chip that the real OpenOCD does not reach through its dummy adapter"""
    bench = Bench()
    openocd = bench.file("openocd", b"""#!/bin/sh
while [ "$2" != "set DUAL_BANK 1" ]; do shift; done
shift 2
exec /usr/bin/openocd -c "adapter driver dummy" -c "set DUAL_BANK 1" "$@"
""")
    openocd.chmod(0o755)
    run = Run([bench.tools.ctl, "rescue", "identify", "--openocd", openocd, "--verbose"])
    run.expect(7, error="HX-0706")
    assert "IR capture error" in run.err and "now under reset" in run.err, run.told


def case_rescue_identify():
    """rescue identify tells the unit and what its option bytes lack, and changes nothing"""
    chip = Chip()
    (line,) = chip.rescue("identify", "--json").expect(0).json_lines()
    assert line["type"] == "chip" and line["id"] == UNIT and line["flashKiB"] == 2048, line
    assert "0x5200201C=0x17C6AAF0" in line["options"], line
    assert line["differences"] == (
        "BCM4: found 0x00400000, wanted 0x00000000; BOR_LEV: found 0x00000000, wanted 0x0000000C; "
        "WRPSn1: found 0x00000001, wanted 0x00000000"), line
    assert chip.options() == BLANK and len(chip.calls()) == 1
    assert "reset" not in chip.calls()[0], chip.calls()


def case_rescue_provision():
    """rescue provision programs a blank unit, sets its option bytes, and does nothing again"""
    chip = Chip()
    run = chip.rescue("provision").expect(0)
    assert run.out.startswith(f"rescued: unit {UNIT}, "), run.told
    assert "0x5200201C=0x17C6AAF0" in run.err, run.told  # the record of what was found
    chip.expect_provisioned()
    writes = [call for call in chip.calls() if "write" in call]
    assert len(writes) == 2, writes  # flash, options
    run = chip.rescue("provision", "--json").expect(0)
    last = run.json_lines()[-1]
    assert last["bytesWritten"] == 0 and not last["optionsChanged"], run.told
    assert writes == [call for call in chip.calls() if "write" in call]


def case_rescue_replace_bootloader():
    """rescue replace-bootloader lifts the protection, and leaves firmware and journal alone"""
    chip = Chip(options=DONE)
    old = bytes(range(256)) * (0x200000 // 256)
    (chip.state / "flash.bin").write_bytes(old)
    chip.rescue("replace-bootloader").expect(0)
    assert chip.flash().startswith(chip.bootloader) and chip.options() == DONE
    assert chip.flash()[SECTOR:] == old[SECTOR:]
    options = [re.findall(r"option_write [^|]*\w", call) for call in chip.calls()]
    assert sum(options, []) == ["option_write 0 0x3c 0x1 0x1", "option_write 0 0x3c 0x0 0x1"]


def case_rescue_cut():
    """rescue that fails half way in any run of OpenOCD is simply begun again"""
    whole = Chip(options=DONE)
    whole.rescue("provision").expect(0)
    for call in range(1, len(whole.calls()) + 1):
        chip = Chip(options=DONE).has("fail-call", str(call))
        run = chip.rescue("provision")  # its second attempt, under reset, may have done it
        assert run.code != 0 or len(chip.calls()) > len(whole.calls()), (call, run.told)
        (chip.state / "fail-call").unlink()
        chip.rescue("provision").expect(0)
        chip.expect_provisioned()


def case_rescue_other_unit():
    """rescue changes nothing on a unit that nobody has typed, or on another chip"""
    chip = Chip()
    run = chip.rescue("provision", confirm=UNIT.replace("2100", "2200"))
    assert UNIT in run.expect(3, error="HX-0306").err, run.told
    chip.rescue("provision", confirm="2100").expect(2, error="HX-0201")
    for words in {0x5C001000: 0x10036483}, {0x1FF1E880: 0x0400}:
        other = Chip(words=words)
        other.rescue("provision").expect(6, error="HX-0617")
        assert other.options() == BLANK and len(other.calls()) == 1
    assert chip.options() == BLANK and len(chip.calls()) == 1


def case_rescue_foreign_options():
    """rescue refuses chips whose other option bytes were changed, and never sets those"""
    for options, code in (({0x1C: 0x17C655F0}, "HX-0618"), ({0x1C: 0x97C6AAF0}, "HX-0620"),
                          ({0x1C: 0x1746AAF0}, "HX-0620"), ({0x40: 0x1FF01FF0}, "HX-0620")):
        chip = Chip(options={**BLANK, **options})
        chip.rescue("provision").expect(6, error=code)
        assert chip.options() == {**BLANK, **options} and len(chip.calls()) == 1


def case_rescue_options_stay():
    """rescue believes no option byte that it has not read back"""
    chip = Chip(options=DONE).has("ignore-options")
    chip.rescue("provision").expect(6, error="HX-0619")
    assert chip.flash() == b"\xff" * 0x200000
    Chip().has("ignore-options").rescue("provision").expect(6, error="HX-0620")
    Chip().has("refuse-options").rescue("provision").expect(6, error="HX-0620")


def case_rescue_flash_stays():
    """rescue believes no flash that does not verify, and then leaves the option bytes alone"""
    chip = Chip().has("ignore-flash")
    chip.rescue("provision").expect(6, error="HX-0612")
    assert chip.options() == BLANK, chip.options()


def case_rescue_under_reset():
    """rescue reaches a chip under reset where it does not answer otherwise"""
    chip = Chip().has("only-under-reset")
    chip.rescue("provision").expect(0)
    chip.expect_provisioned()
    assert len([call for call in chip.calls() if "connect_assert_srst" not in call]) == 1


def case_rescue_signed_only():
    """rescue takes no bootloader but a signed one, and calls nothing before it knows"""
    chip = Chip()
    data = bytearray(chip.unit.read_bytes())
    data[data.index(chip.bootloader[:64])] ^= 1
    chip.unit.write_bytes(data)
    run = chip.rescue("replace-bootloader")
    assert run.code == 5 and not chip.calls(), run.told


def case_rescue_hangs():
    """an OpenOCD that hangs is ended, with everything that it has started"""
    chip = Chip().has("hang")
    began = time.monotonic()
    run = chip.rescue("identify", "--timeout", "1").expect(8, error="HX-0805")
    assert time.monotonic() - began < 10, run.told
    ours = [place for place in pathlib.Path("/proc").glob("[0-9]*/cmdline")
            if str(chip.state).encode() in read(place)]
    assert not ours, ours


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it has ended
