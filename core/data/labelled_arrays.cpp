#include "data/labelled_arrays_p.h"

#include "data/input_file.h"
#include "data/readers_p.h"

namespace espalier {

namespace {

Status checkLabelled(const LabelledArrays& part)
{
    if (part.images.size(0) == part.labels.size(0))
        return {};
    return fail(ErrorCode::BadFormat,
                quoted(part.labelFile) + " holds " + std::to_string(part.labels.size(0))
                    + " labels, but " + quoted(part.imageFile) + " "
                    + std::to_string(part.images.size(0))
                    + " images; they do not belong together.");
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
        return fail(ErrorCode::BadFormat,
                    quoted(test.imageFile) + " holds images of another size than "
                        + quoted(train.imageFile) + "; they do not belong together.");
    const auto last = largestLabel(train);
    if (const auto largest = largestLabel(test); largest > last)
        return fail(ErrorCode::BadFormat,
                    quoted(test.labelFile) + " holds the label " + std::to_string(largest)
                        + ", but those of the training images are 0 to " + std::to_string(last)
                        + ".");
    return Dataset::Tensors{.spec = spec,
                            .imageShape = train.images.sizes().slice(1).vec(),
                            .classes = classNames(spec.directory / "classes.txt", last + 1),
                            .trainImages = channelsLast(train.images),
                            .trainLabels = train.labels,
                            .testImages = channelsLast(test.images),
                            .testLabels = test.labels};
}

} // namespace espalier
