# Turns branding.json into `branding/branding.h` (target `branding`) and variables for firmware.
# Read at build time only; nothing of it is read at run time.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${CMAKE_CURRENT_LIST_DIR}/branding.json" "${CMAKE_CURRENT_LIST_DIR}/branding.h.in")
set(H755_BRANDING "${CMAKE_CURRENT_LIST_DIR}/branding.json" CACHE FILEPATH "The brand to build")

file(READ "${H755_BRANDING}" branding_json)

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

branding_get(BRANDING_VENDOR_NAME vendorName)
branding_get(BRANDING_PRODUCT_NAME productName)
branding_get(BRANDING_UPDATER_NAME updaterName)
branding_get(BRANDING_APPLICATION_ID applicationId)
branding_get(BRANDING_HOMEPAGE homepage)
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
    message(FATAL_ERROR "H755_PRODUCTION: branding.json still has development keys or test USB ids")
endif()
if(BRANDING_DEVELOPMENT)
    set(BRANDING_IS_DEVELOPMENT true)
else()
    set(BRANDING_IS_DEVELOPMENT false)
endif()

configure_file("${CMAKE_CURRENT_LIST_DIR}/branding.h.in"
    "${PROJECT_BINARY_DIR}/generated/branding/branding.h" @ONLY)
add_library(branding INTERFACE)
target_include_directories(branding INTERFACE "${PROJECT_BINARY_DIR}/generated")

# udev compares sysfs text: lower-case digits without 0x.
function(set_udev_digits variable id)
    string(REGEX REPLACE "^0x" "" digits "${id}")
    string(TOLOWER "${digits}" digits)
    set(${variable} "${digits}" PARENT_SCOPE)
endfunction()
set_udev_digits(vendor "${BRANDING_VENDOR_ID}")
set_udev_digits(runtime "${BRANDING_RUNTIME_PRODUCT_ID}")
set_udev_digits(bootloader "${BRANDING_BOOTLOADER_PRODUCT_ID}")
# Modaliases have upper-case ones.
foreach(id vendor runtime bootloader)
    string(TOUPPER "${${id}}" ${id}_upper)
endforeach()
foreach(file 70-h755-updater.rules h755-updater.metainfo.xml)
    configure_file("${CMAKE_CURRENT_LIST_DIR}/${file}.in"
        "${PROJECT_BINARY_DIR}/generated/${file}" @ONLY)
endforeach()
