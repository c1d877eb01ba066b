"""fake_swd_flash.py write|verify FLASH IMAGE ADDRESS: 2 MB of flash in a file."""

import pathlib
import sys

BASE, SECTOR = 0x08000000, 0x20000


def main():
    verb, flash_name, image_name, address = sys.argv[1:]
    flash_file = pathlib.Path(flash_name)
    flash = bytearray(flash_file.read_bytes())
    image = pathlib.Path(image_name).read_bytes()
    at = int(address, 0) - BASE
    if verb == "verify":
        sys.exit(0 if flash[at:at + len(image)] == image else 1)
    first, end = at // SECTOR * SECTOR, -(-(at + len(image)) // SECTOR) * SECTOR
    flash[first:end] = b"\xff" * (end - first)
    flash[at:at + len(image)] = image
    flash_file.write_bytes(flash)


main()
