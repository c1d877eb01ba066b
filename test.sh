#!/usr/bin/env bash
# test.sh [TIER...]: builds what the tiers need and runs them. Without arguments: all but the long
# ones, which run on their own: mutation, fuzz, kernel-bench, rom-bench, package, qa-soak, nightly.
# Every tier prints its budget and the time it took; the last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")" || exit 1

declare -A budget_s=([lint]=420 [unit]=1200 [power-loss]=600 [host]=300 [gui]=300 [emulator]=1200
    [kernel]=300 [qa]=300 [bench]=60 [kernel-bench]=300 [rom-bench]=120
    [package]=1800 [mutation]=1800 [fuzz]=900 [nightly]=14400 [qa-soak]=3600)
all_tiers=(lint unit power-loss host gui emulator kernel qa bench)
long_tiers=(mutation fuzz kernel-bench rom-bench package qa-soak nightly)

usage() {
    echo "usage: ./test.sh [all | ${all_tiers[*]} | ${long_tiers[*]}]..." >&2
    exit 2
}

tiers=()
for argument in "${@:-all}"; do
    if [[ $argument == all ]]; then
        tiers+=("${all_tiers[@]}")
    elif [[ -v budget_s[$argument] ]]; then
        tiers+=("$argument")
    else
        usage
    fi
done

passed=0
failed=0

# check NAME COMMAND...: one test that is a command.
check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "passed: $name"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
    fi
}

# A build that fails is a failed test and makes its tier's tests impossible.
build() {
    scripts/build.sh "$@" && return
    failed=$((failed + 1))
    echo "FAILED: build of preset $1"
    return 1
}

# The host's tests use the firmware that preset device builds.
build_both() { build device && build dev; }

# run_ctest PRESET ARGUMENT...: adds what ctest counted; what did not run is not passed. ARGUMENT
# may hold another --parallel.
run_ctest() {
    local preset=$1 report=$PWD/build/$1/ctest.xml status suite
    shift
    rm -f "$report"
    ctest --test-dir "build/$preset" --output-junit "$report" --output-on-failure --no-tests=error \
        --parallel "$(nproc)" "$@" | grep -vE '^ *(Start|[0-9]+/[0-9]+ Test .*Passed)'
    status=${PIPESTATUS[0]}

    suite=$(grep -m 1 -A 8 '<testsuite' "$report" 2>/dev/null)
    count_of() { grep -oP "\s$1=\"\K[0-9]+" <<<"$suite" || echo 0; }
    local not_run=$(($(count_of skipped) + $(count_of disabled))) failures
    failures=$(count_of failures)
    passed=$((passed + $(count_of tests) - failures - not_run))
    if ((not_run > 0)); then echo "$not_run tests did not run"; fi
    if ((status != 0 && failures == 0)); then failures=1; fi
    failed=$((failed + failures))
}

