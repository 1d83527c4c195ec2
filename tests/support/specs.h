#pragma once

#include <string>
#include <vector>

#include "network/graph.h"

namespace espalier::test {

/// A chain of specs with consecutive ids.
class Specs {
public:
    NodeId add(std::string name, Operation operation, std::vector<NodeId> inputs)
    {
        m_specs.push_back({std::move(name), operation, std::move(inputs)});
        return NodeId(static_cast<std::int64_t>(m_specs.size()) - 1);
    }
    NodeId input() { return add("input", Input{}, {}); }
    NodeId conv(std::string name, NodeId in, std::int64_t from, std::int64_t to,
                std::int64_t groups = 1)
    {
        return add(std::move(name),
                   Conv2d{.inChannels = from,
                          .outChannels = to,
                          .kernel = {3, 3},
                          .padding = {1, 1},
                          .groups = groups},
                   {in});
    }
    /// Global pooling and two classes.
    NodeId classifier(NodeId in, std::int64_t features)
    {
        in = add("pool", AdaptiveAvgPool2d{}, {in});
        in = add("flatten", Flatten{}, {in});
        return add("linear", Linear{.inFeatures = features, .outFeatures = 2}, {in});
    }
    Graph graph(const Shape& input) const { return *Graph::build(m_specs, input); }

private:
    std::vector<NodeSpec> m_specs;
};

} // namespace espalier::test
