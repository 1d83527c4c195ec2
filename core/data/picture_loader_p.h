#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include <ATen/core/Tensor.h>

#include "base/result.h"
#include "data/pictures.h"

namespace espalier {

/// Batches of pictures, decoded by threads of its own ahead of use. A batch's values depend on its
/// request alone, not on threads or timing. Requesting and taking belong to one thread; the
/// destructor stops what is under way.
class PictureLoader {
public:
    struct Request {
        std::vector<std::int64_t> positions;
        AugmentSettings augment;
        std::vector<CropDraws> draws; ///< one a picture; empty: cropped as for evaluation
    };

    PictureLoader(std::shared_ptr<const Pictures> pictures, int threads);
    PictureLoader(const PictureLoader&) = delete;
    PictureLoader& operator=(const PictureLoader&) = delete;
    ~PictureLoader();

    void request(Request request);
    /// How many batches were requested and not yet taken.
    std::size_t waiting() const { return m_batches.size(); }
    /// The oldest batch that was requested; N x C x H x W, uint8, channels-last. Errors: those of
    /// Pictures, Stopped.
    Result<at::Tensor> take(const std::stop_token& stop);

private:
    struct Work {
        Request request;
        at::Tensor images; ///< N x H x W x C
        std::size_t next = 0; ///< picture that no thread has taken
        std::size_t done = 0;
        std::optional<Error> error;
    };

    void run(const std::stop_token& stop);
    std::shared_ptr<Work> workWithPictures() const;
    Status decode(const Work& work, std::size_t picture) const;

    std::shared_ptr<const Pictures> m_pictures;
    std::mutex m_mutex; ///< guards m_batches and what they hold
    std::condition_variable_any m_changed;
    std::deque<std::shared_ptr<Work>> m_batches;
    std::vector<std::jthread> m_threads; ///< last: they use what stands above
};

} // namespace espalier
