"""The host is suspended in the middle of an update. A boot of its own: afterwards 9p is dead."""

import json
import pathlib
import shlex

from cases import bootloader, update, wait_for
from device import Board

SCRIPT = pathlib.Path(__file__).with_name("suspend_in_guest.sh")
MEMORY = "/run/memory"  # a tmpfs with all that is needed while and after the disk is gone
UDEVD = "/usr/lib/systemd/systemd-udevd"
RULES = "/lib/udev/rules.d/50-udev-default.rules"


def move_into_memory(guest, tools, release):
    programs = [tools.ctl, UDEVD, "/bin/bash", "/bin/busybox"]
    files = [*programs, str(SCRIPT), RULES, "/etc/passwd", "/etc/group", str(release)]
    quoted = " ".join(map(shlex.quote, files))
    guest.run("set -e; pkill -x systemd-udevd || true; "
              f"mkdir {MEMORY}; mount -t tmpfs tmpfs {MEMORY}; cd {MEMORY}; "
              "mkdir sys proc dev run tmp; "
              f"libraries=$(ldd {' '.join(programs)} 2>/dev/null | grep -o '/[^ ]*[.]so[^ ]*' | "
              "sort -u); "
              f"for file in {quoted}; do cp -L --parents \"$file\" .; done; "
              "for file in $libraries; do cp -L --parents $file .; done; "
              "for folder in sys proc dev; do mount --rbind /$folder $folder; done").expect()


def outcomes(answer):
    """Exit code and last object of h755ctl for each board."""
    found, code = [], None
    for line in answer.out.splitlines():
        if line.startswith("exit "):
            code = int(line.split()[2])
            found.append((code, None))
        elif line.startswith("{") and found:
            found[-1] = (code, json.loads(line))
    return found


def case_suspend(guest, tools):
    """a host suspended in the middle of an update and of a first installation finishes both"""
    with Board(tools.virtual, guest, ports=(1, 2), devices=2) as board:
        wait_for(guest, f"test $({bootloader(tools)} | wc -l) = 2")
        listed = guest.run(f"{tools.ctl} list --json").expect()
        serials = [json.loads(line)["id"] for line in listed.out.splitlines()]
        guest.run(update(tools, "1.0.0", "--device", serials[1])).expect()
        release = tools.release("1.1.0")
        move_into_memory(guest, tools, release)
        words = ["exec", "/usr/sbin/chroot", MEMORY, "/bin/bash", SCRIPT, tools.ctl,
                 shlex.quote(str(release)), *serials]
        answer = guest.run(" ".join(map(str, words)), limit_s=120).expect()
        # It did happen, in the middle, and the kernel has reset both boards.
        assert answer.out.count("ended before: 0") == 2, str(answer)
        assert "Waiting for 5 second(s)" in answer.out, str(answer)
        assert answer.out.count("reset full-speed USB device") >= 2, str(answer)
        for (code, result), wanted in zip(outcomes(answer), ("installed", "updated"), strict=True):
            assert code == 0 and result["outcome"] == wanted and result["confirmed"], str(answer)
        assert board.status(1)["mode"] == board.status(2)["mode"] == "application"
