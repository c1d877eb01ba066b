#!/usr/bin/env python3
"""release_notes.py --debian PACKAGE MAINTAINER METAINFO | --markdown METAINFO

What the releases in AppStream metadata say, as a Debian changelog (all of them) or as the notes of
the newest one."""
import datetime
import sys
import textwrap
import xml.etree.ElementTree as ElementTree


def words(element):
    return " ".join("".join(element.itertext()).split())


def paragraphs(release):
    """(is it a point of a list, text) of each."""
    description = release.find("description")
    for child in description if description is not None else ():
        if child.tag == "p":
            yield False, words(child)
        else:
            yield from ((True, words(item)) for item in child.findall("li"))


def debian_date(release):
    day = datetime.datetime.fromisoformat(release.get("date"))
    return f"{day:%a, %d %b %Y} 00:00:00 +0000"


def debian(releases, package, maintainer):
    for release in releases:
        print(f"{package} ({release.get('version')}) stable; urgency=medium\n")
        for is_point, text in paragraphs(release):
            print(textwrap.fill(text, 78, initial_indent="    - " if is_point else "  * ",
                                subsequent_indent="      " if is_point else "    "))
        print(f"\n -- {maintainer}  {debian_date(release)}\n")


def markdown(component, release):
    print(f"# {component.findtext('name')} {release.get('version')}\n")
    print(f"Released on {release.get('date')}.\n")
    was_point = False
    for is_point, text in paragraphs(release):
        if was_point and not is_point:
            print()
        print(f"* {text}" if is_point else f"{text}\n")
        was_point = is_point


def main(arguments):
    component = ElementTree.parse(arguments[-1]).getroot()
    releases = component.findall("releases/release")
    if arguments[0] == "--debian" and len(arguments) == 4:
        debian(releases, arguments[1], arguments[2])
    elif arguments[0] == "--markdown" and len(arguments) == 2:
        markdown(component, releases[0])
    else:
        sys.exit(__doc__)


main(sys.argv[1:] or [""])
