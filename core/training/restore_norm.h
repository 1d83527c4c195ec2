#pragma once

#include <stop_token>

#include "base/progress.h"
#include "base/result.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier {

/// Puts a batch norm behind each of convolutionsWithoutNorm(), "NAME_bn", that changes nothing: its
/// running statistics are those of the convolution's outputs on `data`, its weight and bias undo
/// them. So outputs stay, to rounding, and do in training too as long as batches are like `data`.
/// With an empty view the statistics are mean 0 and variance 1. The network must be on the view's
/// device. Looks at `stop` once per batch. Errors: Mismatch, Stopped.
Result<Network> restoreBatchNorm(const Network& network, const DataView& data,
                                 const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
