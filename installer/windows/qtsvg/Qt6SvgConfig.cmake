# find_package(Qt6 COMPONENTS Svg) reads this.
get_filename_component(prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." REALPATH)
add_library(Qt6::Svg SHARED IMPORTED)
set_target_properties(Qt6::Svg PROPERTIES
    IMPORTED_LOCATION "${prefix}/bin/Qt6Svg.dll"
    IMPORTED_IMPLIB "${prefix}/lib/libQt6Svg.dll.a"
    INTERFACE_INCLUDE_DIRECTORIES "${prefix}/include;${prefix}/include/QtSvg"
    INTERFACE_LINK_LIBRARIES Qt6::Gui)
set(Qt6Svg_FOUND TRUE)
