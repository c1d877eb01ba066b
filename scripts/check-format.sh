#!/usr/bin/env bash
# Every C and C++ file is formatted as .clang-format says (clang-format 14).
set -euo pipefail
cd "$(dirname "$0")/.."

find app device-firmware tests \( -name '*.c' -o -name '*.h' -o -name '*.cpp' \) -print0 |
    xargs -0 clang-format-14 --dry-run -Werror
