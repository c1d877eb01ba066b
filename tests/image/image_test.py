"""The linked bootloader: vectors, sections, files. And size_table.py, fed with faults."""
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

IMAGE = pathlib.Path(os.environ["H755_IMAGE"])
PORT = pathlib.Path(os.environ["H755_SOURCE"]) / "device-firmware/stm32h755"
ELF = IMAGE / "bootloader.elf"
CHECK = PORT / "size_table.py"
sys.path.insert(0, str(PORT))
import size_table  # noqa: E402

FLASH = range(0x0800_0000, 0x0800_C000)
ITCM = range(0x0000_0080, 0x0001_0000)
STUB = 0x0801_0000


def tool(name, *arguments):
    command = [f"arm-none-eabi-{name}", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def symbols():
    words = [line.split() for line in tool("nm", "-C", ELF).splitlines()]
    return {word[2]: int(word[0], 16) for word in words if len(word) == 3}


def check(elf, *libraries):
    command = [sys.executable, "-B", str(CHECK), "--size", "arm-none-eabi-size",
               "--nm", "arm-none-eabi-nm", str(elf), *map(str, libraries)]
    return subprocess.run(command, capture_output=True, text=True)


class Image(unittest.TestCase):
    def setUp(self):
        self.bytes = (IMAGE / "bootloader.bin").read_bytes()

    def vectors(self, offset):
        return struct.unpack_from("<16I", self.bytes, offset)

    def test_starts_with_stack_and_reset_vector(self):
        stack, reset, *others = self.vectors(0)
        self.assertEqual(stack, symbols()["stackTop"])
        self.assertEqual(reset, symbols()["resetHandler"] | 1)
        self.assertEqual(set(others), {symbols()["earlyFaultHandler"] | 1})

    def test_runs_with_vectors_and_handlers_in_ram(self):
        load = symbols()["ramImageLoad"] - FLASH.start
        stack, _, *others = self.vectors(load)
        self.assertEqual(stack, symbols()["stackTop"])
        for handler in others:
            self.assertIn(handler, ITCM)
        self.assertEqual(others[-1], symbols()["systemTickHandler"] | 1)

    def test_has_the_m4_stub_at_its_address(self):
        _, reset, *others = self.vectors(STUB - FLASH.start)
        for handler in (reset, *others):
            self.assertIn(handler, range(STUB, STUB + 1024))

    def test_guarded_read_is_in_ram_in_its_own_section(self):
        header = re.search(r"\.guarded_read\s+(\w+)\s+(\w+)", tool("objdump", "-h", ELF))
        self.assertIn(int(header[2], 16), ITCM)

    def test_hex_is_the_same_image(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "hex.bin"
            tool("objcopy", "-I", "ihex", "-O", "binary", "--gap-fill=0xFF",
                 IMAGE / "bootloader.hex", out)
            self.assertEqual(out.read_bytes(), self.bytes)

    def test_knows_no_register_that_programs_option_bytes(self):
        for header in (PORT / "registers").glob("*.h"):
            self.assertNotRegex(header.read_text(), r"FLASH_(OPTKEYR|OPTCR|OPTCCR|\w+_PRG)")


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def planted(self, *options):
        out = self.folder / "planted.elf"
        tool("objcopy", *options, ELF, out)
        return out

    def assert_notices(self, result, text):
        self.assertEqual(result.returncode, 1)
        self.assertIn(text, result.stderr)

    def test_passes_the_image(self):
        result = check(ELF)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("Flash before the M4 stub", result.stdout)

    def test_notices_code_that_stays_in_flash(self):
        elf = self.planted("--add-symbol", "lost=.reset_path:0x10,global,function")
        self.assert_notices(check(elf), "lost is in flash")

    def test_notices_a_section_that_the_linker_script_does_not_place(self):
        data = self.folder / "data"
        data.write_bytes(bytes(8))
        elf = self.planted("--add-section", f".lost={data}",
                           "--set-section-flags", ".lost=alloc,load,data")
        self.assert_notices(check(elf), "unexpected section .lost")

    def test_notices_variables_of_a_library(self):
        source, library = self.folder / "x.c", self.folder / "x.a"
        source.write_text("int counter = 3;\n")
        tool("gcc", "-c", source, "-o", self.folder / "x.o")
        tool("ar", "rc", library, self.folder / "x.o")
        self.assert_notices(check(ELF, library), "data 4, bss 0")

    def test_counts_ram_code_as_flash(self):
        found = [(".flash_vectors", 64, FLASH.start), (".text", 49_088, 0x80),
                 (".m4_stub", 100, STUB)]
        table = {name: (used, limit) for name, used, limit in size_table.rows(found)}
        self.assertEqual(table["Flash before the M4 stub"], (49_152, 48 * 1024))
        self.assertEqual(table["ITCM (code, constants)"], (49_088 + 0x80, 64 * 1024))


unittest.main()
