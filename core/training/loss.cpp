#include "training/loss_p.h"

#include <limits>
#include <variant>

#include <ATen/Functions.h>

namespace espalier {

at::Tensor logitsOf(const Graph& graph, const at::Tensor& output)
{
    const auto* softmax = std::get_if<Softmax>(&graph.node(graph.output()).operation);
    if (!softmax || softmax->logarithm)
        return output;
    return output.clamp_min(std::numeric_limits<float>::min()).log();
}

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& labels, double labelSmoothing)
{
    return at::cross_entropy_loss(logits, labels, /*weight=*/{}, at::Reduction::Mean,
                                  /*ignore_index=*/-100, labelSmoothing);
}

} // namespace espalier
