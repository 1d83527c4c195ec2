#include "criteria/norms_p.h"

#include <map>
#include <numeric>
#include <variant>

#include <ATen/Functions.h>

#include "network/network_p.h"

namespace espalier {

namespace {

std::vector<double> normsOf(const at::Tensor& weight, Criterion criterion)
{
    const auto rows = weight.detach().flatten(/*start_dim=*/1).to(at::kDouble);
    const auto norms = criterion == Criterion::L1 ? rows.abs().sum(/*dim=*/1)
                                                  : rows.square().sum(/*dim=*/1).sqrt();
    const auto onCpu = norms.to(at::kCPU).contiguous();
    const auto* values = onCpu.data_ptr<double>();
    return {values, values + onCpu.numel()};
}

struct Mean {
    double sum = 0.0;
    std::int64_t count = 0;
    void add(double value)
    {
        sum += value;
        ++count;
    }
    double value() const { return count > 0 ? sum / static_cast<double>(count) : 0.0; }
};

} // namespace

FilterNorms::FilterNorms(const Network& network, const Structures& structures, Criterion criterion)
    : m_structures(structures)
{
    for (const auto& node : network.graph().nodes()) {
        const bool hasFilters = std::holds_alternative<Conv2d>(node.operation)
            || std::holds_alternative<Linear>(node.operation);
        m_ofNode.push_back(hasFilters ? normsOf(network.weights()[node.id].weight, criterion)
                                      : std::vector<double>());
    }
}

double FilterNorms::ofLayer(const Layer& layer) const
{
    Mean mean;
    for (const auto id : layer.nodes) {
        for (const double norm : m_ofNode[id.index()])
            mean.add(norm);
    }
    return mean.value();
}

std::vector<double> FilterNorms::ofUnits(const FilterGroup& group) const
{
    std::map<UnitId, Mean> means;
    for (const auto unit : group.units)
        means[unit];
    for (const auto producer : group.producers) {
        const auto& units = m_structures.channels[producer.index()].units;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (const auto mean = means.find(units[i]); mean != means.end())
                mean->second.add(m_ofNode[producer.index()][i]);
        }
    }
    std::vector<double> scores;
    for (const auto unit : group.units)
        scores.push_back(means[unit].value());
    return scores;
}

} // namespace espalier
