#!/usr/bin/env bash
# fetch-debian-source.sh FOLDER PACKAGE[=VERSION]...: downloads source packages of Debian 12 into
# FOLDER, which has to exist. apt checks them against the archive's signature. A private sources
# list with the mirror and keyring that the system already uses; /etc/apt is not touched, no root
# needed.
set -euo pipefail

folder=$1
shift

# One-line lists ("deb URL suite ...") or deb822 ("URIs: URL"). Others (Docker) end in linux/debian.
url='https?://[^ ]+/debian/?'
mirror=$(grep -rhE '^(deb |URIs:)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
    grep -oE "$url( |\$)" | grep -v 'linux/debian' | head -n 1 || true)
if [[ -z $mirror ]]; then
    echo "fetch-debian-source: no Debian mirror found in /etc/apt" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keyring] ${mirror% } bookworm main" >"$work/sources.list"
options=(-qq -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/state/lists" -o "Dir::Cache=$work/cache"
    -o APT::Sandbox::User= -o Acquire::Languages=none)
apt-get "${options[@]}" update
cd "$folder"
apt-get "${options[@]}" source --download-only --only-source "$@"
