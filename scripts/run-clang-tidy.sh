#!/usr/bin/env bash
# .clang-tidy on our sources, with the compile commands of preset dev. A file whose text, headers
# and checks have not changed since it passed is not looked at again.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/dev
cmake --preset dev >/dev/null
passed=$build/clang-tidy-passed
mkdir -p "$passed"

common=$(find app device-firmware resources .clang-tidy -name '*.h' -o -name .clang-tidy | sort |
    xargs -d '\n' cat | sha256sum)

check_one() {
    local file=$1 stamp output
    stamp=$passed/$(printf '%s' "$common" | cat - "$file" | sha256sum | cut -c 1-32)
    [[ -e $stamp ]] && return
    if ! output=$(clang-tidy-14 --quiet -p "$build" "$file" 2>&1); then
        echo "$output" >&2
        return 1
    fi
    touch "$stamp"
}
export -f check_one
export build passed common

# The ARM-only sources are not in a host build's compile commands.
find app device-firmware -name '*.c' -o -name '*.cpp' | sort | while IFS= read -r file; do
    if grep -qF "/$file\"" "$build/compile_commands.json"; then printf '%s\0' "$file"; fi
done | xargs -0 -n 1 -P "$(nproc)" bash -c 'check_one "$1"' _
