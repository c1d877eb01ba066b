#!/usr/bin/env bash
# check_release.sh: makes a release of the last commit, in another folder and without ccache,
# compares its packages with build/package/output byte for byte, and checks all that is beside them.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d --suffix=" of another length, with blanks")
trap 'rm -rf "$work"' EXIT
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/key.pem"
openssl pkey -in "$work/key.pem" -pubout -out "$work/public.pem"
(
    umask 077
    TMPDIR=$work CCACHE_DISABLE=1 scripts/release.sh --key "$work/key.pem" --output "$work/release"
)
for file in build/package/output/*; do
    cmp "$file" "$work/release/$(basename "$file")"
done

cd "$work/release"
verify() { openssl dgst -sha256 -verify "$work/public.pem" -signature SHA256SUMS.sig SHA256SUMS; }
verify
sha256sum --quiet --check SHA256SUMS
[[ $(ls | wc -l) == $(($(wc -l <SHA256SUMS) + 2)) ]] # itself and its signature
"$OLDPWD/tests/package/check_sbom.py" .
grep -q '^# .* [0-9]' ./*.md
sed -i '1s/^./x/' SHA256SUMS
if verify; then
    echo "a changed SHA256SUMS passes" >&2
    exit 1
fi
