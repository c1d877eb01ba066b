#!/usr/bin/env python3
"""open_release.py OPENER FILE VERSION PICTURE: runs on the computer under test. Opens FILE with
OPENER (xdg-open is what a double click calls), reads the window as a screen reader does, presses
its button and waits until the device has confirmed VERSION."""

import os
import signal
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

WAIT_S = 60


def elements(element):
    yield element
    for index in range(element.get_child_count()):
        child = element.get_child_at_index(index)
        if child is not None:
            yield from elements(child)


def shown():
    """[(role, text, element)] of everything visible in all windows."""
    found = []
    try:
        for element in elements(Atspi.get_desktop(0)):
            if element.get_state_set().contains(Atspi.StateType.SHOWING):
                found.append((element.get_role_name(), element.get_name() or "", element))
    except GLib.Error:  # it changed while it was read
        return []
    return found


def wait_for(opened, what, accepts):
    """The first visible element that `accepts`, while the program `opened` runs."""
    end = time.monotonic() + WAIT_S
    seen = []
    while time.monotonic() < end and opened.poll() is None:
        seen = shown()
        for role, text, element in seen:
            if accepts(role, text):
                print(f"seen: {role} '{text}'")
                return element
        time.sleep(0.2)
    listing = "\n".join(f"  {role} '{text}'" for role, text, _ in seen)
    sys.exit(f"not seen: {what}; the opener ended: {opened.poll()}; the screen has\n{listing}")


def main(opener, file, version, picture):
    with subprocess.Popen([opener, file]) as opened:
        wait_for(opened, "the release's version",
                 lambda role, text: f"to version {version}" in text)
        button = wait_for(opened, "its button",
                          lambda role, text: role == "push button" and text == "Update")
        subprocess.run(["import", "-window", "root", picture], check=True, timeout=WAIT_S)
        button.do_action(0)
        wait_for(opened, "the device's confirmation",
                 lambda role, text: f"runs version {version} and has confirmed it" in text)
        os.kill(button.get_process_id(), signal.SIGTERM)
        opened.wait(timeout=WAIT_S)  # so it was this start's window


main(*sys.argv[1:])
