#!/usr/bin/env bash
# keep-corpus.sh: what run.sh has found becomes the kept corpus: of all inputs the fewest and
# shortest that reach every edge that any of them reaches.
set -euo pipefail
cd "$(dirname "$0")/../.."

for corpus in tests/fuzz/corpus/*/; do
    name=$(basename "$corpus")
    found=build/fuzz/run/$name
    merged=$found/merged
    rm -rf "$merged"
    mkdir -p "$merged"
    "build/fuzz/tests/fuzz/fuzz_$name" -set_cover_merge=1 -use_counters=0 "$merged" "$corpus" \
        "$found/grown" "build/fuzz/run/seeds/$name" >"$found/merge.log" 2>&1
    rm -f "$corpus"*
    cp "$merged"/* "$corpus"
    echo "$name: $(find "$corpus" -type f | wc -l) inputs, $(du -bs "$corpus" | cut -f 1) bytes"
done
