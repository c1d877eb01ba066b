#!/usr/bin/env bash
# Cross-builds what the Windows programs need, from Debian's sources with Debian's patches, into
# .cache/windows: Qt (half an hour on two idle cores, 1.2 GB meanwhile), Qt Svg, libusb, OpenSSL's
# libcrypto. Each is built again only if its recipe, the toolchain file or the compiler changes.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
target=x86_64-w64-mingw32
toolchain=$root/installer/windows/mingw64.cmake
mkdir -p .cache/windows
cache=$(realpath .cache/windows)

# The key of a library: everything that decides what it becomes.
key_of() {
    { declare -f "build_$1" && cat "$toolchain" && "$target-g++-posix" --version &&
        dpkg-query --show qt6-base-dev; } | sha256sum
}

# unpack PACKAGE=VERSION: Debian's source, patched, in the current folder.
unpack() {
    "$root/scripts/fetch-debian-source.sh" . "$1"
    dpkg-source --extract ./*.dsc source >/dev/null
}

# Without tablets (the source lacks Wintab's headers) and with Direct2D, because Qt 6.4 compiles
# its DirectWrite font database only beside it. Everything bundled: nothing more to cross-build.
build_qt() {
    unpack qt6-base=6.4.2+dfsg-10
    local off=(opengl vulkan dbus sql printsupport xml tabletevent icu glib direct2d1_1 pkg_config
        system_zlib system_png system_jpeg system_pcre2 system_harfbuzz system_freetype
        system_doubleconversion zstd brotli dtls ocsp gssapi pdf androiddeployqt)
    off=("${off[@]/#/-DFEATURE_}")
    cmake -S source -B build -G Ninja "-DCMAKE_TOOLCHAIN_FILE=$toolchain" \
        "-DCMAKE_INSTALL_PREFIX=$1" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON \
        -DQT_HOST_PATH=/usr -DQT_HOST_PATH_CMAKE_DIR=/usr/lib/x86_64-linux-gnu/cmake \
        -DQT_QMAKE_TARGET_MKSPEC=win32-g++ -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF \
        -DQT_BUILD_TOOLS_WHEN_CROSSCOMPILING=OFF -DINPUT_opengl=no -DINPUT_openssl=no \
        -DFEATURE_schannel=ON -DFEATURE_direct2d=ON "${off[@]/%/=OFF}"
    cmake --build build --parallel "$(nproc)"
    cmake --install build --strip
}

build_libusb() {
    unpack libusb-1.0=2:1.0.26-1
    mkdir build
    (cd build &&
        ../source/configure "--host=$target" "--prefix=$1" --enable-shared --disable-static)
    make -C build install-strip
}

# Only libcrypto, static, and only what verifying and signing need. `no-autoload-config`, `no-dso`
# and the like also matter for safety: OPENSSLDIR is a folder that any user could create.
build_openssl() {
    unpack openssl=3.0.20-1~deb12u2
    local without=(shared tests engine dso autoload-config legacy module async comp ssl3 ui-console
        idea camellia seed aria bf cast rc2 rc4 rmd160 whirlpool mdc2 md4 sm2 sm3 sm4 gost srp srtp
        dtls ts cms ct dsa ec2m scrypt siphash blake2 cmp)
    mkdir build
    (cd build && ../source/Configure mingw64 "--cross-compile-prefix=$target-" CC=gcc-posix \
        --prefix=/nonexistent --libdir=lib --openssldir=/nonexistent/ssl "${without[@]/#/no-}")
    make -C build -j "$(nproc)" build_generated
    make -C build -j "$(nproc)" libcrypto.a
    mkdir -p "$1/lib" "$1/include"
    cp build/libcrypto.a "$1/lib"
    cp -r source/include/openssl build/include/openssl "$1/include"
}

# Debian's header-only libraries are the same for every system. spdlog and {fmt} are compiled ones
# there, and header-only here.
build_headers() {
    mkdir -p "$1/include" "$1/share/cmake/spdlog"
    cp -r /usr/include/{nlohmann,CLI,tl,spdlog,fmt} "$1/include"
    cp -r /usr/share/cmake/{nlohmann_json,CLI11,tl-expected} "$1/share/cmake"
    cat >"$1/share/cmake/spdlog/spdlogConfig.cmake" <<'END'
add_library(spdlog::spdlog INTERFACE IMPORTED)
target_include_directories(spdlog::spdlog INTERFACE "${CMAKE_CURRENT_LIST_DIR}/../../../include")
target_compile_definitions(spdlog::spdlog INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
END
}

# Qt 5's, which is almost the same code: the Debian mirror that this was made with had no source of
# qt6-svg. Its interface and, by all our pictures, its pixels are Qt 6's (installer/windows/qtsvg).
build_qtsvg() {
    unpack qtsvg-opensource-src=5.15.8-3
    sed -i 's/QStringRef/QStringView/g; s/\.midRef(/.mid(/g' source/src/svg/*.{cpp,h}
    patch --quiet --directory=source/src/svg --strip=1 <"$root/installer/windows/qtsvg/qt6.patch"
    cmake -S "$root/installer/windows/qtsvg" -B build -G Ninja "-DSVG_SOURCE=$PWD/source/src/svg" \
        "-DCMAKE_TOOLCHAIN_FILE=$toolchain" -DQT_HOST_PATH=/usr -DCMAKE_BUILD_TYPE=Release \
        -DQT_HOST_PATH_CMAKE_DIR=/usr/lib/x86_64-linux-gnu/cmake "-DCMAKE_INSTALL_PREFIX=$1"
    cmake --build build --parallel "$(nproc)"
    cmake --install build --strip
}

log=
explain() {
    (($? == 0)) || [[ -z $log ]] || { tail -n 40 "$log" && echo "failed, see $log"; } >&2
}
trap explain EXIT

for library in headers openssl libusb qt qtsvg; do
    key=$(key_of "$library")
    prefix=$cache/$library
    [[ -f $prefix/key && $(<"$prefix/key") == "$key" ]] && continue
    log=$cache/$library.log
    echo "building $library for Windows, see $log"
    rm -rf "$prefix" "$cache/build-$library"
    mkdir -p "$cache/build-$library"
    (
        cd "$cache/build-$library"
        "build_$library" "$prefix"
    ) >"$log" 2>&1
    rm -rf "$cache/build-$library"
    echo "$key" >"$prefix/key"
done
