# Cross builds for Windows on Debian, with the libraries of scripts/build-windows-libraries.sh.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(target x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${target}-gcc-posix) # the other one has no std::thread
set(CMAKE_CXX_COMPILER ${target}-g++-posix)
set(CMAKE_RC_COMPILER ${target}-windres)

get_filename_component(libraries "${CMAKE_CURRENT_LIST_DIR}/../../.cache/windows" REALPATH)
set(CMAKE_FIND_ROOT_PATH /usr/${target} "${libraries}/qt" "${libraries}/libusb"
    "${libraries}/openssl" "${libraries}/headers")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
