#!/usr/bin/env python3
"""check_libraries.py FOLDER: every library that a program or library below FOLDER names is in
FOLDER/bin or belongs to Windows, and nothing in FOLDER/bin itself is there in vain."""

import pathlib
import subprocess
import sys

# Of Windows 10: what programs may load without bringing it.
WINDOWS = {
    "advapi32", "authz", "bcrypt", "comctl32", "comdlg32", "crypt32", "d2d1", "d3d11", "d3d9",
    "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "imm32", "iphlpapi", "kernel32", "mpr", "msvcrt",
    "ncrypt", "netapi32", "ntdll", "ole32", "oleaut32", "rpcrt4", "secur32", "setupapi", "shcore",
    "shell32", "shlwapi", "user32", "userenv", "uxtheme", "version", "winhttp", "winmm",
    "winspool.drv", "ws2_32", "wtsapi32"}


def named_in(file):
    told = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", str(file)], capture_output=True,
                          text=True, check=True).stdout
    return {line.split(":", 1)[1].strip().lower() for line in told.splitlines()
            if line.strip().startswith("DLL Name:")}


def main():
    folder = pathlib.Path(sys.argv[1])
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in (".exe", ".dll"))
    shipped = {file.name.lower() for file in (folder / "bin").glob("*.dll")}
    if not shipped:
        sys.exit(f"{folder}/bin: no libraries")
    needed = set()
    problems = []
    for file in files:
        if file.name == "Uninstall.exe":
            continue
        for name in sorted(named_in(file)):
            needed.add(name)
            # The API sets are names of Windows's own libraries.
            is_windows = name.removesuffix(".dll") in WINDOWS or name.startswith("api-ms-win-core-")
            if name not in shipped and not is_windows:
                problems.append(f"{file.relative_to(folder)} needs {name}")
    problems += [f"nothing needs bin/{name}" for name in sorted(shipped - needed)]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(files)} programs and libraries need {len(needed)} libraries: "
          f"{len(needed & shipped)} shipped, the others are Windows's")


main()
