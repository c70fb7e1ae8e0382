# find_package(wxpusher) gives wxpusher::wxpusher (shared) and wxpusher::static.
# REALPATH: through a /lib that is a link to /usr/lib, "../../.." would be / and not /usr.
get_filename_component(_wxpusher_prefix "${CMAKE_CURRENT_LIST_DIR}" REALPATH)
get_filename_component(_wxpusher_prefix "${_wxpusher_prefix}/../../.." ABSOLUTE)
set(_wxpusher_lib "${_wxpusher_prefix}/lib")

foreach(_wxpusher_component IN LISTS ${CMAKE_FIND_PACKAGE_NAME}_FIND_COMPONENTS)
  if(${CMAKE_FIND_PACKAGE_NAME}_FIND_REQUIRED_${_wxpusher_component})
    set(${CMAKE_FIND_PACKAGE_NAME}_FOUND FALSE)
    set(${CMAKE_FIND_PACKAGE_NAME}_NOT_FOUND_MESSAGE
      "wxpusher has no component \"${_wxpusher_component}\"; find_package(wxpusher) takes no components")
    unset(_wxpusher_component)
    unset(_wxpusher_lib)
    unset(_wxpusher_prefix)
    return()
  endif()
endforeach()

include(CMakeFindDependencyMacro)
find_dependency(Threads)

if(NOT TARGET wxpusher::wxpusher)
  add_library(wxpusher::wxpusher SHARED IMPORTED)
  set_target_properties(wxpusher::wxpusher PROPERTIES
    IMPORTED_LOCATION "${_wxpusher_lib}/${CMAKE_SHARED_LIBRARY_PREFIX}wxpusher${CMAKE_SHARED_LIBRARY_SUFFIX}"
    INTERFACE_INCLUDE_DIRECTORIES "${_wxpusher_prefix}/include")
endif()

if(NOT TARGET wxpusher::static)
  add_library(wxpusher::static STATIC IMPORTED)
  set_target_properties(wxpusher::static PROPERTIES
    IMPORTED_LOCATION "${_wxpusher_lib}/${CMAKE_STATIC_LIBRARY_PREFIX}wxpusher${CMAKE_STATIC_LIBRARY_SUFFIX}"
    INTERFACE_INCLUDE_DIRECTORIES "${_wxpusher_prefix}/include"
    INTERFACE_LINK_LIBRARIES "Threads::Threads;${CMAKE_DL_LIBS};m")
endif()

unset(_wxpusher_lib)
unset(_wxpusher_prefix)
