#pragma once

#include <array>
#include <string_view>
#include <vector>

#include <ATen/core/Tensor.h>

#include "network/network.h"

namespace espalier {

/// The tensors of one node; undefined where the operator has none. float32.
/// Conv2d, Linear, LayerNorm and GroupNorm: weight, bias. Parameter: weight. BatchNorm2d: weight,
/// bias, runningMean, runningVariance.
struct NodeWeights {
    at::Tensor weight;
    at::Tensor bias;
    at::Tensor runningMean;
    at::Tensor runningVariance;
};

/// Applied to each tensor of a node with its PyTorch name ("weight", "running_mean", ...).
/// Works on const and mutable NodeWeights; undefined tensors are visited too.
template <class Weights, class Function> void forEachTensor(Weights& weights, Function&& function)
{
    function(std::string_view("weight"), weights.weight);
    function(std::string_view("bias"), weights.bias);
    function(std::string_view("running_mean"), weights.runningMean);
    function(std::string_view("running_var"), weights.runningVariance);
}

/// One entry per node of the graph, by NodeId.
struct Network::Weights {
    std::vector<NodeWeights> nodes;

    const NodeWeights& operator[](NodeId id) const { return nodes[id.index()]; }
    NodeWeights& operator[](NodeId id) { return nodes[id.index()]; }
};

/// Checks that every tensor the graph needs is there with its shape, and finite.
/// Errors: Mismatch, naming node and tensor.
Status checkWeights(const Graph& graph, const Network::Weights& weights);

/// Deep copy of every tensor.
Network::Weights cloneWeights(const Network::Weights& weights);

} // namespace espalier
