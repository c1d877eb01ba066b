#!/usr/bin/env bash
# Installs what building and testing need on Debian 12, and fetches BearSSL's source. Repeated runs
# are fast and need no rights. `install-dependencies.sh lint` adds the tools of `test.sh lint`,
# `install-dependencies.sh fuzz` the compiler of `test.sh fuzz`, `install-dependencies.sh emulator`
# the CPU emulator of `test.sh emulator`, `install-dependencies.sh kernel` QEMU and what its guest
# runs in `test.sh kernel`, `install-dependencies.sh qa` what judges the results in `test.sh qa`,
# `install-dependencies.sh package` what `test.sh package` judges packages with,
# `install-dependencies.sh windows` what scripts/package-windows.sh builds and tries with.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
    g++ cmake ninja-build ccache pkg-config git ca-certificates xz-utils python3
    catch2 libusb-1.0-0-dev nlohmann-json3-dev libssl-dev libexpected-dev libcli11-dev libspdlog-dev
    libelf-dev libumockdev-dev umockdev libusbredirparser-dev dfu-util fwupd
    openocd python3-jsonschema
    qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools xvfb xauth
    dbus-daemon fonts-dejavu-core
    gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-dev
)
if [[ ${1:-} == lint ]]; then
    packages+=(clang-format-14 clang-tidy-14 shellcheck appstream)
fi
if [[ ${1:-} == emulator ]]; then
    packages+=(libunicorn-dev)
fi
if [[ ${1:-} == qa ]]; then
    packages+=(python3-junitparser python3-html5lib python3-pyte libxml2-utils
        uhubctl libunicorn-dev)
fi
if [[ ${1:-} == kernel ]]; then
    packages+=(qemu-system-x86 busybox-static udev usbutils)
fi
if [[ ${1:-} == package ]]; then
    packages+=(lintian mmdebstrap appstream desktop-file-utils shared-mime-info man-db
        patchelf binutils)
fi
if [[ ${1:-} == windows ]]; then
    packages+=(g++-mingw-w64-x86-64-posix dpkg-dev patch make nsis wine wine64 librsvg2-bin
        imagemagick x11-utils xdotool unzip)
fi
if [[ ${1:-} == fuzz ]]; then
    packages+=(clang-14 libclang-rt-14-dev)
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done

if ((${#missing[@]} > 0)); then
    as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "Not root and no sudo. Please install: ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}"
    "${as_root[@]}" apt-get -qq update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi

scripts/fetch-bearssl.sh
