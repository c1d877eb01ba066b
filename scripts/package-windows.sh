#!/usr/bin/env bash
# package-windows.sh [CMAKE-OPTION...]: the installer for Windows, in build/windows/output,
# made on Debian and tried under Wine. Options as for package.sh. The first run builds Qt, which
# takes half an hour; nothing of this is part of the daily tests.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build-windows-libraries.sh

if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
fi
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC

# What customers get, and the same with a bus for tests, which never leaves this computer.
for preset in windows windows-tools; do
    launcher=()
    if command -v ccache >/dev/null; then
        launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    fi
    log=build/$preset.log
    mkdir -p build
    if ! { cmake --preset "$preset" "${launcher[@]}" "$@" &&
        cmake --build "build/$preset" --parallel "$(nproc)" -- --quiet &&
        rm -rf "build/$preset/output" &&
        cpack --config "build/$preset/CPackConfig.cmake" -B "build/$preset/output"; } \
        >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "package-windows.sh: preset $preset failed, see $log" >&2
        exit 1
    fi
    rm -rf "build/$preset/output/_CPack_Packages"
done

# The check: what is installed, and an update of a virtual device by it.
[[ -e build/device/device-firmware/example/example-1.0.0-m7_a.elf ]] || scripts/build.sh device
scripts/build.sh dev h755-bundle virtual-h755 >/dev/null
releases=build/windows-releases
rm -rf "$releases"
H755_EXAMPLES=build/device/device-firmware/example H755_KEYS=resources/keys \
    H755_BUNDLE=build/dev/app/bundler/h755-bundle python3 tests/host/pack_releases.py "$releases"
pictures=build/windows-pictures
mkdir -p "$pictures"
tests/windows/run_windows_checks.py build/windows/output/*.exe \
    build/windows-tools/output/*.exe build/dev/device-firmware/virtual/virtual-h755 \
    "$releases" "$pictures"

ls -l build/windows/output/*.exe
