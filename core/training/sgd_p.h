#pragma once

#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

#include "network/network_p.h"
#include "training/finetune.h"

namespace espalier {

/// The trainable copy of a network: leaf tensors that gather gradients, and their momentum.
/// torch::optim::SGD does the same arithmetic, but keeps its momentum behind a map whose key
/// differs between LibTorch 1.13 (text) and 2.x (pointer), so it could not be stored and restored
/// in one way.
class Sgd {
public:
    /// Copies weights and momentum (zero where absent), so that `state` stays as it is.
    Sgd(const TrainState& state, const TrainSettings& settings);

    /// Running statistics are updated in place by forward() in Mode::Train.
    const Network::Weights& weights() const { return m_weights; }

    /// Clears the gradients, propagates `loss` back and moves the weights by one step:
    /// g += decay w; v = momentum v + g; w -= rate (g + momentum v), or w -= rate v without
    /// Nesterov.
    void step(const at::Tensor& loss, double learningRate);

    /// Detached copies, to keep.
    std::shared_ptr<const Network::Weights> weightsCopy() const;
    std::shared_ptr<const Network::Weights> momentumCopy() const;

private:
    /// Parameters that share a weight decay; gradients are stepped for all of them at once.
    struct Group {
        std::vector<at::Tensor> parameters;
        std::vector<at::Tensor> momentum;
        double decay = 0.0;
    };
    void update(Group& group, double learningRate) const;

    Network::Weights m_weights;
    Network::Weights m_momentum;
    Group m_decayed;
    Group m_plain;
    double m_momentumFactor;
    bool m_nesterov;
};

} // namespace espalier
