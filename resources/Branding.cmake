# Turns a branding.json into `branding/branding.h` (an INTERFACE target), an udev rule and AppStream
# metadata. Read at build time only; nothing of it is read at run time.
set(H755_BRANDING "${CMAKE_CURRENT_LIST_DIR}/branding.json" CACHE FILEPATH "The brand to build")
set(branding_templates "${CMAKE_CURRENT_LIST_DIR}")

function(branding_get variable)
    string(JSON value GET "${branding_json}" ${ARGN})
    set(${variable} "${value}" PARENT_SCOPE)
endfunction()

# "0a1b" -> "0x0a, 0x1b"; the length is checked: a key with a missing digit must not compile.
function(branding_get_bytes variable bytes)
    string(JSON hex GET "${branding_json}" ${ARGN})
    string(LENGTH "${hex}" digits)
    math(EXPR wanted "2 * ${bytes}")
    if(NOT digits EQUAL wanted OR NOT hex MATCHES "^[0-9a-f]+$")
        message(FATAL_ERROR "branding.json: ${ARGN} must be ${wanted} lower-case hex digits")
    endif()
    string(REGEX REPLACE "(..)" "0x\\1, " list "${hex}")
    set(${variable} "${list}" PARENT_SCOPE)
endfunction()

# udev compares sysfs text: lower-case digits without 0x.
function(set_udev_digits variable id)
    string(REGEX REPLACE "^0x" "" digits "${id}")
    string(TOLOWER "${digits}" digits)
    set(${variable} "${digits}" PARENT_SCOPE)
endfunction()

# add_branding(TARGET JSON FOLDER): target TARGET, and everything made from JSON in FOLDER.
# The target's properties BRAND_ACCESS_RULE, BRAND_METADATA and BRAND_ICON name these files.
function(add_branding target json folder)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${json}"
        "${branding_templates}/branding.h.in")
    file(READ "${json}" branding_json)
    cmake_path(GET json PARENT_PATH json_folder)

    branding_get(BRANDING_VENDOR_NAME vendorName)
    branding_get(BRANDING_PRODUCT_NAME productName)
    branding_get(BRANDING_UPDATER_NAME updaterName)
    branding_get(BRANDING_APPLICATION_ID applicationId)
    if(NOT BRANDING_APPLICATION_ID MATCHES "^[A-Za-z0-9][A-Za-z0-9._-]*$")
        message(FATAL_ERROR "branding.json: applicationId must be like org.example.Updates")
    endif()
    branding_get(BRANDING_HOMEPAGE homepage)
    branding_get(BRANDING_ICON icon)
    branding_get(BRANDING_ACCENT accent)
    if(NOT BRANDING_ACCENT MATCHES "^#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]$")
        message(FATAL_ERROR "branding.json: accent must be a colour like #2f6f8f")
    endif()
    branding_get(BRANDING_PRODUCT_ID productId)
    branding_get(BRANDING_HARDWARE_REVISION hardwareRevision)
    branding_get(BRANDING_VENDOR_ID usb vendorId)
    branding_get(BRANDING_RUNTIME_PRODUCT_ID usb runtimeProductId)
    branding_get(BRANDING_BOOTLOADER_PRODUCT_ID usb bootloaderProductId)
    branding_get(BRANDING_RUNTIME_GUID usb runtimeInterfaceGuid)
    branding_get(BRANDING_BOOTLOADER_GUID usb bootloaderInterfaceGuid)
    branding_get(BRANDING_DEVELOPMENT development)
    foreach(i 0 1)
        branding_get(BRANDING_KEY_${i}_INDEX keys ${i} index)
        branding_get(BRANDING_KEY_${i}_NAME keys ${i} name)
        branding_get_bytes(BRANDING_KEY_${i}_POINT 65 keys ${i} point)
        branding_get_bytes(BRANDING_KEY_${i}_HASH 32 keys ${i} keyHash)
    endforeach()

    if(H755_PRODUCTION AND (BRANDING_DEVELOPMENT OR BRANDING_VENDOR_ID STREQUAL "0x1209"))
        message(FATAL_ERROR
            "H755_PRODUCTION: branding.json still has development keys or test USB ids")
    endif()
    if(BRANDING_DEVELOPMENT)
        set(BRANDING_IS_DEVELOPMENT true)
    else()
        set(BRANDING_IS_DEVELOPMENT false)
    endif()

    configure_file("${branding_templates}/branding.h.in" "${folder}/branding/branding.h" @ONLY)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${folder}")

    set_udev_digits(vendor "${BRANDING_VENDOR_ID}")
    set_udev_digits(runtime "${BRANDING_RUNTIME_PRODUCT_ID}")
    set_udev_digits(bootloader "${BRANDING_BOOTLOADER_PRODUCT_ID}")
    # Modaliases have upper-case ones.
    foreach(id vendor runtime bootloader)
        string(TOUPPER "${${id}}" ${id}_upper)
    endforeach()
    # Two brands' rules may lie in the same folder of one computer.
    set(access_rule "${folder}/70-${BRANDING_APPLICATION_ID}.rules")
    configure_file("${branding_templates}/access.rules.in" "${access_rule}" @ONLY)
    set(metadata "${folder}/h755-updater.metainfo.xml")
    configure_file("${branding_templates}/h755-updater.metainfo.xml.in" "${metadata}" @ONLY)
    set_target_properties(${target} PROPERTIES BRAND_METADATA "${metadata}"
        BRAND_ACCESS_RULE "${access_rule}" BRAND_ICON "${json_folder}/${BRANDING_ICON}")
endfunction()

add_branding(branding "${H755_BRANDING}" "${PROJECT_BINARY_DIR}/generated")
