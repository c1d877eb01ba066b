#!/usr/bin/env bash
# prepare_root.sh FOLDER: a Debian 12 root as a desktop user's computer without our programs and
# without Qt, packed in FOLDER/root.tar. Made once, from Debian's mirror; takes a minute.
set -euo pipefail
folder=$1

# A desktop that opens files, with a screen that is not there and a screen reader's interface.
packages=(
    xdg-utils libfile-mimeinfo-perl desktop-file-utils shared-mime-info hicolor-icon-theme
    xvfb xauth dbus dbus-bin xz-utils at-spi2-core gir1.2-atspi-2.0 python3-gi x11-apps imagemagick
    fonts-dejavu-core libfontconfig1 libegl1 libgl1 libxkbcommon-x11-0 man-db udev
)
recipe=$(sha256sum "$0" | cut -d ' ' -f 1)
[[ -f $folder/root.tar && $(<"$folder/root.recipe") == "$recipe" ]] && exit 0

mkdir -p "$folder/archives"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mirror=${DEBIAN_MIRROR:-http://deb.debian.org}
rm -f "$folder/root.recipe"
include=$(IFS=,; echo "${packages[*]}")
mmdebstrap --quiet --variant=apt --include="$include" --keyring="$keyring" \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --aptopt='APT::Keep-Downloaded-Packages "true"' \
    --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash customer' \
    bookworm "$folder/root.tar" \
    "deb $mirror/debian bookworm main" "deb $mirror/debian bookworm-updates main" \
    "deb $mirror/debian-security bookworm-security main"
echo "$recipe" >"$folder/root.recipe"
