#!/usr/bin/env python3
"""run_windows_checks.py INSTALLER TEST_INSTALLER VIRTUAL_H755 RELEASES PICTURES: both installers
what they install, under Wine. RELEASES has what pack_releases.py makes; PICTURES gets pictures."""

import pathlib
import re
import shutil
import subprocess
import sys

from wine import Wine, require

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = (ROOT / "build/windows/CPackConfig.cmake").read_text()
TITLE = re.search(r'CPACK_WINDOWS_TITLE "(.*)"', PACKAGE)[1]
ID = re.search(r'CPACK_WINDOWS_ID "(.*)"', PACKAGE)[1]
# Names that programs load at run time, and that malware is found under beside downloads.
PLANTED = ("libusbK", "winusb", "version", "uxtheme", "dwmapi", "propsys", "cryptbase", "profapi",
           "secur32", "winmm", "userenv", "dbghelp", "mswsock", "wintab32", "Qt6Core", "libusb-1.0")


class Check:
    def __init__(self, installer, test_installer, virtual, releases, pictures):
        self.installer, self.test_installer = installer, test_installer
        self.virtual, self.releases, self.pictures = virtual, releases, pictures
        self.wine = Wine(ROOT / "build/windows-check")
        (self.home,) = (self.wine.drive / "users").glob("[!P]*")
        self.place = self.home / f"AppData/Local/Programs/{TITLE}"
        self.ctl = self.place / "bin/h755ctl.exe"
        self.gui = self.place / "bin/h755-updater.exe"
        self.before = self.wine.files()
        self.machine = self.wine.registry("system.reg")


def new_files(check):
    return check.wine.files() - check.before


def installs_silently_and_for_one_user(check):
    """Without a question, and outside of the user's own folder and registry nothing has changed."""
    check.wine.run(check.installer, "/S")
    require(check.gui.exists() and check.ctl.exists(), f"nothing in {check.place}")
    link = check.home / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{TITLE}.lnk"
    ours = {file for file in new_files(check) if check.place in file.parents}
    others = {str(file) for file in new_files(check) - ours - {link}
              if "/Temp/" not in str(file) and "/Microsoft/" not in str(file)}
    require(link.exists(), "nothing in the start menu")
    require(not others, f"elsewhere: {others}")
    user = check.wine.registry("user.reg")
    require(f'"DisplayName"="{TITLE}"' in user and "Classes\\\\.h755" in user, "not registered")
    # Wine itself notes things of the machine's there; nothing of them is ours.
    ids = (TITLE, "h755", ID)
    added = set(check.wine.registry("system.reg").splitlines()) - set(check.machine.splitlines())
    require(not [line for line in added if any(word in line for word in ids)], f"{added}")
    certificates = [line for line in added if "SystemCertificates" in line]
    require(not certificates, f"{certificates}")


def brings_every_library(check):
    print("   ", subprocess.run([ROOT / "installer/windows/check_libraries.py", check.place],
                                check=True, capture_output=True, text=True).stdout.strip())


def customers_have_no_bus_but_usb(check):
    for program in (check.gui, check.ctl):
        found = re.search(rb"usbredir|tcp:127\.0\.0\.1", program.read_bytes())
        require(found is None, f"{program}: {found}")
    said = check.wine.run(check.ctl, "--device", "tcp:127.0.0.1:9", "info", code=2)
    require("HX-0201" in said, said)


def the_console_program_works(check):
    """Also with letters that no code page has all of, and for units that are not there."""
    folder = check.wine.folder / "Gerät Ünïcode 測試 Ж"
    folder.mkdir()
    release = shutil.copy(check.releases / "1.1.0.h755", folder / "Ausgabe é 版.h755")
    said = check.wine.run(check.ctl, "verify", pathlib.Path(release).name, cwd=folder)
    require("1.1.0" in said, said)
    said = check.wine.run(check.ctl, "info", "--timeout", 1, code=3)
    require("HX-0301" in said, said)
    report = folder / "Bericht ü.zip"
    check.wine.run(check.ctl, "report", "--output", report.name, cwd=folder, code=3)
    told = subprocess.run(["unzip", "-p", report, "versions.json"], check=True,
                          capture_output=True, text=True).stdout
    require('Windows' in told, told)
    print("   ", told.strip())


def nothing_is_loaded_from_the_current_folder(check):
    """Libraries that lie beside a downloaded release stay where they are (checklist S13)."""
    folder = check.wine.folder / "Downloads"
    folder.mkdir()
    for name in PLANTED:
        subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-o", folder / f"{name}.dll",
                        HERE / "planted.c"], check=True)
    check.wine.run(check.ctl, "list", cwd=folder)
    window = check.wine.start(check.gui, cwd=folder)
    check.wine.screenshot(check.wine.folder / "planted.png", TITLE)
    window.terminate()
    check.wine.kill()
    require(not list(folder.glob("*.loaded")), f"{list(folder.glob('*.loaded'))}")


