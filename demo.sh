#!/usr/bin/env bash
# The product's main job on a virtual H755: build firmware for both cores, sign and pack two
# releases, install the first one on an empty device and update it to the second. No hardware, and
# no network after the installation of packages. With --gui the second release is installed by
# whoever sits before the window of h755-updater (in Xvfb where there is no display).
set -euo pipefail
cd "$(dirname "$0")"
has_window=false
case $* in
"") ;;
--gui) has_window=true ;;
*)
    echo "usage: ./demo.sh [--gui]" >&2
    exit 2
    ;;
esac

step() { printf '\n%s\n' "-- $*"; }

step "Tools and libraries"
scripts/install-dependencies.sh

step "Firmware for the STM32H755 and the programs for this computer"
scripts/build.sh device
scripts/build.sh dev h755-bundle h755ctl h755-updater virtual-h755

dev=$PWD/build/dev
PATH=$dev/app/bundler:$dev/app/cli:$dev/app/gui:$dev/device-firmware/virtual:$PATH
firmware=$PWD/build/device/device-firmware/example
mkdir -p build/demo
cd build/demo
rm -f device.state

pack() {
    local version=$1
    local m7=$firmware/example-$version-m7 m4=$firmware/example-$version-m4
    h755-bundle create --m7 "${m7}_a.elf,${m7}_b.elf" --m4 "${m4}_a.elf,${m4}_b.elf" \
        --version "$version" --counter 1 --key ../../resources/keys/development-current.pem \
        -o "release-$version.h755"
}

# The state file is the device's flash: it outlives the program as a chip outlives a power cycle.
with_device() { virtual-h755 --state device.state -- "$@"; }

step "Each release: M7 and M4 linked for both slots, signed, packed into one file"
pack 1.0.0
pack 1.1.0
h755-bundle inspect release-1.1.0.h755

step "An empty device: only the bootloader is there, and it says what it needs"
with_device h755ctl info

step "First installation, flash as slow as the datasheet says"
with_device h755ctl update release-1.0.0.h755

step "What runs on the device now"
with_device h755ctl info

if $has_window; then
    step "The window: it offers 1.1.0; close it to end"
    display=()
    if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then display=(xvfb-run --auto-servernum); fi
    "${display[@]}" virtual-h755 --state device.state -- h755-updater release-1.1.0.h755
    exit
fi

step "The update: into the other slots, verified, tried, confirmed by the new firmware"
with_device h755ctl update release-1.1.0.h755
