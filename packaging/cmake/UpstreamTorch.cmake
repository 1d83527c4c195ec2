# Upstream LibTorch out of the `torch` wheel: ESPALIER_TORCH_DIR is the wheel's folder `torch`.
# The wheel's own CMake package asks for nvcc when it is built with CUDA; a project without .cu files
# only needs the libraries, so their imported targets are made here.
set(_torch_lib "${ESPALIER_TORCH_DIR}/lib")
if(NOT EXISTS "${_torch_lib}/libtorch_cpu.so" OR NOT EXISTS "${ESPALIER_TORCH_DIR}/include/ATen/ATen.h")
  message(FATAL_ERROR "ESPALIER_TORCH_DIR=${ESPALIER_TORCH_DIR} is not the folder of a torch wheel: "
                      "it lacks lib/libtorch_cpu.so or include/ATen/ATen.h.")
endif()
# Wheels before 2.7 use the C++ ABI of before 2011, which no library of Debian's shares.
file(STRINGS "${_torch_lib}/libc10.so" _torch_new_abi REGEX "NSt7__cxx1112basic_string" LIMIT_COUNT 1)
if(NOT _torch_new_abi)
  message(FATAL_ERROR "The torch wheel in ${ESPALIER_TORCH_DIR} uses the pre-C++11 ABI; take 2.7 or newer.")
endif()

# The wheel brings headers of another protobuf, which would be found before the system's. Its library keeps that
# protobuf to itself, so only the order of headers matters.
set(ESPALIER_INCLUDE_FIRST "${CMAKE_BINARY_DIR}/include-first")
find_path(_espalier_protobuf google/protobuf/message.h REQUIRED NO_CACHE)
file(MAKE_DIRECTORY "${ESPALIER_INCLUDE_FIRST}")
file(CREATE_LINK "${_espalier_protobuf}/google" "${ESPALIER_INCLUDE_FIRST}/google" SYMBOLIC)

function(_espalier_torch_library name)
  add_library(${name} SHARED IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION "${_torch_lib}/lib${name}.so")
  target_include_directories(${name} SYSTEM INTERFACE "${ESPALIER_INCLUDE_FIRST}"
    "${ESPALIER_TORCH_DIR}/include" "${ESPALIER_TORCH_DIR}/include/torch/csrc/api/include")
  target_compile_definitions(${name} INTERFACE _GLIBCXX_USE_CXX11_ABI=1)
endfunction()

_espalier_torch_library(c10)
_espalier_torch_library(torch_cpu)
target_link_libraries(torch_cpu INTERFACE c10)
add_library(torch INTERFACE IMPORTED GLOBAL)
target_link_libraries(torch INTERFACE torch_cpu)

if(EXISTS "${_torch_lib}/libtorch_cuda.so")
  _espalier_torch_library(c10_cuda)
  _espalier_torch_library(torch_cuda)
  target_link_libraries(torch_cuda INTERFACE c10_cuda torch_cpu)
  # Nothing calls into torch_cuda by name: its kernels register themselves when it is loaded.
  target_link_libraries(torch INTERFACE
    -Wl,--push-state,--no-as-needed "${_torch_lib}/libtorch_cuda.so" -Wl,--pop-state torch_cuda)
  # The wheels of CUDA's own libraries lie beside; they are found at run time, not when linking.
  target_link_options(torch INTERFACE -Wl,--allow-shlib-undefined)
endif()

file(STRINGS "${ESPALIER_TORCH_DIR}/version.py" _torch_version REGEX "^__version__")
string(REGEX REPLACE ".*'(.*)'.*" "\\1" _torch_version "${_torch_version}")
message(STATUS "LibTorch ${_torch_version} from ${ESPALIER_TORCH_DIR}")
set(Torch_FOUND TRUE)
