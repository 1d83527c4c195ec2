#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "base/result.h"

namespace espalier {

/// Fetches the bytes of a storage from the file.
using StorageBytes = std::function<Result<std::string>()>;

/// A tensor that still lies in a file: little-endian elements of `type` in a storage, which several
/// tensors may share.
struct StoredTensor {
    at::ScalarType type = at::kFloat;
    std::vector<std::int64_t> sizes;
    std::vector<std::int64_t> strides; ///< in elements
    std::int64_t offset = 0; ///< of the first element in its storage, in elements
    std::uint64_t storageSize = 0; ///< in bytes
    StorageBytes bytes;
};

/// Tensors by their paths ("layer1.0.conv1.weight").
using StoredTensors = std::map<std::string, StoredTensor>;

/// Strides of a contiguous tensor.
std::vector<std::int64_t> contiguousStrides(const std::vector<std::int64_t>& sizes);

/// Checks that every element lies inside the storage, and that there are not more elements than it
/// has. Errors: BadFormat, naming the tensor.
Status checkStoredTensor(const std::string& name, const StoredTensor& tensor);

/// Reads a checked tensor: contiguous, floating types as float32, others as they are. Errors:
/// BadFormat, Io. Throws c10::Error where LibTorch refuses.
Result<at::Tensor> readStoredTensor(const std::string& name, const StoredTensor& tensor);

} // namespace espalier
