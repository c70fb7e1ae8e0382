# find_package(wxpusher) gives wxpusher::wxpusher (shared) and wxpusher::static.
get_filename_component(_wxpusher_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(_wxpusher_lib "${_wxpusher_prefix}/lib")

find_package(Threads REQUIRED)

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
