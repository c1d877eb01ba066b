"""What can be said of the packages without installing them."""

import pathlib
import re
import subprocess
import tempfile

from root import require

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/package"


def say(*command):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen",
                               "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"})
    require(done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}")
    return done.stdout


def lintian_finds_nothing(computer):
    found = say("lintian", "--allow-root", "--fail-on", "error,warning", *computer.debs.values())
    require(not found, found)


def desktop_files_are_valid(computer):
    with tempfile.TemporaryDirectory() as folder:
        for deb in computer.debs.values():
            say("dpkg-deb", "--extract", deb, folder)
        share = pathlib.Path(folder) / "usr/share"
        for file in share.glob("applications/*.desktop"):
            say("desktop-file-validate", file)
        metadata = list(share.glob("metainfo/*.xml"))
        require(len(metadata) == 1, f"{metadata}")
        say("appstreamcli", "validate-tree", "--no-net", folder)
        say("update-mime-database", share / "mime")
        require((share / "mime/application/x-h755-release.xml").exists(), "no MIME type")


def nothing_is_privileged(computer):
    """No setuid file, no service, no polkit action, nothing in /etc (checklist S14, S15)."""
    for deb in computer.debs.values():
        for line in say("dpkg-deb", "--contents", deb).splitlines():
            mode, owner, path = line.split()[0], line.split()[1], line.split()[5]
            require(owner == "root/root" and "s" not in mode and "t" not in mode, line)
            require(not re.search(r"systemd|/etc/|polkit|dbus-1|certificates|cron", path), line)


def customers_have_no_bus_but_usb(computer):
    """Test builds reach virtual devices over TCP; what is shipped has nothing of it."""
    del computer
    for program in ("app/gui/h755-updater", "app/cli/h755ctl"):
        found = re.search(rb"usbredir|tcp:127\.0\.0\.1", (BUILD / program).read_bytes())
        require(found is None, f"{program}: {found}")


def another_brand_has_other_names(computer):
    """The vendor's names are in every file name and nowhere is ours."""
    del computer
    with tempfile.TemporaryDirectory() as folder:
        say("cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", "-DBUILD_TESTING=OFF",
            f"-DH755_BRANDING={ROOT}/tests/gui/second-brand/branding.json")
        made = pathlib.Path(folder) / "installer/linux"
        identity = "de.moewe-messtechnik.Updates"
        for name in (f"{identity}.desktop", f"{identity}.xml", "postinst", "postrm", "copyright"):
            text = (made / name).read_text()
            require("H755 Updater" not in text and "h755updater" not in text, text)
        packages = (pathlib.Path(folder) / "CPackConfig.cmake").read_text()
        for name in ("moewe-updates", "moewe-updates-tools"):
            require(f'PACKAGE_NAME "{name}"' in packages, packages)


CASES = (lintian_finds_nothing, desktop_files_are_valid, nothing_is_privileged,
         customers_have_no_bus_but_usb, another_brand_has_other_names)
