#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include <ATen/core/Tensor.h>

#include "network/ablation.h"
#include "network/network_p.h"

namespace espalier {

enum class Mode {
    Evaluate, ///< running statistics, no dropout
    Train, ///< batch statistics (running ones are updated in place), dropout; autograd as enabled
};

/// Runs the whole network. `input`: N x C x H x W, float32, normalised, on the weights' device.
/// Returns the output of the last node (N x classes). Throws c10::Error on what LibTorch refuses,
/// and PassStopped between two operators when `stop` says so; in Mode::Train the backward pass
/// through the result does too. One batch may take seconds, and nobody wants to wait for it to
/// stop.
at::Tensor forward(const Graph& graph, const Network::Weights& weights, const at::Tensor& input,
                   Mode mode, const std::stop_token& stop = {});

/// As above, but returns the values of `wanted`, in that order. Every other value goes after its
/// last use. `finished` is called after each node.
std::vector<at::Tensor> forward(const Graph& graph, const Network::Weights& weights,
                                const at::Tensor& input, Mode mode, std::span<const NodeId> wanted,
                                const std::stop_token& stop = {},
                                const std::function<void(NodeId)>& finished = {});

/// The values of some nodes for one batch.
class Activations {
public:
    explicit Activations(std::size_t nodes)
        : m_values(nodes)
    {
    }
    const at::Tensor& operator[](NodeId id) const { return m_values[id.index()]; }
    at::Tensor& operator[](NodeId id) { return m_values[id.index()]; }

private:
    std::vector<at::Tensor> m_values;
};

/// Runs in Evaluate mode and keeps the value of every node (memory: the sum of all activations).
/// Throws as forward() does.
Activations forwardKeepingAll(const Graph& graph, const Network::Weights& weights,
                              const at::Tensor& input, const std::stop_token& stop = {});

/// Runs with parts switched off, recomputing only what lies behind them: everything else is taken
/// from `parent`, the activations of the whole network on the same batch. Returns the values of
/// `wanted`, in that order. What it computes on the way goes after its last use. Several threads
/// may do this at once with the same arguments. Throws as forward() does.
std::vector<at::Tensor> forwardAblated(const Graph& graph, const Network::Weights& weights,
                                       const Activations& parent, const Ablation& ablation,
                                       std::span<const NodeId> wanted,
                                       const std::stop_token& stop = {});

} // namespace espalier
