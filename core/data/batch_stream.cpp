#include "data/batch_stream_p.h"

#include <algorithm>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include "data/normalised_p.h"

namespace espalier {

namespace {

constexpr std::size_t batchesAhead = 2;

} // namespace

BatchStream::BatchStream(const DataView& data, std::vector<at::Tensor> batches,
                         std::optional<Augmentation> augmentation)
    : m_data(data)
    , m_batches(std::move(batches))
    , m_augmentation(std::move(augmentation))
{
    if (data.impl().pictures)
        m_loader.emplace(data.impl().pictures, at::get_num_threads());
}

Result<Batch> BatchStream::next(const std::stop_token& stop)
{
    if (stop.stop_requested())
        return stopped();
    if (m_loader)
        return nextPictures(stop);
    const auto& positions = m_batches[m_taken++];
    if (!m_augmentation)
        return batchAt(m_data, positions);
    return augmentedBatchAt(m_data, positions, m_augmentation->settings, m_augmentation->generator);
}

Result<Batch> BatchStream::nextPictures(const std::stop_token& stop)
{
    const auto wanted = std::min(m_taken + 1 + batchesAhead, m_batches.size());
    for (auto asked = m_taken + m_loader->waiting(); asked < wanted; ++asked)
        m_loader->request(requestFor(m_batches[asked]));
    const auto images = m_loader->take(stop);
    if (!images)
        return fail(images.error());
    const auto which = m_data.impl().indices.index_select(0, m_batches[m_taken++]);
    return normalised(m_data.impl(), *images, which);
}

PictureLoader::Request BatchStream::requestFor(const at::Tensor& positions)
{
    PictureLoader::Request request;
    const auto which = m_data.impl().indices.index_select(0, positions).contiguous();
    const auto* first = which.data_ptr<std::int64_t>();
    request.positions.assign(first, first + which.numel());
    if (!m_augmentation)
        return request;
    request.augment = m_augmentation->settings;
    constexpr auto perPicture = static_cast<std::int64_t>(CropDraws().size());
    const auto numbers =
        at::rand({which.numel(), perPicture}, m_augmentation->generator, at::kDouble);
    const auto* number = numbers.data_ptr<double>();
    for (std::int64_t i = 0; i < which.numel(); ++i, number += perPicture)
        std::copy_n(number, perPicture, request.draws.emplace_back().begin());
    return request;
}

at::Tensor positionsOf(std::int64_t begin, std::int64_t end)
{
    return at::arange(begin, end, at::TensorOptions(at::kLong));
}

std::vector<at::Tensor> inOrder(std::int64_t count, std::int64_t batchSize)
{
    std::vector<at::Tensor> batches;
    for (std::int64_t begin = 0; begin < count; begin += batchSize)
        batches.push_back(positionsOf(begin, std::min(begin + batchSize, count)));
    return batches;
}

} // namespace espalier
