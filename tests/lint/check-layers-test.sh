#!/usr/bin/env bash
# Shows that scripts/check-layers.py can fail: each line of the table is the one fault of a tree.
set -euo pipefail
check=$(realpath "$(dirname "$0")/../../scripts/check-layers.py")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

put() {
    mkdir -p "$tree/$(dirname "$1")"
    printf '%s\n' "$2" >"$tree/$1"
}

good_tree() {
    rm -rf "${tree:?}"/*
    put app/core/usb/transport.cpp '#include <libusb.h>'
    put app/core/update/update.cpp '#include "contract/dfu.h"'
    put app/core/signature/key.cpp '#include <openssl/evp.h>'
    put app/core/bundle/manifest.cpp '#include <nlohmann/json.hpp>'
    put app/cli/main.cpp '#include "core/update/update.h"'
    put device-firmware/contract/dfu.h '#include <array>'
    put device-firmware/bootloader/crypto.cpp '#include <bearssl.h>'
    put device-firmware/virtual/bus.cpp '#include "bootloader/board.h"'
}

good_tree
"$check" "$tree" || { echo "a good tree is refused" >&2; exit 1; }

failures=0
while IFS='|' read -r rule file line; do
    good_tree
    put "$file" "$line"
    if output=$("$check" "$tree" 2>&1) || [[ $output != "$file:1: "* ]]; then
        echo "not noticed: $rule ($file: $line)" >&2
        failures=$((failures + 1))
    fi
done <<'TABLE'
core never sees the bootloader|app/core/update/x.cpp|#include "bootloader/board.h"
the bootloader never sees core|device-firmware/bootloader/x.cpp|#include "core/result.h"
contract includes nothing of ours|device-firmware/contract/x.h|#include "bootloader/board.h"
core does not see the programs|app/core/update/x.cpp|#include "cli/main.h"
the programs do not see each other|app/cli/x.cpp|#include "bundler/set_builder.h"
boot-client stands alone|device-firmware/boot-client/x.c|#include "bootloader/board.h"
the virtual board does not see the app|device-firmware/virtual/x.cpp|#include "core/result.h"
no way round by a relative path|app/core/usb/x.cpp|#include "../../../device-firmware/x.h"
libusb only in core/usb|app/core/update/x.cpp|#include <libusb.h>
libusb not in a header|app/core/usb/x.h|#include <libusb.h>
OpenSSL only in core/signature|app/bundler/x.cpp|#include <openssl/evp.h>
JSON only in core/bundle|app/cli/x.cpp|#include <nlohmann/json.hpp>
BearSSL only in the bootloader|device-firmware/virtual/x.cpp|#include <bearssl.h>
umockdev only in virtual|app/core/usb/x.cpp|#include <umockdev.h>
no operating system in the bootloader|device-firmware/bootloader/x.cpp|#include <unistd.h>
unknown headers are refused|app/core/update/x.cpp|#include <boost/asio.hpp>
no variants in core|app/core/usb/x.cpp|#ifdef _WIN32
no variants in the bootloader|device-firmware/bootloader/x.cpp|#if defined(VIRTUAL)
TABLE
exit $((failures > 0))
