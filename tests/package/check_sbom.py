#!/usr/bin/env python3
"""check_sbom.py FOLDER: the bill of materials of a release, against the release itself and against
what SPDX 2.3 (clauses 6, 7 and 11) demands. Shares nothing with installer/sbom.py."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile

# Clause 11.1: what may stand between two elements; those that a release has.
KINDS = {"DESCRIBES", "DEPENDS_ON", "CONTAINS", "STATIC_LINK", "BUILD_DEPENDENCY_OF",
         "BUILD_TOOL_OF"}
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"  # clause 6.9
IDENTITY = r"SPDXRef-[A-Za-z0-9.-]+"       # clauses 6.3 and 7.2


def require(condition, text):
    if not condition:
        sys.exit(f"check_sbom.py: {text}")


def check_form(document):
    fixed = {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT"}
    for member, value in fixed.items():
        require(document[member] == value, f"{member}: {document[member]}")
    require(re.fullmatch(r"https?://[^#\s]+", document["documentNamespace"]), "documentNamespace")
    creation = document["creationInfo"]
    require(re.fullmatch(TIME, creation["created"]), f"created: {creation['created']}")
    for creator in creation["creators"]:
        require(re.match(r"(Person|Organization|Tool): .", creator), creator)
    identities = [package["SPDXID"] for package in document["packages"]]
    require(len(set(identities)) == len(identities), "an SPDXID twice")
    for package in document["packages"]:
        require(re.fullmatch(IDENTITY, package["SPDXID"]), package["SPDXID"])
        require(package["name"] and package["versionInfo"], f"without version: {package}")
        require(re.match(r"(Person|Organization): .", package["supplier"]), f"{package}")
        require(package["downloadLocation"] == "NOASSERTION"
                or "://" in package["downloadLocation"], f"{package}")
    known = {"SPDXRef-DOCUMENT", *identities}
    for relation in document["relationships"]:
        require(relation["relationshipType"] in KINDS, f"{relation}")
        require({relation["spdxElementId"], relation["relatedSpdxElement"]} <= known,
                f"{relation}")


def check_files(document, folder):
    """Every file of the release is described, with its digest."""
    described = {relation["relatedSpdxElement"] for relation in document["relationships"]
                 if relation["relationshipType"] == "DESCRIBES"}
    found = {package["packageFileName"]: package for package in document["packages"]
             if package["SPDXID"] in described}
    files = {path.name for path in (*folder.glob("*.deb"), *folder.glob("*.tar.xz"))}
    require(set(found) == files, f"described: {sorted(found)}, there are {sorted(files)}")
    for name, package in found.items():
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        require({"algorithm": "SHA256", "checksumValue": digest} in package["checksums"], name)
    return found


def related(document, element, kind):
    names = {package["SPDXID"]: package["name"] for package in document["packages"]}
    return {names[relation["relatedSpdxElement"]] for relation in document["relationships"]
            if relation["spdxElementId"] == element and relation["relationshipType"] == kind}


def check_contents(document, folder, found):
    """Each program's libraries, read from the programs themselves, are in the bill."""
    for name, package in found.items():
        if name.endswith(".deb"):
            listed = related(document, package["SPDXID"], "DEPENDS_ON")
            depends = subprocess.run(["dpkg-deb", "--field", folder / name, "Depends"], check=True,
                                     stdout=subprocess.PIPE, text=True).stdout
            require(len(listed) == depends.count(",") + 1, f"{name}: {sorted(listed)}: {depends}")
            continue
        contained = related(document, package["SPDXID"], "CONTAINS")
        with tarfile.open(folder / name) as archive:
            libraries = {pathlib.Path(member.name).name for member in archive
                         if re.search(r"/lib/lib[^/]+\.so", member.name)}
        for library, owner in (("libQt6Core.so.6", "libqt6core6"), ("libcrypto.so.3", "libssl3"),
                               ("libusb-1.0.so.0", "libusb-1.0-0")):
            require(library in libraries and owner in contained, f"{library}: {sorted(contained)}")
        require(len(contained) > len(libraries) / 2, f"{len(libraries)} libraries: {contained}")
    tools = next(package for name, package in found.items() if "-tools_" in name)
    require(related(document, tools["SPDXID"], "STATIC_LINK") == {"BearSSL"}, "BearSSL is missing")


def main(folder):
    [file] = folder.glob("*.spdx.json")
    document = json.loads(file.read_text())
    check_form(document)
    check_contents(document, folder, check_files(document, folder))
    print(f"{file.name}: {len(document['packages'])} packages")


main(pathlib.Path(sys.argv[1]))
