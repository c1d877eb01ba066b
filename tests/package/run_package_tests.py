#!/usr/bin/env python3
"""run_package_tests.py CACHE OUTPUT OLDER: installs the packages in OUTPUT on a fresh Debian 12,
uses them as customers do, upgrades from those in OLDER, and removes them. As root, in namespaces of
its own (test.sh starts it so). Prints "passed: ..." or "FAILED: ..." for each case."""

import json
import pathlib
import subprocess
import sys
import time
import traceback

import checks
from root import USER, Failure, Root, differences, require

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
BRAND = json.loads((ROOT / "resources/branding.json").read_text())
NAME = BRAND["packageName"]
EXAMPLES = ROOT / "build/device/device-firmware/example"
HOME = f"/home/{USER}"
UNIT = f"{HOME}/unit.state"
WORK = ROOT / "build/package-test"


class Computer:
    """The computer that the packages are tried on, and what is known of it."""

    def __init__(self, cache, output, older):
        self.debs = {path.name.split("_")[0]: path for path in output.glob("*.deb")}
        self.older = {path.name.split("_")[0]: path for path in older.glob("*.deb")}
        [self.portable] = output.glob("*.tar.xz")
        require(set(self.debs) == {NAME, f"{NAME}-tools"}, f"packages: {sorted(self.debs)}")
        require(set(self.older) == set(self.debs), "the older packages are others")
        (cache / "archives/partial").mkdir(parents=True, exist_ok=True)
        self.root = Root(WORK / "root", cache / "root.tar", (cache / "archives").resolve())
        self.ctl = "h755ctl"  # which of them is used
        self.before = {}
        self.installed = {}

    def install(self, debs):
        for path in debs.values():
            self.root.put(path, f"/tmp/{path.name}")
        return self.root.apt("--allow-downgrades", "install",
                             *[f"/tmp/{path.name}" for path in debs.values()])

    def version(self):
        return self.root.run("dpkg-query", "--show", "--showformat=${Version}", NAME)

    def on_device(self, *command):
        """As an ordinary user, with a virtual unit whose flash lasts from run to run."""
        return self.root.run("virtual-h755", "--speed", "0", "--state", UNIT, "--",
                             *command, user=USER)


    def updates_in_the_window(self, opener, picture):
        """A unit with 1.0.0; `opener` gets the file of 1.1.0, and the window's button is pressed.
        """
        root = self.root
        self.on_device(self.ctl, "update", "/tmp/release-1.0.0.h755")
        root.put(HERE / "open_release.py", "/tmp/open_release.py", executable=True)
        shot = f"/tmp/{picture}"
        seen = root.run("dbus-run-session", "--", "xvfb-run", "--auto-servernum",
                        "--server-args=-screen 0 1000x700x24", "virtual-h755", "--speed", "0.2",
                        "--state", UNIT, "--", "/tmp/open_release.py", opener,
                        "/tmp/release-1.1.0.h755", "1.1.0", shot, user=USER,
                        environment={"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
        print("".join(line for line in seen.splitlines(True) if line.startswith("seen: ")), end="")
        (WORK / picture).write_bytes((root.folder / shot.lstrip("/")).read_bytes())
        info = json.loads(self.on_device(self.ctl, "--json", "info"))
        require(info["version"] == "1.1.0" and info["state"] == "confirmed", f"{info}")


def the_portable_archive_runs_from_any_folder(computer):
    """Where there is no Qt and none of our packages but the virtual device's."""
    root = computer.root
    root.apt("update")
    name = f"{NAME}-tools"
    computer.install({name: computer.debs[name]})
    require(not list(root.folder.glob("usr/lib/*/libQt*")), "the root has Qt already")
    place = f"{HOME}/My Programs"
    root.run("mkdir", place, user=USER)
    root.put(computer.portable, "/tmp/portable.tar.xz")
    root.run("tar", "-xf", "/tmp/portable.tar.xz", "-C", place, "--strip-components=1", user=USER)
    computer.ctl = f"{place}/bin/h755ctl"
    makes_releases(computer)
    computer.updates_in_the_window(f"{place}/bin/h755-updater", "portable.png")
    root.apt("autoremove", "--purge", name)
    root.run("rm", UNIT)
    computer.ctl = "h755ctl"


def says_what_it_depends_on(computer):
    """apt brings everything that the packages need, and nothing but Debian's own."""
    root = computer.root
    root.apt("update")
    computer.install(computer.debs)
    listed = root.run("dpkg-query", "--show", "--showformat=${Status} ${Package}\\n")
    require(f"install ok installed {NAME}\n" in listed, listed)
    root.run("ldd", "/usr/bin/h755-updater")
    # From here on only our own packages come and go.
    root.apt("purge", *computer.debs)
    computer.before = root.files()


def the_older_version_installs(computer):
    computer.install(computer.older)
    require(computer.version() == "0.0.9", computer.version())


def upgrades(computer):
    computer.install(computer.debs)
    require(computer.version() != "0.0.9", computer.version())
    computer.root.run("dpkg", "--verify", *computer.debs)
    computer.installed = computer.root.files()


def makes_releases(computer):
    """The installed h755-bundle packs two releases of the example firmware, h755ctl
    verifies them."""
    root = computer.root
    root.put(ROOT / "resources/keys/development-current.pem", "/tmp/key.pem")
    for version in ("1.0.0", "1.1.0"):
        links = {}
        for core in ("m7", "m4"):
            names = [f"example-{version}-{core}_{slot}.elf" for slot in "ab"]
            for name in names:
                root.put(EXAMPLES / name, f"/tmp/{name}")
            links[core] = ",".join(f"/tmp/{name}" for name in names)
        file = f"/tmp/release-{version}.h755"
        root.run("h755-bundle", "create", "--m7", links["m7"], "--m4", links["m4"], "--version",
                 version, "--counter", 1, "--key", "/tmp/key.pem", "-o", file, user=USER)
        root.run(computer.ctl, "verify", file, user=USER)


def updates_a_device(computer):
    first = computer.on_device("h755ctl", "update", "/tmp/release-1.0.0.h755")
    require("installed: 1.0.0 (confirmed by the device)" in first, first)
    again = computer.on_device("h755ctl", "info")
    require("1.0.0" in again, again)


def a_release_file_has_its_type(computer):
    kind = computer.root.run("xdg-mime", "query", "filetype", "/tmp/release-1.1.0.h755", user=USER)
    require(kind.strip() == "application/x-h755-release", kind)
    program = computer.root.run("xdg-mime", "query", "default", kind.strip(), user=USER)
    require(program.strip() == f"{BRAND['applicationId']}.desktop", program)


def a_double_click_opens_and_updates(computer):
    """xdg-open shows the window with the release in it; its button brings the unit to it."""
    computer.updates_in_the_window("xdg-open", "double-click.png")


def shows_its_manuals(computer):
    for program in ("h755-updater", "h755ctl", "h755-bundle", "virtual-h755"):
        require(program in computer.root.run("whatis", program), program)


def its_rule_is_in_force_at_once(computer):
    """A udev that runs already reads the rule when the package is configured: nobody logs out."""
    root = computer.root
    log = WORK / "udev.log"
    log.write_text("")
    with log.open("a") as stream, subprocess.Popen(
            ["chroot", root.folder, "/lib/systemd/systemd-udevd", "--debug"], stdout=stream,
            stderr=subprocess.STDOUT) as udevd:
        try:
            as_if_booted = {"SYSTEMD_IGNORE_CHROOT": "1"}
            wait_until((root.folder / "run/udev/control").exists)
            root.run("udevadm", "control", "--timeout=20", "--ping", environment=as_if_booted)
            log.write_text("")
            said = root.run("dpkg", "--install", f"/tmp/{computer.debs[NAME].name}",
                            environment=as_if_booted)
            require("udev" not in said, said)
            # Any event makes udevd read again what it was told to.
            root.run("udevadm", "trigger", "--settle", "--subsystem-match=mem",
                     environment=as_if_booted)
        finally:
            udevd.terminate()
    text = log.read_text(errors="replace")
    require("(RELOAD)" in text and f"70-{BRAND['applicationId']}.rules" in text, text)


def wait_until(is_so):
    end = time.monotonic() + 20
    while not is_so():
        require(time.monotonic() < end, "not in 20 s")
        time.sleep(0.05)


def removes(computer):
    computer.root.apt("remove", *computer.debs)
    left = [path for path in computer.root.files() if path not in computer.before]
    require(not left, f"left behind: {left}")


def purges(computer):
    """Nothing is left, not even the rule that the window's button may have written."""
    rule = f"/etc/udev/rules.d/70-{BRAND['applicationId']}.rules"
    computer.install(computer.debs)
    computer.root.put(WORK / "root/usr/lib/udev/rules.d" / pathlib.Path(rule).name, rule)
    computer.root.apt("purge", *computer.debs)
    changed = differences(computer.before, computer.root.files())
    require(not changed, f"not as before: {changed}")


def main(cache, output, older):
    computer = Computer(pathlib.Path(cache), pathlib.Path(output), pathlib.Path(older))
    failed = False
    for case in (*checks.CASES, the_portable_archive_runs_from_any_folder,
                 says_what_it_depends_on, the_older_version_installs, upgrades, shows_its_manuals,
                 makes_releases, updates_a_device, a_release_file_has_its_type,
                 a_double_click_opens_and_updates, its_rule_is_in_force_at_once, removes, purges):
        name = case.__name__.replace("_", " ")
        try:
            case(computer)
            print(f"passed: {name}", flush=True)
        except (Failure, subprocess.SubprocessError, OSError):
            failed = True
            print(f"FAILED: {name}\n{traceback.format_exc()}", flush=True)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
