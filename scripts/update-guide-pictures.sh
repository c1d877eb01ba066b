#!/usr/bin/env bash
# Takes the pictures of the guides in docs from the last `./test.sh gui`, small. Needs ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/.."

to=docs/pictures
command -v convert >/dev/null || {
    echo "ImageMagick is missing: install the package imagemagick" >&2
    exit 1
}
mkdir -p "$to"

# take GUIDE FOLDER: every picture that the guide shows.
take() {
    grep -oP '\]\(pictures/\K[a-z0-9-]+(?=\.png\))' "docs/$1" | sort -u |
        while read -r state; do
            convert "build/screenshots/$2/$state.png" -strip -resize 75% +dither -colors 64 \
                -define png:compression-level=9 "PNG8:$to/$state.png"
        done
}
take user-guide.md light-100
take technician-guide.md flow-light-100
du -ch "$to"/*.png | tail -1
