#!/usr/bin/env python3
"""portable.py BUILD STAGE: fills STAGE with the installed programs and the libraries that a desktop
does not have by itself, such that they run from any folder. The libraries are this computer's own
(Debian's); share/doc/libraries.txt names their packages, and their licences lie beside it."""

import pathlib
import re
import shutil
import subprocess
import sys

# What every desktop has, and what must be that system's own: the C and C++ libraries, graphics
# drivers' libraries, fonts, the connection to X, D-Bus and udev.
SYSTEM = re.compile(r"""(ld-linux.*|libc|libm|libdl|librt|libpthread|libresolv|libgcc_s|libstdc\+\+
    |libGL|libGLX|libEGL|libGLdispatch|libgbm|libdrm|libX11|libX11-xcb|libxcb|libXau
    |libXdmcp|libSM|libICE|libfontconfig|libfreetype|libexpat|libz|libudev|libdbus-1|libsystemd
    |libcom_err|libgcrypt|libgpg-error)\.so(\.\d+)*""", re.VERBOSE)
INPUT = "platforminputcontexts"
PLUGINS = ("platforms/libqxcb.so", "platforms/libqoffscreen.so", "iconengines/libqsvgicon.so",
           "imageformats/libqsvg.so", f"{INPUT}/libcomposeplatforminputcontextplugin.so",
           f"{INPUT}/libibusplatforminputcontextplugin.so")
QT_CONF = "[Paths]\nPrefix = ..\nPlugins = lib/plugins\n"
READ_ME = """Run bin/h755-updater, from whatever folder this is in; bin/h755ctl is for the command
line. Nothing needs to be installed. Where access to the device is denied, the window offers to
allow it.

Needs glibc 2.36 or newer (Debian 12, Ubuntu 23.04, Fedora 37) and X or XWayland.
Libraries in lib/ are not updated by your system: on Debian and Ubuntu prefer the packages.
"""


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def needed(file):
    """[(name, path)] of the libraries that `file` names itself."""
    places = dict(re.findall(r"^\s+(\S+) => (/\S+)", output_of("ldd", file), re.MULTILINE))
    names = re.findall(r"^\s+NEEDED\s+(\S+)", output_of("objdump", "-p", file), re.MULTILINE)
    return [(name, places[name]) for name in names if not SYSTEM.fullmatch(name)]


def copy_libraries(programs, folder):
    """Copies what `programs` need, and what that needs; returns where it all came from."""
    sources = {}
    pending = list(programs)
    while pending:
        for name, path in needed(pending.pop()):
            if name not in sources:
                sources[name] = pathlib.Path(path).resolve()
                shutil.copy(sources[name], folder / name)
                pending.append(path)
    return sources


def owner_of(path):
    """The package that has the file, and its version."""
    candidates = (path, pathlib.Path("/" + str(path).removeprefix("/usr/")))
    for candidate in candidates:
        found = subprocess.run(["dpkg-query", "--search", candidate], check=False, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if found.returncode == 0:
            package = found.stdout.split(": ")[0]
            return package.split(":")[0], output_of(
                "dpkg-query", "--show", "--showformat=${Version}", package)
    sys.exit(f"portable.py: {path} belongs to no package")


def tell_origins(sources, documents):
    documents.mkdir(parents=True)
    lines = []
    for name, path in sorted(sources.items()):
        package, version = owner_of(path)
        lines.append(f"{name} {package} {version}\n")
        shutil.copyfile(f"/usr/share/doc/{package}/copyright", documents / f"{package}.copyright")
    (documents / "libraries.txt").write_text("".join(lines))


def main(build, stage):
    subprocess.run(["cmake", "--install", build, "--component", "updater", "--strip", "--prefix",
                    stage], check=True, stdout=subprocess.DEVNULL)
    programs = [stage / "bin/h755-updater", stage / "bin/h755ctl"]
    qt = pathlib.Path(output_of("qmake6", "-query", "QT_INSTALL_PLUGINS").strip())
    sources = {}
    for plugin in PLUGINS:
        place = stage / "lib/plugins" / plugin
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(qt / plugin, place)
        sources[f"plugins/{plugin}"] = qt / plugin
    sources |= copy_libraries([*programs, *(qt / plugin for plugin in PLUGINS)], stage / "lib")
    for program in programs:
        # RPATH, not RUNPATH: it holds for what the libraries need, too.
        subprocess.run(["patchelf", "--force-rpath", "--set-rpath", "$ORIGIN/../lib", program],
                       check=True)
    (stage / "bin/qt.conf").write_text(QT_CONF)
    (stage / "README.txt").write_text(READ_ME)
    tell_origins(sources, stage / "share/doc/libraries")


main(sys.argv[1], pathlib.Path(sys.argv[2]))
