#!/usr/bin/env python3
"""check-layers.py [ROOT]: docs/architecture.md's layer rule, by includes.

Default deny: an include that no rule below allows is a violation. tests/ may include anything."""
import pathlib
import re
import sys

# Which of our layers ("layer/header.h") or single headers a folder may include. A header beside the
# file needs none.
LAYERS = {
    "device-firmware/contract": {"contract"},
    "device-firmware/bootloader": {"bootloader", "contract"},
    "device-firmware/identity": {"bootloader", "branding"},
    "device-firmware/boot-client": {"boot-client", "contract"},
    "device-firmware/example": {
        "example", "boot-client", "contract", "branding", "bootloader/control_request.h",
        "stm32h755/usb_device.h"},
    # The program puts a report, which the core reads, and a virtual board together.
    "device-firmware/virtual/virtual_h755.cpp": {"virtual", "core/report/report_reader.h"},
    "device-firmware/virtual": {
        "virtual", "bootloader", "identity", "boot-client", "example", "contract", "branding"},
    "device-firmware/stm32h755": {
        "stm32h755", "bootloader", "identity", "contract", "branding"},
    "app/core": {"core", "contract", "branding"},
    "app/plan": {"plan", "core", "contract", "branding"},
    "app/cli": {"cli", "plan", "core", "contract", "branding"},
    # `h755-updater --headless` is h755ctl, and both take the same bus; the window knows neither.
    "app/gui/main.cpp": {"gui", "core", "branding", "cli/entry.h", "cli/transport_choice.h"},
    "app/gui": {"gui", "core", "contract", "branding"},
    "app/bundler": {"bundler", "core", "contract", "branding"},
}

# Third-party and operating-system headers, and the folders whose sources may include them.
THIRD_PARTY = {
    r"tl/expected\.hpp": {"app"},
    r"libusb(-1\.0/libusb)?\.h": {"app/core/usb"},
    r"openssl/.*": {"app/core/signature"},
    r"nlohmann/.*": {"app/core/bundle", "app/plan"},
    r"spdlog/.*": {"app"},
    r"CLI/.*": {"app/cli", "app/bundler", "device-firmware/virtual"},
    r"Q[A-Za-z]+": {"app/gui"},
    r"(lib|g)elf\.h": {"app/bundler"},
    r"bearssl\.h": {"device-firmware/bootloader"},
    r"usbredirparser\.h": {"device-firmware/virtual"},
    r"umockdev(-1\.0/umockdev)?\.h|glib.*\.h": {"device-firmware/virtual"},
    r"std(int|bool|def)\.h": {"device-firmware/boot-client", "device-firmware/example"},
    r"(sys|linux|netinet|arpa)/.*|(unistd|fcntl|poll|signal|termios|dlfcn|spawn|time)\.h": {
        "app/core/factory", "app/core/report", "app/core/rescue", "app/core/usb", "app/plan",
        "app/cli", "app/bundler", "device-firmware/virtual"},
    r"(windows|winsock2|sddl|io|share|shobjidl)\.h": {
        "app/core/factory", "app/core/report", "app/core/rescue", "app/core/usb", "app/cli",
        "app/gui"},
    r"[a-z_]+": {"app", "device-firmware"},  # the C++ standard library
}
# These only in .cpp files: everyone else sees our own types.
HIDDEN = re.compile(r"libusb|openssl/|bearssl")
NO_VARIANTS = ("app/core", "device-firmware/bootloader")

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"(?P<ours>[^"]+)"|<(?P<theirs>[^>]+)>)')
CONDITIONAL = re.compile(r"\s*#\s*(if|ifdef|ifndef|elif)\b")


def is_within(path, folder):
    return path == folder or path.startswith(folder + "/")


def check_ours(layer, file, header):
    first = header.split("/")[0]
    if "/" not in header:
        return None if (file.parent / header).exists() else f'"{header}" is not beside it'
    if LAYERS[layer] & {first, header}:
        return None
    return f'"{header}": {layer} must not include {first}'


def check_theirs(path, header):
    folders = [folders for name, folders in THIRD_PARTY.items() if re.fullmatch(name, header)]
    if not any(is_within(path, folder) for folder in set().union(*folders)):
        return f"<{header}> does not belong here"
    if HIDDEN.match(header) and path.endswith(".h"):
        return f"<{header}> in a header"
    return None


def check_line(layer, file, path, line):
    if CONDITIONAL.match(line) and layer in NO_VARIANTS:
        return f"{line.strip()}: variants are files chosen by CMake"
    include = INCLUDE.match(line)
    if not include:
        return None
    if include["ours"]:
        return check_ours(layer, file, include["ours"])
    return check_theirs(path, include["theirs"])


def violations(root):
    for top in ("app", "device-firmware"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".c", ".h", ".cpp", ".ipp", ".hpp", ".cc"):
                continue
            path = file.relative_to(root).as_posix()
            layer = next((layer for layer in LAYERS if is_within(path, layer)), None)
            if layer is None:
                yield f"{path}: in no known layer"
                continue
            for number, line in enumerate(file.read_text().splitlines(), 1):
                if problem := check_line(layer, file, path, line):
                    yield f"{path}:{number}: {problem}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = list(violations(root))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


sys.exit(main())
