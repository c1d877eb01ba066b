#!/usr/bin/env bash
# run.sh: runs every fuzz target of preset `fuzz` for FUZZ_SECONDS (60), as many at once as there
# are processors, and prints one line each. What they find grows in build/fuzz/run.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

export seconds=${FUZZ_SECONDS:-60}
export programs=build/fuzz/tests/fuzz
export run=build/fuzz/run
targets=(tests/fuzz/corpus/*/)

fuzz() {
    local name corpus=$1 folder log
    name=$(basename "$corpus")
    folder=$run/$name
    log=$folder/log
    mkdir -p "$folder/grown" "$folder/crashes"
    if ! "$programs/fuzz_$name" -max_total_time="$seconds" -timeout=20 -print_final_stats=1 \
        -artifact_prefix="$folder/crashes/" "$folder/grown" "$corpus" "$run/seeds/$name" \
        >"$log" 2>&1; then
        echo "FAILED: $name, see $log: $(grep -oP 'Test unit written to \K.*' "$log")"
        grep -m 3 -E 'INVARIANT|ERROR|runtime error|what\(\)' "$log" | sed 's/^/    /'
        return
    fi
    local executions edges inputs
    executions=$(grep -oP 'number_of_executed_units: \K\d+' "$log")
    edges=$(grep -oP 'DONE +cov: \K\d+' "$log")
    inputs=$(grep -oP 'DONE .*corp: \K\d+' "$log")
    printf 'clean: %-21s %9d executions, %5d a second, %5d edges, corpus %5d\n' \
        "$name" "$executions" $((executions / seconds)) "$edges" "$inputs"
}
export -f fuzz

mkdir -p "$run"
"$programs/make_seeds" "$run/seeds" >"$run/seeds.log" || exit 1
printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'fuzz "$1"' -
