#!/usr/bin/env bash
# Fetches BearSSL's source (MIT) as Debian ships it into .cache/bearssl: a private sources list with
# the mirror and keyring that the system already uses; /etc/apt is not touched, no root needed.
set -euo pipefail
cd "$(dirname "$0")/.."

archive=bearssl_0.6+dfsg.1.orig.tar.xz
sha256=102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004
target=.cache/bearssl

[[ -f $target/.sha256 && $(<"$target/.sha256") == "$sha256" ]] && exit 0

# One-line lists ("deb URL suite ...") or deb822 ("URIs: URL"). Others (Docker) end in linux/debian.
url='https?://[^ ]+/debian/?'
mirror=$(grep -rhE '^(deb |URIs:)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
    grep -oE "$url( |\$)" | grep -v 'linux/debian' | head -n 1 || true)
if [[ -z $mirror ]]; then
    echo "fetch-bearssl: no Debian mirror found in /etc/apt" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,source}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keyring] ${mirror% } bookworm main" >"$work/sources.list"
options=(-qq -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/state/lists" -o "Dir::Cache=$work/cache"
    -o APT::Sandbox::User= -o Acquire::Languages=none)
apt-get "${options[@]}" update
(cd "$work/source" && apt-get "${options[@]}" source --download-only --only-source bearssl)
echo "$sha256  $work/source/$archive" | sha256sum --check --quiet

rm -rf "$target"
mkdir -p "$target"
tar -xJf "$work/source/$archive" -C "$target" --strip-components=1
echo "$sha256" >"$target/.sha256"
