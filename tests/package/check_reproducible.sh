#!/usr/bin/env bash
# check_reproducible.sh: packages this tree once more, in another folder and without ccache, and
# compares every byte with build/package/output.
set -euo pipefail
cd "$(dirname "$0")/../.."

copy=$(mktemp -d --tmpdir --suffix=" of another length, with blanks")
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --create --files-from=- |
    tar --extract --directory="$copy"
ln -s "$PWD/.cache" "$copy/.cache"

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH CCACHE_DISABLE=1
(umask 077 && cd "$copy" && scripts/package.sh >/dev/null)
diff --recursive build/package/output "$copy/build/package/output"
