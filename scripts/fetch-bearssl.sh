#!/usr/bin/env bash
# Fetches BearSSL's source (MIT) as Debian ships it into .cache/bearssl.
set -euo pipefail
cd "$(dirname "$0")/.."

archive=bearssl_0.6+dfsg.1.orig.tar.xz
sha256=102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004
target=.cache/bearssl

[[ -f $target/.sha256 && $(<"$target/.sha256") == "$sha256" ]] && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scripts/fetch-debian-source.sh "$work" bearssl
echo "$sha256  $work/$archive" | sha256sum --check --quiet

rm -rf "$target"
mkdir -p "$target"
tar -xJf "$work/$archive" -C "$target" --strip-components=1
echo "$sha256" >"$target/.sha256"
