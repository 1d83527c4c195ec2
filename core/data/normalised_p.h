#pragma once

#include <ATen/core/Tensor.h>

#include "data/dataset_p.h"

namespace espalier {

/// Raw `images` (uint8, N x C x H x W) of the part's images `which` (int64) as the network takes
/// them: on the view's device, normalised, with their labels.
Batch normalised(const DataView::Impl& view, const at::Tensor& images, const at::Tensor& which);

} // namespace espalier
