#include "training/loss_p.h"

#include <limits>
#include <variant>

#include <ATen/Functions.h>

#include "network/precision_p.h"

namespace espalier {

at::Tensor logitsOf(const Graph& graph, const Network::Weights& weights, const at::Tensor& images,
                    Mode mode, Precision precision, const std::stop_token& stop)
{
    const PrecisionScope scope(precision, images.device().type());
    const auto output = forward(graph, weights, images, mode, stop);
    const auto* softmax = std::get_if<Softmax>(&graph.node(graph.output()).operation);
    const auto logits = !softmax || softmax->logarithm
        ? output
        : output.clamp_min(std::numeric_limits<float>::min()).log();
    return logits.to(at::kFloat);
}

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& labels, double labelSmoothing)
{
    return at::cross_entropy_loss(logits, labels, /*weight=*/{}, at::Reduction::Mean,
                                  /*ignore_index=*/-100, labelSmoothing);
}

} // namespace espalier
