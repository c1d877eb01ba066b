#!/usr/bin/env bash
# The product's main job on a virtual H755: build firmware for both cores, sign and pack two
# releases, install the first one on an empty device and update it to the second. No hardware, and
# no network after the installation of packages.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n%s\n' "-- $*"; }

step "Tools and libraries"
scripts/install-dependencies.sh

step "Firmware for the STM32H755 and the programs for this computer"
scripts/build.sh device
scripts/build.sh dev h755-bundle h755ctl virtual-h755

PATH=$PWD/build/dev/app/bundler:$PWD/build/dev/app/cli:$PWD/build/dev/device-firmware/virtual:$PATH
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

step "The update: into the other slots, verified, tried, confirmed by the new firmware"
with_device h755ctl update release-1.1.0.h755
