#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include "data/dataset_p.h"
#include "data/picture_loader_p.h"

namespace espalier {

/// One pass over images of a view, batch by batch. Pictures of the next batches are decoded while
/// one is worked on; everything random is drawn in the order of the batches, so that a pass gives
/// the same images whatever the threads do. For one thread.
class BatchStream {
public:
    /// Crops and flips drawn from `generator`, which nobody else may draw from meanwhile.
    struct Augmentation {
        AugmentSettings settings;
        at::Generator generator;
    };

    /// `batches` holds the positions (int64, CPU) within the view of each.
    BatchStream(const DataView& data, std::vector<at::Tensor> batches,
                std::optional<Augmentation> augmentation = std::nullopt);

    /// The next batch; to be called as often as there are batches. Errors: Stopped; NotFound, Io,
    /// BadFormat when a picture has changed since the data set was loaded.
    Result<Batch> next(const std::stop_token& stop);

private:
    Result<Batch> nextPictures(const std::stop_token& stop);
    PictureLoader::Request requestFor(const at::Tensor& positions);

    DataView m_data;
    std::vector<at::Tensor> m_batches;
    std::optional<Augmentation> m_augmentation;
    std::size_t m_taken = 0;
    std::optional<PictureLoader> m_loader; ///< of pictures only
};

/// Positions begin .. end-1.
at::Tensor positionsOf(std::int64_t begin, std::int64_t end);

/// All positions of a view of `count` images in its order, `batchSize` at a time.
std::vector<at::Tensor> inOrder(std::int64_t count, std::int64_t batchSize);

} // namespace espalier
