#include "base/precision.h"

#include <algorithm>

#include "base/core_text.h"

namespace espalier {

std::string precisionName(Precision precision)
{
    switch (precision) {
    case Precision::Float32:
        return "float32";
    case Precision::Tf32:
        return "tf32";
    case Precision::BFloat16:
        return "bfloat16";
    }
    return {};
}

Result<Precision> parsePrecision(std::string_view text)
{
    const auto found = std::ranges::find(precisions, text, precisionName);
    if (found == precisions.end())
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr("'{1}' is not a precision; known are float32, tf32 and bfloat16.", text));
    return *found;
}

} // namespace espalier
