#include "base/device.h"

#include <charconv>

#include "base/core_text.h"

namespace espalier {

Result<DeviceSpec> DeviceSpec::parse(std::string_view text)
{
    if (text == "auto")
        return DeviceSpec{.kind = Kind::Auto};
    if (text == "cpu")
        return DeviceSpec{.kind = Kind::Cpu};
    if (text == "cuda")
        return DeviceSpec{.kind = Kind::Cuda};
    constexpr std::string_view prefix = "cuda:";
    if (text.starts_with(prefix)) {
        const auto number = text.substr(prefix.size());
        int index = -1;
        const auto [end, error] = std::from_chars(number.begin(), number.end(), index);
        if (error == std::errc{} && end == number.end() && index >= 0)
            return DeviceSpec{.kind = Kind::Cuda, .index = index};
    }
    return fail(ErrorCode::InvalidArgument,
                CoreText::tr("'{1}' is not a device; give auto, cpu, cuda or cuda:N.", text));
}

std::string DeviceSpec::text() const
{
    switch (kind) {
    case Kind::Auto:
        return "auto";
    case Kind::Cpu:
        return "cpu";
    case Kind::Cuda:
        return "cuda:" + std::to_string(index);
    }
    return "auto";
}

} // namespace espalier