run_lint() {
    check "formatting" scripts/check-format.sh
    check "style limits" scripts/check-style.sh
    check "layer rule" scripts/check-layers.py
    check "the layer check notices bad trees" tests/lint/check-layers-test.sh
    check "shell scripts" shellcheck --severity=warning ./*.sh scripts/*.sh tests/lint/*.sh \
        tests/fuzz/*.sh tests/package/*.sh tests/usb/*.sh .ci/run
    check "clang-tidy" scripts/run-clang-tidy.sh
    check "AppStream metadata" appstreamcli validate --no-net \
        build/dev/generated/h755-updater.metainfo.xml
}

# Tests the tests: every mutation is a test, which passes if the test that it names fails.
run_mutation() {
    local report=build/mutation.log
    tests/mutation/run.py | tee "$report"
    passed=$((passed + $(grep -c '^caught' "$report")))
    failed=$((failed + $(grep -cv -e '^caught' -e '^ ' -e 'mutations caught' "$report")))
}

# Each target for a minute; FUZZ_SECONDS makes it longer.
run_fuzz() {
    local report=build/fuzz.run.log
    check "clang" scripts/install-dependencies.sh fuzz
    build fuzz tests/fuzz/all || return
    tests/fuzz/run.sh | tee "$report"
    passed=$((passed + $(grep -c '^clean' "$report")))
    failed=$((failed + $(find tests/fuzz/corpus -mindepth 1 -maxdepth 1 | wc -l) - \
        $(grep -c '^clean' "$report")))
}

# The flows of the power-loss program; its last lines say how many passed.
run_flows() {
    local report=build/dev/power-loss.txt status
    build/dev/tests/power-loss/power-loss --jobs "$(nproc)" "$@" | tee "$report"
    status=${PIPESTATUS[0]}
    local good bad
    good=$(grep -oP '^\d+(?= flows passed)' "$report" || echo 0)
    bad=$(grep -oP '\d+(?= flows failed$)' "$report" || echo 0)
    if ((status != 0 && bad == 0)); then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

# The ARM image on register models, where Unicorn can be installed.
run_emulator() {
    if ! scripts/install-dependencies.sh emulator; then
        echo "skipped: Unicorn cannot be installed here"
        return
    fi
    build_both && run_ctest dev --label-regex '^emulator$'
    # Its checks have been counted above; here are the figures themselves, and the table of sizes.
    python3 device-firmware/stm32h755/size_table.py --size arm-none-eabi-size \
        --nm arm-none-eabi-nm build/device/device-firmware/stm32h755/bootloader.elf
    build/dev/tests/emulator/emulator_tests '[measurements]' | grep -E '^(reset|longest|stack)'
}

# Test plans on virtual boards, and what is left of them, judged by others' programs.
run_qa() {
    if ! scripts/install-dependencies.sh qa; then
        echo "skipped: what judges the results cannot be installed here"
        return
    fi
    build_both && run_ctest dev --label-regex '^qa$'
}

# Prepares the guest with Debian's kernel in .cache/kernel. False where QEMU cannot be installed.
prepare_guest() {
    scripts/install-dependencies.sh kernel && tests/usb/prepare_guest.py .cache/kernel && return
    echo "skipped: no QEMU, or no kernel package, can be had here"
    return 1
}

# One boot for all cases; each prints its own line.
run_kernel() {
    local report=build/kernel.log status good bad
    build_both && run_ctest dev --tests-regex '^host: pack' || return
    prepare_guest || return
    tests/usb/run_kernel_tests.py .cache/kernel | tee "$report"
    status=${PIPESTATUS[0]}
    good=$(grep -c '^passed: ' "$report")
    bad=$(grep -c '^FAILED: ' "$report")
    if ((status != 0 && bad == 0)); then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

# h755ctl and dfu-util with real programs, a real kernel and a modelled bus.
run_kernel_bench() {
    build_both && run_ctest dev --tests-regex '^host: pack' || return
    prepare_guest || return
    check "h755ctl and dfu-util on the same board" tests/usb/run_bench.py .cache/kernel
}

# What customers install, on a Debian that has never seen it.
run_package() {
    if ((EUID != 0)); then
        echo "skipped: a fresh Debian is made and entered with chroot, which needs root"
        return
    fi
    check "packaging tools" scripts/install-dependencies.sh package
    build device && check "packages" scripts/package.sh || return
    local report=build/package-test.log older=$PWD/build/package-older
    rm -rf "$older"
    check "packages of an older version" cpack --config build/package/CPackConfig.cmake \
        -B "$older" -D CPACK_PACKAGE_VERSION=0.0.9
    check "a fresh Debian 12" tests/package/prepare_root.sh .cache/package || return
    unshare --mount --pid --fork --kill-child --mount-proc \
        tests/package/run_package_tests.py .cache/package build/package/output "$older" |
        tee "$report"
    passed=$((passed + $(grep -c '^passed' "$report")))
    failed=$((failed + $(grep -c '^FAILED' "$report")))
    grep -q '^passed: purges' "$report" || failed=$((failed + 1))
    check "a release from another folder has the same bytes" tests/package/check_release.sh
}

run_tier() {
    case $1 in
    lint) run_lint ;;
    mutation) run_mutation ;;
    fuzz) run_fuzz ;;
    unit)
        build device && build asan tests/unit/all tests/fuzz/all virtual-h755 &&
            run_ctest asan --label-regex '^unit$'
        ;;
    power-loss) build_both && run_ctest dev --label-regex '^power-loss$' && run_flows ;;
    package) run_package ;;
    nightly) build dev && run_flows --nightly ;;
    emulator) run_emulator ;;
    kernel) run_kernel ;;
    qa) run_qa ;;
    kernel-bench) run_kernel_bench ;;
    bench | rom-bench | qa-soak) build_both && run_ctest dev --label-regex "^$1\$" --verbose ;;
    # They wait for devices and windows more than they compute.
    host | gui) build_both && run_ctest dev --label-regex "^$1\$" --parallel $((2 * $(nproc))) ;;
    esac
}

scripts/install-dependencies.sh lint || exit 1
for tier in "${tiers[@]}"; do
    echo
    echo "== $tier (budget ${budget_s[$tier]} s)"
    start=$SECONDS
    run_tier "$tier"
    used=$((SECONDS - start))
    note=
    if ((used > budget_s[$tier])); then note=", OVER BUDGET"; fi
    echo "== $tier: $used of ${budget_s[$tier]} s$note"
done

echo
echo "$passed passed, $failed failed"
exit $((failed > 0))
