#!/usr/bin/env bash
# package.sh [CMAKE-OPTION...]: what customers get, in build/package/output: both Debian packages
# and a portable archive. The same commit and options give the same bytes, from whatever folder.
# A vendor's options: -DH755_BRANDING=FILE -DH755_PRODUCTION=ON -DH755_RELEASES=FOLDER.
set -euo pipefail
cd "$(dirname "$0")/.."

output=$PWD/build/package/output

# Every time in what is made is that of the commit, unless the caller knows better.
if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) || {
        echo "package.sh: no git here; set SOURCE_DATE_EPOCH to the release's time" >&2
        exit 1
    }
fi
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022

launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
mkdir -p build
log=build/package.log
build() {
    cmake --preset package "${launcher[@]}" "$@" &&
        cmake --build build/package --parallel "$(nproc)" -- --quiet
}
if ! build "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "package.sh: the build failed, see $log" >&2
    exit 1
fi

rm -rf "$output"
mkdir -p "$output"
if ! cpack --config build/package/CPackConfig.cmake -B "$output" >build/package.cpack.log 2>&1; then
    cat build/package.cpack.log >&2
    exit 1
fi
rm -rf "$output/_CPack_Packages"

# The portable archive: the same programs, with the libraries that they need beside them.
name=$(sed -n 's/^set(CPACK_PACKAGE_NAME "\(.*\)")$/\1/p' build/package/CPackConfig.cmake)
version=$(sed -n 's/^set(CPACK_PACKAGE_VERSION "\(.*\)")$/\1/p' build/package/CPackConfig.cmake)
portable=$name-$version-linux-$(uname -m)
stage=build/package/portable
rm -rf "$stage"
installer/linux/portable.py build/package "$PWD/$stage/$portable"
tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX --format=gnu --directory="$stage" "$portable" |
    xz --threads=1 >"$output/$portable.tar.xz"

cd "$output"
sha256sum -- *
