#pragma once

#include <memory>
#include <stop_token>

#include "base/result.h"
#include "data/dataset_p.h"

namespace espalier {

/// Makes pictures the images of a data set: resized as its spec says and cropped to `input`, which
/// the network takes. Errors: Mismatch (no pictures can be made into `input`), InvalidArgument (a
/// resize below it), Stopped.
Status setPictures(Dataset::Tensors& tensors, const std::shared_ptr<const Pictures>& train,
                   const std::shared_ptr<const Pictures>& test, const Shape& input,
                   const std::stop_token& stop);

/// The same with the images that the data set holds in memory, which it gives up: from then on they
/// are evaluated and augmented as pictures of a folder are.
Status resizeImages(Dataset::Tensors& tensors, const Shape& input, const std::stop_token& stop);

} // namespace espalier
