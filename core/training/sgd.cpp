#include "training/sgd_p.h"

#include <variant>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

namespace espalier {

namespace {

at::Tensor trainable(const at::Tensor& tensor)
{
    return tensor.defined() ? tensor.detach().clone().requires_grad_() : at::Tensor();
}

/// Zeros or the values of `stored`, in the memory layout of `parameter` whatever that of `stored`:
/// sums over another layout could end in other bits.
at::Tensor momentumFor(const at::Tensor& parameter, const at::Tensor* stored)
{
    if (!parameter.defined())
        return {};
    auto momentum = at::zeros_like(parameter.detach());
    if (stored && stored->defined())
        momentum.copy_(*stored);
    return momentum;
}

std::shared_ptr<const Network::Weights> detachedCopy(const Network::Weights& weights)
{
    const at::NoGradGuard noGrad;
    auto copy = std::make_shared<Network::Weights>(weights);
    for (auto& node : copy->nodes)
        forEachTensor(node, [](std::string_view, at::Tensor& tensor) {
            if (tensor.defined())
                tensor = tensor.detach().clone();
        });
    return copy;
}

} // namespace

Sgd::Sgd(const TrainState& state, const TrainSettings& settings)
    : m_weights(state.network.weights())
    , m_momentum{.nodes = std::vector<NodeWeights>(m_weights.nodes.size())}
    , m_decayed{.parameters = {}, .momentum = {}, .decay = settings.weightDecay}
    , m_momentumFactor(settings.momentum)
    , m_nesterov(settings.nesterov)
{
    for (const auto& node : state.network.graph().nodes()) {
        auto& weights = m_weights[node.id];
        auto& momentum = m_momentum[node.id];
        const auto* stored = state.momentum ? &(*state.momentum)[node.id] : nullptr;
        const auto* constant = std::get_if<Parameter>(&node.operation);
        if (constant && !constant->trainable)
            continue;
        const bool isNorm = std::holds_alternative<BatchNorm2d>(node.operation)
            || std::holds_alternative<LayerNorm>(node.operation)
            || std::holds_alternative<GroupNorm>(node.operation) || constant;
        weights.weight = trainable(weights.weight);
        weights.bias = trainable(weights.bias);
        if (weights.runningMean.defined())
            weights.runningMean = weights.runningMean.clone();
        if (weights.runningVariance.defined())
            weights.runningVariance = weights.runningVariance.clone();
        momentum.weight = momentumFor(weights.weight, stored ? &stored->weight : nullptr);
        momentum.bias = momentumFor(weights.bias, stored ? &stored->bias : nullptr);
        const auto add = [&](const at::Tensor& parameter, const at::Tensor& buffer, bool decays) {
            if (!parameter.defined())
                return;
            auto& group = decays ? m_decayed : m_plain;
            group.parameters.push_back(parameter);
            group.momentum.push_back(buffer);
        };
        add(weights.weight, momentum.weight, settings.decayNorm || !isNorm);
        add(weights.bias, momentum.bias, settings.decayNorm);
    }
}

void Sgd::step(const at::Tensor& loss, double learningRate)
{
    for (const auto* group : {&m_decayed, &m_plain})
        for (const auto& parameter : group->parameters)
            parameter.mutable_grad().reset();
    loss.backward();
    const at::NoGradGuard noGrad;
    update(m_decayed, learningRate);
    update(m_plain, learningRate);
}

void Sgd::update(Group& group, double learningRate) const
{
    if (group.parameters.empty())
        return;
    std::vector<at::Tensor> gradients;
    for (const auto& parameter : group.parameters)
        gradients.push_back(parameter.grad().defined() ? parameter.grad()
                                                       : at::zeros_like(parameter));
    if (group.decay != 0.0)
        at::_foreach_add_(gradients, group.parameters, group.decay);
    at::_foreach_mul_(group.momentum, m_momentumFactor);
    at::_foreach_add_(group.momentum, gradients);
    if (m_nesterov)
        at::_foreach_add_(gradients, group.momentum, m_momentumFactor);
    at::_foreach_add_(group.parameters, m_nesterov ? gradients : group.momentum, -learningRate);
}

std::shared_ptr<const Network::Weights> Sgd::weightsCopy() const
{
    return detachedCopy(m_weights);
}

std::shared_ptr<const Network::Weights> Sgd::momentumCopy() const
{
    return detachedCopy(m_momentum);
}

} // namespace espalier
