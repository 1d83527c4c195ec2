#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "data/picture_crop.h"
#include "network/graph.h"

namespace espalier {

/// What pictures are made into.
struct PictureForm {
    Shape shape; ///< {channels, height, width}; 3 channels or 1
    std::optional<std::int64_t> resize; ///< see centreCrop()
};

/// Bytes of decoded pictures that may be kept.
using PictureBudget = std::atomic<std::int64_t>;

/// Picture files, decoded when they are asked for; those that fitted into the budget are kept
/// decoded. Immutable and safe to use from several threads at once.
class Pictures {
public:
    /// Decodes every file once, on `threads` threads, so that a broken one is known before work
    /// begins. Errors: Stopped.
    struct Checked;
    static Result<Checked> check(std::vector<std::filesystem::path> files, const PictureForm& form,
                                 int threads, PictureBudget& budget, ProgressMeter& meter,
                                 const std::stop_token& stop);

    /// Pictures that are decoded already.
    static std::shared_ptr<const Pictures> inMemory(std::vector<Picture> pictures);

    std::int64_t count() const { return std::ssize(m_files); }
    const PictureForm& form() const { return m_form; }
    std::size_t imageBytes() const; ///< channels x height x width
    /// {width, height} that all pictures have in common, if they have.
    std::optional<std::pair<std::int64_t, std::int64_t>> commonSize() const { return m_commonSize; }
    /// These pictures, made into another form.
    std::shared_ptr<const Pictures> withForm(const PictureForm& form) const;
    /// The pictures at `positions`, in that order.
    std::shared_ptr<const Pictures> only(std::span<const std::int64_t> positions) const;

    /// Picture `position` as height x width x channels, cropped as for evaluation.
    /// Errors: those of readPicture(), when a file has changed since it was checked.
    Status evaluation(std::int64_t position, std::span<std::uint8_t> pixels) const;
    /// The same with a random crop and flip.
    Status augmented(std::int64_t position, const AugmentSettings& settings, const CropDraws& draws,
                     std::span<std::uint8_t> pixels) const;

private:
    Result<std::shared_ptr<const Picture>> decoded(std::int64_t position) const;

    PictureForm m_form;
    std::vector<std::filesystem::path> m_files;
    std::vector<std::shared_ptr<const Picture>> m_kept; ///< null: not kept
    std::optional<std::pair<std::int64_t, std::int64_t>> m_commonSize;
};

struct Pictures::Checked {
    std::shared_ptr<const Pictures> pictures; ///< those that can be read
    std::vector<std::int64_t> readable; ///< their positions in the list of files
    std::vector<std::string> problems; ///< a sentence for each of the others
};

} // namespace espalier
