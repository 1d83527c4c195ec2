#pragma once

#include <string>

#include "training/finetune.h"

namespace espalier::cli {

/// "epoch 3/10  loss 0.3121  train 89.10 %  validation 91.20 %  lr 0.01  0:12"
std::string epochText(const EpochResult& epoch);

} // namespace espalier::cli
