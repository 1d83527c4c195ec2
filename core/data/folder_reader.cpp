#include <algorithm>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include "base/core_text.h"
#include "data/folder_listing.h"
#include "data/picture_set_p.h"
#include "data/readers_p.h"
#include "data/splits_p.h"

namespace espalier {

namespace {

constexpr std::int64_t keptBytes = std::int64_t{1} << 30; // of decoded pictures
constexpr std::int64_t testPart = 5; // one picture in so many, where the folder is not divided
constexpr std::uint64_t testSeed = 0; // fixed: no experiment's seed may move pictures into the test

struct Part {
    std::shared_ptr<const Pictures> pictures;
    at::Tensor labels;
    std::int64_t validation = 0; ///< how many, the last ones, came from the validation folder
};

at::Tensor asTensor(const std::vector<std::int64_t>& values)
{
    return at::tensor(values, at::TensorOptions(at::kLong));
}

/// The reader's values and what several of its steps need.
class FolderReader {
public:
    FolderReader(const DataSpec& spec, const std::optional<Shape>& input,
                 const ProgressSink& progress, const std::stop_token& stop)
        : m_spec(spec)
        , m_input(input)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    Result<Dataset::Tensors> read()
    {
        auto listing = listFolder(m_spec.directory);
        if (!listing)
            return fail(listing.error());
        m_notices = std::move(listing->notices);
        m_classes = listing->classes;
        return checkParts(*std::move(listing)).and_then([&](std::pair<Part, Part> parts) {
            return assemble(std::move(parts.first), std::move(parts.second));
        });
    }

private:
    Result<std::pair<Part, Part>> checkParts(FolderListing listing)
    {
        const auto all = listing.train.files.size() + listing.validation.files.size()
            + listing.test.files.size();
        ProgressMeter meter(m_progress, CoreText::tr("checking pictures"),
                            static_cast<std::int64_t>(all), CoreText::tr("pictures"));
        // Training and validation pictures are one part, whose end is the validation.
        const auto trainFiles = std::ssize(listing.train.files);
        std::ranges::move(listing.validation.files, std::back_inserter(listing.train.files));
        std::ranges::move(listing.validation.labels, std::back_inserter(listing.train.labels));
        auto train = checked(std::move(listing.train), trainFiles, meter);
        if (!train)
            return fail(train.error());
        const auto testFiles = std::ssize(listing.test.files);
        auto test = checked(std::move(listing.test), testFiles, meter);
        if (!test)
            return fail(test.error());
        tellProblems(all);
        if (train->pictures->count() + test->pictures->count() == 0)
            return fail(ErrorCode::BadFormat, nothingToRead());
        if (!listing.divided)
            return divide(*train);
        return std::pair(*std::move(train), *std::move(test));
    }

    Result<Part> checked(LabelledFiles listed, std::int64_t firstOfValidation, ProgressMeter& meter)
    {
        auto found = Pictures::check(std::move(listed.files), {}, at::get_num_threads(), m_budget,
                                     meter, m_stop);
        if (!found)
            return fail(found.error());
        std::ranges::move(found->problems, std::back_inserter(m_problems));
        const auto beforeValidation =
            std::ranges::lower_bound(found->readable, firstOfValidation) - found->readable.begin();
        return Part{.pictures = found->pictures,
                    .labels = asTensor(listed.labels).index_select(0, asTensor(found->readable)),
                    .validation = std::ssize(found->readable) - beforeValidation};
    }

    std::string nothingToRead() const
    {
        return m_problems.empty()
            ? CoreText::tr("'{1}' holds no picture that can be read; give a folder of class "
                           "folders with JPEG, PNG or WebP files.",
                           m_spec.directory.string())
            : CoreText::tr("'{1}' holds no picture that can be read; give a folder of class "
                           "folders with JPEG, PNG or WebP files. The first file: {2}",
                           m_spec.directory.string(), m_problems.front());
    }

    void tellProblems(std::size_t files)
    {
        constexpr std::size_t named = 5;
        if (m_problems.empty())
            return;
        auto text = CoreText::tr("{1} of {2} files in '{3}' are left out:", m_problems.size(),
                                 files, m_spec.directory.string());
        for (std::size_t i = 0; i < std::min(named, m_problems.size()); ++i)
            text += " " + m_problems[i];
        if (m_problems.size() > named)
            text += ' ' + CoreText::tr("And {1} more.", m_problems.size() - named);
        m_notices.push_back(std::move(text));
    }

    /// A seeded, stratified fifth becomes the test part.
    std::pair<Part, Part> divide(const Part& all)
    {
        const auto order = stratifiedOrder(all.labels, std::ssize(m_classes), testSeed);
        const auto testCount = all.labels.numel() / testPart;
        const auto part = [&](std::int64_t begin, std::int64_t count) {
            const auto which = std::get<0>(order.narrow(0, begin, count).sort());
            const auto* first = which.data_ptr<std::int64_t>();
            return Part{.pictures = all.pictures->only({first, static_cast<std::size_t>(count)}),
                        .labels = all.labels.index_select(0, which)};
        };
        return {part(testCount, all.labels.numel() - testCount), part(0, testCount)};
    }

    /// What the network takes; without a network, what all pictures are.
    Result<Shape> wantedShape(const Part& train, const Part& test) const
    {
        if (m_input)
            return *m_input;
        auto size = train.pictures->commonSize();
        const bool alike = train.pictures->count() == 0 || test.pictures->count() == 0
            || size == test.pictures->commonSize();
        if (!size && train.pictures->count() == 0)
            size = test.pictures->commonSize();
        if (!size || !alike)
            return fail(
                ErrorCode::InvalidArgument,
                CoreText::tr("The pictures in '{1}' are of several sizes; say what the network "
                             "takes, such as 3x224x224, with --input or the key 'input'.",
                             m_spec.directory.string()));
        return Shape{3, size->second, size->first};
    }

    Result<Dataset::Tensors> assemble(Part train, Part test) const
    {
        const auto shape = wantedShape(train, test);
        if (!shape)
            return fail(shape.error());
        Dataset::Tensors tensors{.spec = m_spec,
                                 .classes = m_classes,
                                 .trainLabels = std::move(train.labels),
                                 .testLabels = std::move(test.labels),
                                 .ownValidation = train.validation,
                                 .notices = m_notices};
        if (auto ok = setPictures(tensors, train.pictures, test.pictures, *shape, m_stop); !ok)
            return fail(ok.error());
        return tensors;
    }

    const DataSpec& m_spec;
    const std::optional<Shape>& m_input;
    const ProgressSink& m_progress;
    const std::stop_token& m_stop;
    PictureBudget m_budget = keptBytes;
    std::vector<std::string> m_classes;
    std::vector<std::string> m_problems;
    std::vector<std::string> m_notices;
};

} // namespace

Result<Dataset::Tensors> readFolder(const DataSpec& spec, const std::optional<Shape>& input,
                                    const ProgressSink& progress, const std::stop_token& stop)
{
    return FolderReader(spec, input, progress, stop).read();
}

} // namespace espalier
