#include "criteria/batches_p.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "data/batch_stream_p.h"

namespace espalier {

std::vector<BatchRange> evenBatches(std::int64_t count, std::int64_t limit)
{
    const auto batches = (count + limit - 1) / limit;
    std::vector<BatchRange> ranges;
    for (std::int64_t i = 0; i < batches; ++i)
        ranges.push_back({count * i / batches, count * (i + 1) / batches});
    return ranges;
}

std::vector<at::Tensor> positionsOf(const std::vector<BatchRange>& ranges)
{
    std::vector<at::Tensor> positions;
    for (const auto& range : ranges)
        positions.push_back(positionsOf(range.begin, range.end));
    return positions;
}

std::int64_t imagesPerBatch(const Graph& graph, const DeviceSpec& device)
{
    std::int64_t values = 0;
    for (const auto& node : graph.nodes())
        values += std::accumulate(node.shape.begin(), node.shape.end(), std::int64_t{1},
                                  std::multiplies<>());
    const std::int64_t bytes = values * static_cast<std::int64_t>(sizeof(float));
    const std::int64_t budget =
        device.kind == DeviceSpec::Kind::Cuda ? std::int64_t{2} << 30 : std::int64_t{256} << 20;
    return std::clamp<std::int64_t>(budget / std::max<std::int64_t>(bytes, 1), 8, 1000);
}

} // namespace espalier
