#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures and builds one CMake preset, quietly unless it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
options=()
if command -v ccache >/dev/null; then
    options=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
log=build/$preset.log
mkdir -p build
targets=()
(($# == 0)) || targets=(--target "$@")

start=$SECONDS
build() {
    cmake --preset "$preset" "${options[@]}" &&
        cmake --build "build/$preset" --parallel "$(nproc)" "${targets[@]}" -- --quiet
}
if ! build >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "build of preset $preset failed, see $log" >&2
    exit 1
fi
echo "built preset $preset in $((SECONDS - start)) s"
