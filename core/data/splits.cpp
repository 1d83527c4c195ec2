#include "data/splits_p.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr std::array<std::pair<std::string_view, Split>, 4> splitNames{
    {{"train", Split::Train},
     {"calibration", Split::Calibration},
     {"validation", Split::Validation},
     {"test", Split::Test}}};

} // namespace

Result<Split> parseSplit(std::string_view text)
{
    for (const auto& [name, split] : splitNames)
        if (name == text)
            return split;
    return fail(
        ErrorCode::InvalidArgument,
        CoreText::tr("'{1}' is not a split; give train, calibration, validation or test.", text));
}

std::string splitName(Split split)
{
    for (const auto& [name, value] : splitNames)
        if (value == split)
            return std::string(name);
    return {};
}

SplitSettings fittedSplits(const SplitSettings& settings, const Dataset& dataset)
{
    const auto all = dataset.trainCount();
    const auto classes = static_cast<std::int64_t>(dataset.classes().size());
    constexpr std::int64_t fewest = 4; // debiased CKA needs so many
    const auto most = std::max(all / 10, std::min(std::max(classes, fewest), all / 4));
    const auto fitted = [&](const SplitSize& size, std::int64_t limit) -> SplitSize {
        return size.orFewer ? std::min(size.images, limit) : size.images;
    };
    auto result = settings;
    result.calibration = fitted(settings.calibration, most);
    // Validation images of the data set's own cost no training images.
    const auto own = dataset.ownValidationCount();
    result.validation = fitted(settings.validation, own > 0 ? own : most);
    return result;
}

at::Tensor stratifiedOrder(const at::Tensor& labels, std::int64_t classes, std::uint64_t seed)
{
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    std::vector<at::Tensor> images;
    std::vector<at::Tensor> places;
    for (std::int64_t label = 0; label < classes; ++label) {
        const auto members = at::nonzero(labels == label).squeeze(1);
        const auto count = members.size(0);
        images.push_back(members.index_select(0, at::randperm(count, generator, at::kLong)));
        places.push_back((at::arange(count, at::kDouble) + 0.5) / static_cast<double>(count));
    }
    const auto order = at::argsort(at::cat(places), /*stable=*/true, /*dim=*/0);
    return at::cat(images).index_select(0, order);
}

Result<SplitIndices> splitIndices(const at::Tensor& labels, std::int64_t classes,
                                  const SplitSettings& settings, const std::string& dataset)
{
    const auto all = labels.numel();
    const auto calibration = settings.calibration.images;
    const auto validation = settings.validation.images;
    if (calibration < 0 || validation < 0 || settings.train.value_or(0) < 0)
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("A split cannot hold a negative number of images."));
    if (calibration > all || validation > all - calibration)
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The splits ask for {1} calibration and {2} validation images, "
                                 "but {3} has only {4} training images; ask for fewer.",
                                 calibration, validation, dataset, all));
    const auto heldOut = calibration + validation;
    const auto train = std::min(settings.train.value_or(all), all - heldOut);
    const auto order =
        train == all ? at::arange(all, at::kLong) : stratifiedOrder(labels, classes, settings.seed);
    return SplitIndices{
        .train = order.narrow(0, heldOut, train),
        .calibration = order.narrow(0, 0, calibration),
        .validation = order.narrow(0, calibration, validation),
    };
}

} // namespace espalier
