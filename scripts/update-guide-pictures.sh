#!/usr/bin/env bash
# Takes the pictures of docs/user-guide.md from the last `./test.sh gui`, small. Needs ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/.."

from=build/screenshots/light-100
to=docs/pictures
command -v convert >/dev/null || {
    echo "ImageMagick is missing: install the package imagemagick" >&2
    exit 1
}
mkdir -p "$to"
grep -oP '\]\(pictures/\K[a-z0-9-]+(?=\.png\))' docs/user-guide.md | sort -u |
    while read -r state; do
        convert "$from/$state.png" -strip -resize 75% +dither -colors 64 \
            -define png:compression-level=9 "PNG8:$to/$state.png"
    done
du -ch "$to"/*.png | tail -1