def the_command_for_releases_opens_the_window(check):
    """What Explorer does for a double click, step by step: Wine 8 does not look up types of one
    user when a file is opened."""
    classes = r"HKCU\Software\Classes"
    said = check.wine.run("reg", "query", rf"{classes}\.h755", "/ve")
    kind = said.split("REG_SZ")[1].strip()
    said = check.wine.run("reg", "query", rf"{classes}\{kind}\shell\open\command", "/ve")
    program, argument = re.fullmatch(r'"(.*)" "(%1)"', said.split("REG_SZ")[1].strip()).groups()
    release = shutil.copy(check.releases / "1.1.0.h755", check.wine.folder / "release.h755")
    child = check.wine.start(program, argument.replace("%1", f"Z:{release}"))
    check.wine.screenshot(check.pictures / "windows-window.png", TITLE)
    check.wine.kill()
    child.communicate(timeout=60)


def the_installer_has_a_window(check):
    """What a double click on it shows."""
    check.wine.start(check.installer)
    check.wine.screenshot(check.pictures / "windows-installer.png", f"{TITLE} Setup")
    check.wine.kill()


def installs_over_itself(check):
    """What was broken meanwhile is as it was."""
    whole = check.ctl.read_bytes()
    check.ctl.write_bytes(b"broken")
    check.wine.run(check.installer, "/S")
    require(check.ctl.read_bytes() == whole, "not installed again")


def leaves_nothing_when_uninstalled(check):
    mine = check.place / "my notes.txt"
    mine.write_text("not the installer's")
    check.wine.run(check.place / "Uninstall.exe", "/S")
    check.wine.wait_for_windows_to_close()
    left = {file for file in new_files(check) if check.place in file.parents}
    require(left == {mine}, f"{left}")
    user = check.wine.registry("user.reg")
    require(ID not in user and ".h755" not in user, "still registered")
    require(not list(check.home.rglob(f"{TITLE}.lnk")), "still in the start menu")


def on_the_board(check, program, *words, options=()):
    """A program of the test build, started beside the virtual H755 that all of them share. Its
    address is in a variable of virtual-h755's child."""
    (place,) = check.home.glob(f"AppData/Local/Programs/*/bin/{program}")
    command = f'exec wine "{place}" --device "tcp:127.0.0.1:$H755_VIRTUAL_TCP" "$@"'
    return subprocess.Popen([check.virtual, "--state", check.wine.folder / "board.state", "--tcp",
                             "0", *options, "--", "bash", "-c", command, "-", *map(str, words)],
                            env=check.wine.environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


def ctl_on_the_board(check, *words, options=()):
    child = on_the_board(check, "h755ctl.exe", *words, options=options)
    said, _ = child.communicate(timeout=600)
    require(child.returncode == 0, said)
    return said


def the_test_build_updates_a_device(check):
    """Its own installer; a virtual H755 is listed, updated and, half way, unplugged."""
    check.wine.run(check.test_installer, "/S")
    said = ctl_on_the_board(check, "update", check.releases / "1.0.0.h755")
    require("installed: 1.0.0 (confirmed" in said, said)
    said = ctl_on_the_board(check, "update", check.releases / "1.1.0.h755",
                            options=["--unplug-at-block", "70", "--replug-after-ms", "1500"])
    require("updated: 1.0.0 -> 1.1.0 (confirmed by the device)" in said, said)


def the_window_updates_a_device(check):
    """With a key, as people without a mouse do it."""
    window = on_the_board(check, "h755-updater.exe", f"Z:{check.releases}/1.1.2 counter 2.h755")
    check.wine.screenshot(check.pictures / "windows-update.png", TITLE)
    check.wine.press(TITLE, "Return")
    check.wine.screenshot(check.pictures / "windows-done.png", TITLE)
    check.wine.kill()
    window.communicate(timeout=60)
    said = ctl_on_the_board(check, "info", "--json")
    require('"version":"1.1.2"' in said and '"confirmed"' in said, said)


CASES = (installs_silently_and_for_one_user, brings_every_library, customers_have_no_bus_but_usb,
         the_console_program_works, nothing_is_loaded_from_the_current_folder,
         the_command_for_releases_opens_the_window, the_installer_has_a_window,
         installs_over_itself, leaves_nothing_when_uninstalled, the_test_build_updates_a_device,
         the_window_updates_a_device)


def main():
    check = Check(*(pathlib.Path(argument).resolve() for argument in sys.argv[1:6]))
    try:
        for case in CASES:
            print(f"windows: {case.__name__}", flush=True)
            case(check)
    finally:
        check.wine.close()


main()
