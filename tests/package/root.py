"""A Debian 12 computer in a folder: unpacked afresh, entered with chroot. The caller is in a mount
and a process namespace of its own, so that nothing mounted or started here outlives it."""

import hashlib
import os
import pathlib
import shutil
import subprocess

# What dpkg, apt and caches write for themselves; everything else must be as before.
OWN_BOOKS = ("var/lib/dpkg", "var/lib/apt", "var/log", "var/cache", "tmp", "run", "proc", "sys",
             "dev", "home", "etc/resolv.conf")
TIMEOUT_S = 600
USER = "customer"


class Failure(Exception):
    """What a case found to be wrong."""


def require(condition, text):
    if not condition:
        raise Failure(text)


class Root:
    def __init__(self, folder, archive, archives):
        """Unpacks the prepared `archive`; what apt loads is kept in `archives`."""
        self.folder = pathlib.Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        subprocess.run(["tar", "-xf", archive, "-C", self.folder, "--exclude=./dev/*"], check=True)
        for source, target in (("proc", "proc"), ("sysfs", "sys")):
            self._mount("-t", source, source, self.folder / target)
        for name in ("null", "zero", "random", "urandom", "tty"):
            (self.folder / "dev" / name).touch()
            self._mount("--bind", f"/dev/{name}", self.folder / "dev" / name)
        (self.folder / "dev/shm").mkdir(mode=0o1777)
        self._mount("-t", "tmpfs", "tmpfs", self.folder / "dev/shm")
        self._mount("--bind", archives, self.folder / "var/cache/apt/archives")
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")

    def _mount(self, *arguments):
        subprocess.run(["mount", *map(str, arguments)], check=True)

    def put(self, source, target, executable=False):
        """Copies a file to a place in the root."""
        place = self.folder / target.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o755 if executable else 0o644)

    def run(self, *command, user=None, expect=0, environment=None):
        """Runs a command and returns what it said; fails if its exit code is not `expect`."""
        names = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8",
                 "DEBIAN_FRONTEND": "noninteractive", "HOME": f"/home/{user}" if user else "/root",
                 "USER": user or "root", **(environment or {})}
        as_user = [f"--userspec={user}:{user}"] if user else []
        done = subprocess.run(["chroot", *as_user, self.folder, *map(str, command)], env=names,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT_S)
        require(done.returncode == expect,
                f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}")
        return done.stdout

    def apt(self, *arguments):
        return self.run("apt-get", "-qq", "-o", "Acquire::Retries=3", "--yes",
                        "--no-install-recommends", *arguments)

    def files(self):
        """{path: what it is} of the whole computer but for OWN_BOOKS."""
        found = {}
        for folder, folders, names in os.walk(self.folder):
            inside = os.path.relpath(folder, self.folder)
            folders[:] = [name for name in folders
                          if os.path.normpath(f"{inside}/{name}") not in OWN_BOOKS]
            for name in folders + names:
                path = os.path.normpath(f"{inside}/{name}")
                if path not in OWN_BOOKS:
                    found[path] = self._what(self.folder / path)
        return found

    @staticmethod
    def _what(path):
        if path.is_symlink():
            return "-> " + os.readlink(path)
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
        return "folder"


def differences(before, after):
    return sorted(path for path in before.keys() | after.keys()
                  if before.get(path) != after.get(path))
