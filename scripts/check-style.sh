#!/usr/bin/env bash
# Limits that clang-format does not know: lengths of files and lines, tabs, spaces at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

maximum_lines=400
maximum_columns=100
status=0

complain() {
    echo "$1: $2" >&2
    status=1
}

while IFS= read -r file; do
    if [[ -n $(tail -c 1 "$file") ]]; then complain "$file" "no newline at the end"; fi
    if grep -nE '[[:space:]]+$' "$file" >&2; then complain "$file" "trailing space"; fi
    case $file in *.md | *.rules.in) continue ;; esac
    if (($(wc -l <"$file") > maximum_lines)); then
        complain "$file" "more than $maximum_lines lines"
    fi
    if grep -nP '\t' "$file" >&2; then complain "$file" "tab"; fi
    # Tables that clang-format leaves alone may be wider.
    if sed '/clang-format off/,/clang-format on/s/.*//' "$file" |
        grep -nE ".{$((maximum_columns + 1))}" >&2; then
        complain "$file" "line longer than $maximum_columns columns"
    fi
done < <(find app device-firmware tests resources installer scripts docs .ci ./*.sh ./*.md \
    CMakeLists.txt -type f -regextype egrep \
    -regex '.*(\.(c|h|cpp|sh|py|cmake|in|md)|/CMakeLists\.txt|CMakeLists\.txt|\.ci/run)')
exit $status
