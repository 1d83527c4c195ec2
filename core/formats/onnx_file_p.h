#pragma once

#include <filesystem>
#include <map>

#include <ATen/core/Tensor.h>
#include <onnx/onnx_pb.h>

#include "base/result.h"

namespace espalier {

/// Parses the file and looks at what holds for every model: one graph, opset 9 to 23, only
/// operators of ONNX's own domain. Errors: NotFound, BadFormat, Unsupported.
Result<onnx::ModelProto> readOnnxFile(const std::filesystem::path& file);

/// Opset of ONNX's own operators; 0 without one.
std::int64_t opsetOf(const onnx::ModelProto& model);

/// Reads the tensors of one model, inside it or in files beside it. What a file says of sizes and
/// places is checked before it is believed, and all reads together are bounded by the files' sizes.
class OnnxTensorReader {
public:
    explicit OnnxTensorReader(const std::filesystem::path& file);

    /// Floating point as float32, integers as int64, truth values as bool.
    /// Errors: BadFormat, Unsupported, naming the tensor.
    Result<at::Tensor> read(const onnx::TensorProto& proto);

    /// Whether floating point of another width was met.
    bool hasConverted() const { return m_hasConverted; }

private:
    Result<std::string> readOutside(const onnx::TensorProto& proto, std::uint64_t bytes);

    std::filesystem::path m_folder;
    std::map<std::filesystem::path, std::uint64_t> m_left; ///< bytes that may still be read
    bool m_hasConverted = false;
};

} // namespace espalier
