# espalier_options carries what every target of the project is compiled with.
add_library(espalier_options INTERFACE)
target_compile_features(espalier_options INTERFACE cxx_std_20)
target_compile_definitions(espalier_options INTERFACE QT_NO_KEYWORDS)
target_compile_options(espalier_options INTERFACE
  # -Wno-restrict: g++ 12 warns falsely about string concatenation (its bug 105329)
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wconversion -Wno-restrict
  -Wno-missing-field-initializers # values are written with designated initialisers
  $<$<BOOL:${ESPALIER_WARNINGS_AS_ERRORS}>:-Werror>)
if(ESPALIER_SANITIZE)
  target_compile_options(espalier_options INTERFACE -fsanitize=${ESPALIER_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(espalier_options INTERFACE -fsanitize=${ESPALIER_SANITIZE})
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}" CACHE STRING "Compiler launcher")
endif()
