#include "data/data_spec.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/core_text.h"

namespace espalier {

namespace {

using NamedFormat = std::pair<std::string_view, DataSpec::Format>;
constexpr std::array<NamedFormat, 5> formats{{{"cifar10", DataSpec::Format::Cifar10},
                                              {"cifar100", DataSpec::Format::Cifar100},
                                              {"idx", DataSpec::Format::Idx},
                                              {"folder", DataSpec::Format::Folder},
                                              {"npy", DataSpec::Format::Npy}}};

} // namespace

Result<DataSpec> DataSpec::parse(std::string_view text)
{
    const auto colon = text.find(':');
    const auto* found = std::ranges::find(formats, text.substr(0, colon), &NamedFormat::first);
    if (colon == std::string_view::npos || colon + 1 == text.size() || found == formats.end())
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("'{1}' is not a data set; give cifar10:DIR, cifar100:DIR, "
                                 "idx:DIR, folder:DIR or npy:DIR.",
                                 text));
    return DataSpec{.format = found->second, .directory = text.substr(colon + 1)};
}

std::string DataSpec::text() const
{
    const auto* found = std::ranges::find(formats, format, &NamedFormat::second);
    return std::string(found->first) + ":" + directory.string();
}

} // namespace espalier
