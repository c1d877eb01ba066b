#!/usr/bin/env bash
# release.sh --key KEY.pem --output FOLDER [CMAKE-OPTION...]: a release, made of a clean clone of
# the last commit: packages, portable archive, bill of materials, notes, and signed checksums. KEY
# is any private key that `openssl dgst -sign` takes. See docs/release.md.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    echo "usage: scripts/release.sh --key KEY.pem --output FOLDER [CMAKE-OPTION...]" >&2
    exit 2
}

key=
output=
while (($# > 0)); do
    case $1 in
    --key | --output)
        (($# > 1)) || usage
        if [[ $1 == --key ]]; then key=$2; else output=$2; fi
        shift 2
        ;;
    -D*) break ;;
    *) usage ;;
    esac
done
[[ -n $key && -n $output ]] || usage
if [[ -n $(git status --porcelain) ]]; then
    echo "release.sh: there are uncommitted changes; a release is made of commits" >&2
    exit 1
fi
# Before the long part.
public=$(openssl pkey -in "$key" -pubout)
mkdir -p "$output"
output=$(realpath "$output")
if [[ -n $(ls -A "$output") ]]; then
    echo "release.sh: $output is not empty" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
umask 022

git clone --quiet --no-hardlinks . "$work/source"
(
    cd "$work/source"
    scripts/fetch-bearssl.sh
    scripts/package.sh "$@" >/dev/null
    installer/sbom.py . build/package/output >"$work/sbom"
    installer/release_notes.py --markdown build/package/generated/h755-updater.metainfo.xml \
        >"$work/notes"
)
cp "$work/source/build/package/output"/* "$output"
cd "$output"
archive=$(echo ./*-linux-*.tar.xz)
name=$(basename "${archive%-linux-*}")
mv "$work/sbom" "$name.spdx.json"
mv "$work/notes" "$name.md"

sha256sum -- * >"$work/SHA256SUMS"
mv "$work/SHA256SUMS" .
openssl dgst -sha256 -sign "$key" -out SHA256SUMS.sig SHA256SUMS
openssl dgst -sha256 -verify <(echo "$public") -signature SHA256SUMS.sig SHA256SUMS >/dev/null
ls -l
