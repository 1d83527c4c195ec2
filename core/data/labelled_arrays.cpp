#include "data/labelled_arrays_p.h"

#include "base/core_text.h"
#include "data/readers_p.h"

namespace espalier {

namespace {

Status checkLabelled(const LabelledArrays& part)
{
    if (part.images.size(0) == part.labels.size(0))
        return {};
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("'{1}' holds {2} labels, but '{3}' {4} images; they do not belong together.",
                     part.labelFile.string(), part.labels.size(0), part.imageFile.string(),
                     part.images.size(0)));
}

std::int64_t largestLabel(const LabelledArrays& part)
{
    return part.labels.max().item<std::int64_t>();
}

} // namespace

Result<Dataset::Tensors> datasetOf(const DataSpec& spec, const LabelledArrays& train,
                                   const LabelledArrays& test)
{
    for (const auto* part : {&train, &test})
        if (auto status = checkLabelled(*part); !status)
            return fail(status.error());
    if (train.images.sizes().slice(1) != test.images.sizes().slice(1))
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr(
                "'{1}' holds images of another size than '{2}'; they do not belong together.",
                test.imageFile.string(), train.imageFile.string()));
    const auto last = largestLabel(train);
    if (const auto largest = largestLabel(test); largest > last)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr(
                        "'{1}' holds the label {2}, but those of the training images are 0 to {3}.",
                        test.labelFile.string(), largest, last));
    return Dataset::Tensors{.spec = spec,
                            .imageShape = train.images.sizes().slice(1).vec(),
                            .classes = classNames(spec.directory / "classes.txt", last + 1),
                            .trainImages = channelsLast(train.images),
                            .trainLabels = train.labels,
                            .testImages = channelsLast(test.images),
                            .testLabels = test.labels};
}

} // namespace espalier
