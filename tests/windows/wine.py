"""A Windows of its own: a fresh Wine prefix on a screen of its own."""

import os
import pathlib
import shutil
import subprocess
import time

LIMIT_SECONDS = 300  # for one program


def require(condition, reason):
    if not condition:
        raise AssertionError(reason)


class Wine:
    def __init__(self, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.prefix = folder / "prefix"
        self.drive = self.prefix / "drive_c"
        reading, writing = os.pipe()
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=[writing], stderr=(folder / "screen.log").open("w"))
        os.close(writing)
        display = os.read(reading, 16).decode().strip()
        os.close(reading)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "DISPLAY": f":{display}",
            "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8",
            "WINEDLLOVERRIDES": "mscoree,mshtml="}  # would offer to download Mono and Gecko
        self.run("wineboot", "--init")
        self.run("winecfg", "-v", "win10")

    def kill(self):
        """Every program of this Windows."""
        subprocess.run(["wineserver", "--kill"], env=self.environment, check=False)

    def close(self):
        self.kill()
        self.screen.terminate()
        self.screen.wait()

    def start(self, program, *arguments, cwd=None, through=()):
        return subprocess.Popen([*through, "wine", str(program), *map(str, arguments)],
                                env=self.environment, cwd=cwd or self.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)

    def run(self, program, *arguments, code=0, **options):
        """What the program says; it must end with that code."""
        child = self.start(program, *arguments, **options)
        try:
            said, _ = child.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
        require(child.returncode == code,
                f"{program} {arguments}: exit code {child.returncode}, not {code}:\n{said}")
        return said

    def wait_for_windows_to_close(self):
        """An uninstaller goes on in a copy of itself after it has ended."""
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=LIMIT_SECONDS,
                       check=True)

    def registry(self, name):
        """A hive as text. Wine writes it when its server ends."""
        self.wait_for_windows_to_close()
        return (self.prefix / name).read_text(encoding="utf-8", errors="replace")

    def files(self):
        return {file for file in self.drive.rglob("*") if not file.is_dir()}

    def press(self, window_name, key):
        """A key in that window; without a window manager nobody else gives it the keyboard."""
        find = ["search", "--onlyvisible", "--name", f"^{window_name}"]
        subprocess.run(["xdotool", *find, "windowfocus", "--sync", "key", key],
                       env=self.environment, check=True, timeout=60)

    def screenshot(self, file, window_name, seconds=60):
        """The window, once there is one with such a beginning of its name and it stays the same."""
        file = pathlib.Path(file)
        before = b""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(3)
            # Fails if a window goes while it looks.
            tree = subprocess.run(["xwininfo", "-root", "-tree"], env=self.environment,
                                  capture_output=True, text=True, check=False).stdout
            lines = [line.split()[0] for line in tree.splitlines() if f'"{window_name}' in line]
            if not lines:
                continue
            subprocess.run(["import", "-window", lines[0], "-colors", "256", f"PNG8:{file}"],
                           env=self.environment, check=True, timeout=60)
            subprocess.run(["convert", file, "-strip", file], check=True, timeout=60)
            now = file.read_bytes()
            if now == before:
                return
            before = now
        raise AssertionError(f"no still window {window_name}:\n{tree}")
