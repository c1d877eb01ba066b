#!/usr/bin/env python3
"""sbom.py SOURCE OUTPUT > FILE: what the release files in OUTPUT are made of and need, as SPDX 2.3.

SOURCE is the tree that they were built in. Nothing is listed by hand: packages' dependencies are
those in the packages, the archive's libraries those that were copied, and what a build used is
what ninja has noted as read, looked up in dpkg's data."""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

TOOLS = ("g++", "cmake", "ninja-build", "binutils", "patchelf", "python3", "gzip", "xz-utils",
         "qt6-base-dev-tools", "qt6-l10n-tools")


def output_of(*command):
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def identity(*words):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", "-".join(words))


def sha256(data):
    return {"algorithm": "SHA256", "checksumValue": hashlib.sha256(data).hexdigest()}


def providers():
    """{virtual package: the installed one that provides it}."""
    found = {}
    listed = output_of("dpkg-query", "--show", "--showformat=${Package}\t${Provides}\n")
    for package, provided in (line.split("\t") for line in listed.splitlines()):
        for word in filter(None, provided.split(", ")):
            found[word.split()[0]] = package
    return found


class Document:
    def __init__(self):
        self.packages = {}
        self.relationships = set()
        self.providers = providers()

    def relate(self, one, kind, other):
        self.relationships.add((one, kind, other))

    def add(self, spdx_id, **members):
        self.packages[spdx_id] = {"SPDXID": spdx_id, "downloadLocation": "NOASSERTION",
                                  "filesAnalyzed": False, **members}
        return spdx_id

    def add_debian(self, package):
        """A package of the distribution, as it is installed here."""
        name, version, architecture, homepage = output_of(
            "dpkg-query", "--show",
            "--showformat=${Package}\n${Version}\n${Architecture}\n${Homepage}\n",
            self.providers.get(package, package)).split("\n")[:4]
        quoted = urllib.parse.quote(version, safe=".:~-")
        return self.add(
            identity("debian", name), name=name, versionInfo=version,
            supplier="Organization: Debian", homepage=homepage or "NOASSERTION",
            licenseComments=f"/usr/share/doc/{name}/copyright",
            externalRefs=[{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                           "referenceLocator":
                               f"pkg:deb/debian/{name}@{quoted}?arch={architecture}"}])


def headers_of(build):
    """Every file outside the source tree that a compiler has read for the programs."""
    lines = output_of("ninja", "-C", build, "-t", "deps").splitlines()
    return sorted({os.path.realpath(line.strip()) for line in lines
                   if line.startswith("    /usr/")})


def owners_of(paths):
    """The packages that have the files. Some are known to dpkg without their /usr."""
    places = [*paths, *(path.removeprefix("/usr") for path in paths)]
    found = subprocess.run(["dpkg-query", "--search", *places], check=False, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return sorted({line.split(":")[0] for line in found.splitlines()})


def add_release_file(document, path, vendor):
    data = path.read_bytes()
    is_deb = path.suffix == ".deb"
    members = {"checksums": [sha256(data)], "packageFileName": path.name,
               "licenseDeclared": "Apache-2.0", "supplier": f"Organization: {vendor}",
               "primaryPackagePurpose": "INSTALL" if is_deb else "ARCHIVE"}
    if is_deb:
        name, version = (output_of("dpkg-deb", "--field", path, field).strip()
                         for field in ("Package", "Version"))
    else:
        name, version = re.match(r"(.+)-(\d[^-]*)-linux", path.name).groups()
    file = document.add(identity("file", path.name), name=name, versionInfo=version, **members)
    document.relate("SPDXRef-DOCUMENT", "DESCRIBES", file)
    if is_deb:
        for word in output_of("dpkg-deb", "--field", path, "Depends").strip().split(", "):
            document.relate(file, "DEPENDS_ON", document.add_debian(word.split()[0]))
    return file


def add_bundled(document, file, listing):
    """The libraries that lie in the archive."""
    for line in listing.read_text().splitlines():
        document.relate(file, "CONTAINS", document.add_debian(line.split()[1]))


def add_bearssl(document, source):
    digest = (source / ".cache/bearssl/.sha256").read_text().strip()
    version = re.search(r"bearssl_([\d.]+)", (source / "scripts/fetch-bearssl.sh").read_text())[1]
    return document.add(
        "SPDXRef-BearSSL", name="BearSSL", versionInfo=version, licenseDeclared="MIT",
        homepage="https://bearssl.org/", supplier="Person: Thomas Pornin",
        checksums=[{"algorithm": "SHA256", "checksumValue": digest}],
        comment="The digest is that of Debian's source archive, which scripts/fetch-bearssl.sh "
                "fetches.")


def relate_to_build(document, source, file):
    """What was read while building, and what did it."""
    for name in owners_of(headers_of(source / "build/package")):
        document.relate(document.add_debian(name), "BUILD_DEPENDENCY_OF", file)
    for name in TOOLS:
        document.relate(document.add_debian(name), "BUILD_TOOL_OF", file)


def document_of(source, output, brand):
    document = Document()
    bearssl = add_bearssl(document, source)
    for path in sorted([*output.glob("*.deb"), *output.glob("*.tar.xz")]):
        file = add_release_file(document, path, brand["vendorName"])
        relate_to_build(document, source, file)
        if path.suffix != ".deb":
            [listing] = source.glob("build/package/portable/*/share/doc/libraries/libraries.txt")
            add_bundled(document, file, listing)
        elif path.name.startswith(f"{brand['packageName']}-tools_"):  # virtual-h755
            document.relate(file, "STATIC_LINK", bearssl)
    return document


def main(source, output):
    cache = (source / "build/package/CMakeCache.txt").read_text()
    branding = re.search(r"^H755_BRANDING:\w+=(.*)$", cache, re.MULTILINE)[1]
    brand = json.loads(pathlib.Path(branding).read_text())
    document = document_of(source, output, brand)
    packages = [document.packages[key] for key in sorted(document.packages)]
    version = next(package["versionInfo"] for package in packages if "packageFileName" in package)
    name = f"{brand['packageName']}-{version}"
    digest = hashlib.sha256(json.dumps(packages).encode()).hexdigest()
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]),
                                           datetime.timezone.utc)
    json.dump({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": name, "documentNamespace": f"{brand['homepage']}sbom/{name}-{digest}",
        "creationInfo": {"created": f"{time:%Y-%m-%dT%H:%M:%SZ}",
                         "creators": [f"Organization: {brand['vendorName']}",
                                      "Tool: h755-updater-sbom.py"]},
        "packages": packages,
        "relationships": [{"spdxElementId": one, "relationshipType": kind,
                           "relatedSpdxElement": other}
                          for one, kind, other in sorted(document.relationships)],
    }, sys.stdout, indent=1)
    print()


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
