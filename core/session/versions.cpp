#include "session/versions.h"

#include <google/protobuf/stubs/common.h>
#include <onnx/common/version.h>
#include <sqlite3.h>

namespace espalier {

std::vector<LibraryVersion> libraryVersions()
{
    return {
        {"SQLite", sqlite3_libversion()},
        {"ONNX", ONNX_NAMESPACE::LAST_RELEASE_VERSION},
        {"Protocol Buffers", google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION)},
        {"yaml-cpp", ESPALIER_YAML_VERSION},
    };
}

} // namespace espalier
