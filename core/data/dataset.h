#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/device.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/data_spec.h"
#include "network/network.h"

namespace espalier {

/// The parts of a data set. Calibration and Validation are held out of the training images; Test is
/// for reporting only.
enum class Split { Train, Calibration, Validation, Test };

Result<Split> parseSplit(std::string_view text); ///< "train", "calibration", "validation", "test"
std::string splitName(Split split);

/// How many images a split holds: so many, or, as a default should, fewer where the training set is
/// small (see fittedSplits()).
struct SplitSize {
    std::int64_t images = 0;
    bool orFewer = false;
    constexpr SplitSize(std::int64_t count) // implicit: a number is a size
        : images(count)
    {
    }
    bool operator==(const SplitSize&) const = default;
};
constexpr SplitSize atMost(std::int64_t images)
{
    SplitSize size(images);
    size.orFewer = true;
    return size;
}

/// How the training images are divided: stratified by class, seeded.
struct SplitSettings {
    SplitSize calibration = atMost(2000); ///< scoring and CKA look at these
    SplitSize validation = atMost(2000); ///< choices that need accuracy look at these
    std::optional<std::int64_t> train; ///< at most so many of the rest; nothing: all
    std::uint64_t seed = 0;
    bool operator==(const SplitSettings&) const = default;
};

/// A labelled image set: raw 8-bit images in memory, or picture files decoded as they are needed,
/// and labels, of the training and the test part. Immutable; copies share it all.
class Dataset {
public:
    struct Tensors; // dataset_p.h

    /// Reads and checks the files: sizes, magic numbers, labels in range. Every picture of a folder
    /// is decoded once; what cannot be is left out and named in notices(). `input` is what the
    /// network takes, {channels, height, width}: pictures of a folder become images of that shape;
    /// without it they must have one size in common. Other images keep theirs but for spec.resize.
    /// Errors: NotFound (which file), BadFormat (which file, what is wrong), InvalidArgument (class
    /// map, resize), Mismatch (pictures cannot be made into `input`), Stopped.
    static Result<Dataset> load(const DataSpec& spec, const std::optional<Shape>& input = {},
                                const ProgressSink& progress = {}, std::stop_token stop = {});

    explicit Dataset(std::shared_ptr<const Tensors> tensors);

    const DataSpec& spec() const;
    const Shape& imageShape() const; ///< {channels, height, width}
    /// Before splitting, without what the data set itself sets apart for validation.
    std::int64_t trainCount() const;
    std::int64_t ownValidationCount() const; ///< what the data set itself sets apart
    std::int64_t testCount() const;
    const std::vector<std::string>& classes() const; ///< names, or "0", "1", ...
    /// Sentences for the user about what was left out.
    const std::vector<std::string>& notices() const;
    const Tensors& tensors() const { return *m_tensors; }
    const std::shared_ptr<const Tensors>& sharedTensors() const { return m_tensors; }

    /// The default of DESIGN: `model`'s own, else ImageNet's constants for 3 channels, else mean
    /// and deviation of the training images.
    Normalisation defaultNormalisation(const ModelMetadata& model) const;

private:
    std::shared_ptr<const Tensors> m_tensors;
};

/// `settings` with numbers for every "at most", as DataView::makeAll() divides: a tenth of the
/// training images where they are few, but one per class and four in all, if that is no more than
/// a quarter.
SplitSettings fittedSplits(const SplitSettings& settings, const Dataset& dataset);

/// Which images a split consists of, and how they become the network's input: what evaluation,
/// scoring and training read. Images are resident on `device` when they fit. Immutable, cheap to
/// copy.
class DataView {
public:
    struct Impl; // dataset_p.h

    /// The four views of a data set on `device` (resolved). A data set with a validation part of
    /// its own holds out no training images for it. Errors: InvalidArgument (the splits ask for
    /// more images than there are; a mean of the wrong length), Mismatch.
    struct All;
    static Result<All> makeAll(const Dataset& dataset, const Normalisation& normalisation,
                               const SplitSettings& splits, DeviceSpec device);

    DataView() = default;
    explicit DataView(std::shared_ptr<const Impl> impl);

    Split split() const;
    std::int64_t count() const;
    std::int64_t classCount() const;
    std::int64_t outputsNeeded() const; ///< by the class map: the largest output of a class, plus 1
    const Shape& imageShape() const;
    /// The first `limit` images of this view (stratified order is kept); all when there are fewer.
    DataView first(std::int64_t limit) const;
    const Impl& impl() const { return *m_impl; }

private:
    std::shared_ptr<const Impl> m_impl;
};

struct DataView::All {
    DataView train, calibration, validation, test;
    const DataView& operator[](Split split) const;
};

/// Errors with Mismatch, naming both, unless the network takes the view's images and has the
/// outputs that the data's classes are mapped to.
Status checkFits(const Network& network, const DataView& data);

/// A sentence where calibration or validation images, held out of the training images, are fewer
/// than the "at most" of `asked`: "20 of 200 training pictures are held out for validation ...".
std::optional<std::string> smallSplitNotice(const DataView& data, const SplitSettings& asked);

/// A sentence where the network has more outputs than the data has classes and no class map says
/// which are which: they are then taken to be the first ones.
std::optional<std::string> unmappedNotice(const Network& network, const DataView& data);

} // namespace espalier
