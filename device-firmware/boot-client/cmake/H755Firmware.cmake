# For the vendor's firmware project:
#
#   add_subdirectory(<boot-client>)                    # libraries boot_client and boot_client_m4
#   include(<boot-client>/cmake/H755Firmware.cmake)    # docs/integration.md
#   h755_firmware(my-m7 CORE m7 SOURCES main.c ... [LIBRARIES boot_client ...] [DEFINITIONS ...]
#       [COMPILE_OPTIONS ...] [LINK_OPTIONS ...] [LINKER_SCRIPT template.ld.in])
#
# compiles the sources once and links the same objects twice, for slot A and for slot B: my-m7_a.elf
# and my-m7_b.elf, the input of `h755-bundle create`. Targets: my-m7 (objects), my-m7_a, my-m7_b.
# The linker script is a template; see h755_m7.ld.in beside this file for the variables it gets.
include_guard(GLOBAL)

set(H755_FIRMWARE_CMAKE_DIR "${CMAKE_CURRENT_LIST_DIR}")

# contract/flash_map.h; h755-bundle refuses an image that is linked for another place.
set(H755_SLOT_m7_a 0x08020000)
set(H755_SLOT_m7_b 0x08080000)
set(H755_SLOT_m7_BYTES 0x60000)
set(H755_SLOT_m4_a 0x08100000)
set(H755_SLOT_m4_b 0x08180000)
set(H755_SLOT_m4_BYTES 0x80000)
set(H755_IMAGE_HEADER_BYTES 0x400) # the signing tool puts the image header here
set(H755_TLV_BYTES 0x400)          # room for the signature behind the payload

function(h755_link_for_slot name core slot template)
    math(EXPR H755_ORIGIN "${H755_SLOT_${core}_${slot}} + ${H755_IMAGE_HEADER_BYTES}"
        OUTPUT_FORMAT HEXADECIMAL)
    math(EXPR H755_LENGTH
        "${H755_SLOT_${core}_BYTES} - ${H755_IMAGE_HEADER_BYTES} - ${H755_TLV_BYTES}"
        OUTPUT_FORMAT HEXADECIMAL)
    set(script "${CMAKE_CURRENT_BINARY_DIR}/${name}_${slot}.ld")
    configure_file("${template}" "${script}" @ONLY)

    add_executable(${name}_${slot})
    set_target_properties(${name}_${slot} PROPERTIES
        SUFFIX .elf LINKER_LANGUAGE C LINK_DEPENDS "${script}")
    target_link_libraries(${name}_${slot} PRIVATE ${name})
    target_link_options(${name}_${slot} PRIVATE -mcpu=cortex-${core} -mthumb "-T${script}"
        -Wl,--gc-sections,--nmagic,--build-id=none ${ARGN})
endfunction()

function(h755_firmware name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORE;LINKER_SCRIPT"
        "SOURCES;LIBRARIES;DEFINITIONS;COMPILE_OPTIONS;LINK_OPTIONS")
    if(NOT arg_CORE MATCHES "^m[47]$")
        message(FATAL_ERROR "h755_firmware(${name}): CORE must be m7 or m4")
    endif()
    if(NOT arg_LINKER_SCRIPT)
        set(arg_LINKER_SCRIPT "${H755_FIRMWARE_CMAKE_DIR}/h755_${arg_CORE}.ld.in")
    endif()

    add_library(${name} OBJECT ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC ${arg_LIBRARIES})
    target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS})
    target_compile_options(${name} PRIVATE -mcpu=cortex-${arg_CORE} -mthumb
        -ffunction-sections -fdata-sections "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/="
        ${arg_COMPILE_OPTIONS})
    foreach(slot a b)
        h755_link_for_slot(${name} ${arg_CORE} ${slot} "${arg_LINKER_SCRIPT}" ${arg_LINK_OPTIONS})
    endforeach()
endfunction()
