# Two Debian packages by CPack. What they depend on is computed from the programs (dpkg-shlibdeps);
# nothing of the system is copied into them.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME "${BRANDING_PACKAGE_NAME}")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_VENDOR "${BRANDING_VENDOR_NAME}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package's own is its description's first line
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGE_HOMEPAGE_URL "${BRANDING_HOMEPAGE}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_COMPONENTS_ALL updater tools)
set(CPACK_COMPONENTS_GROUPING IGNORE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_UPDATER_PACKAGE_NAME "${BRANDING_PACKAGE_NAME}")
set(CPACK_DEBIAN_UPDATER_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_UPDATER_PACKAGE_RECOMMENDS "udev, qt6-wayland")
set(CPACK_DEBIAN_UPDATER_PACKAGE_SUGGESTS "openocd, ${BRANDING_PACKAGE_NAME}-tools")
# Brands have the same programs: one of them at a time.
set(CPACK_DEBIAN_UPDATER_PACKAGE_PROVIDES h755-updater-programs)
set(CPACK_DEBIAN_UPDATER_PACKAGE_CONFLICTS h755-updater-programs)
set(CPACK_DEBIAN_UPDATER_PACKAGE_CONTROL_EXTRA
    "${CMAKE_CURRENT_BINARY_DIR}/postinst" "${CMAKE_CURRENT_BINARY_DIR}/postrm")
set(CPACK_DEBIAN_UPDATER_DESCRIPTION "firmware updates for ${BRANDING_PRODUCT_NAME}
Installs signed firmware releases over USB. The cable may be pulled and the
power may fail at any moment: the device always keeps firmware that starts,
and the update goes on where it was.

This package has the window (h755-updater) and the command-line program
(h755ctl).")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME "${BRANDING_PACKAGE_NAME}-tools")
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS umockdev) # whose library virtual-h755 loads by name
set(CPACK_DEBIAN_TOOLS_PACKAGE_RECOMMENDS "${BRANDING_PACKAGE_NAME}, dfu-util")
set(CPACK_DEBIAN_TOOLS_PACKAGE_PROVIDES h755-updater-tools-programs)
set(CPACK_DEBIAN_TOOLS_PACKAGE_CONFLICTS h755-updater-tools-programs)
set(CPACK_DEBIAN_TOOLS_DESCRIPTION
    "firmware releases and virtual devices for ${BRANDING_PRODUCT_NAME}
For the vendor and test benches: h755-bundle signs firmware for both cores and
packs it into releases, virtual-h755 shows devices without hardware to the
programs that update them.")
include(CPack)
