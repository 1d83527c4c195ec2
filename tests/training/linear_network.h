#pragma once

#include <memory>
#include <vector>

#include <ATen/Functions.h>

#include "data/dataset_p.h"
#include "network/network_p.h"

namespace espalier::test {

/// Images of 1x1x2 into a Linear with 2 outputs, and what `last` adds behind it: small enough to
/// work out by hand.
inline Network linearNetwork(const std::vector<float>& weight, const std::vector<float>& bias,
                             const std::vector<Operation>& last = {})
{
    std::vector<NodeSpec> specs{{"input", Input{}, {}},
                                {"flatten", Flatten{}, {NodeId(0)}},
                                {"linear", Linear{2, 2, true}, {NodeId(1)}}};
    for (const auto& operation : last)
        specs.push_back({"last", operation, {NodeId(2)}});
    auto graph = std::make_shared<const Graph>(*Graph::build(specs, {1, 1, 2}));
    auto weights = std::make_shared<Network::Weights>();
    weights->nodes.resize(specs.size());
    weights->nodes[2].weight = at::tensor(weight).view({2, 2});
    weights->nodes[2].bias = at::tensor(bias);
    return Network(std::move(graph), std::move(weights));
}

/// Training and test images are the same: pixel values as given, two an image.
inline DataView::All smallViews(const std::vector<int>& pixels,
                                const std::vector<std::int64_t>& labels,
                                const SplitSettings& splits = {
                                    .calibration = 0, .validation = 0, .train = {}, .seed = 0})
{
    const auto images = at::tensor(pixels).to(at::kByte).view({-1, 1, 1, 2});
    const auto classes = at::tensor(labels, at::TensorOptions(at::kLong));
    const Dataset data(std::make_shared<const Dataset::Tensors>(
        Dataset::Tensors{.spec = {.format = DataSpec::Format::Idx, .directory = "small"},
                         .imageShape = {1, 1, 2},
                         .classes = {"a", "b"},
                         .trainImages = images,
                         .trainLabels = classes,
                         .testImages = images,
                         .testLabels = classes}));
    return *DataView::makeAll(data, {.mean = {0.0}, .deviation = {1.0}}, splits,
                              {.kind = DeviceSpec::Kind::Cpu});
}

} // namespace espalier::test
