#include "formats/stored_tensor_p.h"

#include <algorithm>

#include <ATen/Functions.h>
#include <ATen/ops/from_blob.h>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr std::size_t mostDimensions = 16;

tl::unexpected<Error> impossible(const std::string& name, const std::string& why)
{
    return fail(ErrorCode::BadFormat,
                CoreText::tr("The tensor '{1}' {2}; the file is damaged.", name, why));
}

} // namespace

std::vector<std::int64_t> contiguousStrides(const std::vector<std::int64_t>& sizes)
{
    std::vector<std::int64_t> strides(sizes.size(), 1);
    for (std::size_t i = sizes.size(); i-- > 1;) {
        if (__builtin_mul_overflow(strides[i], sizes[i], &strides[i - 1]))
            strides[i - 1] = -1; // refused by checkStoredTensor()
    }
    return strides;
}

Status checkStoredTensor(const std::string& name, const StoredTensor& tensor)
{
    if (tensor.sizes.size() > mostDimensions || tensor.sizes.size() != tensor.strides.size())
        return impossible(name, CoreText::tr("has a shape that cannot be"));
    std::int64_t count = 1;
    std::int64_t last = tensor.offset;
    if (tensor.offset < 0)
        return impossible(name, CoreText::tr("lies outside of its storage"));
    for (std::size_t i = 0; i < tensor.sizes.size(); ++i) {
        std::int64_t reach = 0;
        if (tensor.sizes[i] < 0 || tensor.strides[i] < 0
            || __builtin_mul_overflow(count, tensor.sizes[i], &count)
            || __builtin_mul_overflow(std::max<std::int64_t>(tensor.sizes[i] - 1, 0),
                                      tensor.strides[i], &reach)
            || __builtin_add_overflow(last, reach, &last))
            return impossible(name, CoreText::tr("has a shape that cannot be"));
    }
    const auto elements = tensor.storageSize / c10::elementSize(tensor.type);
    if (static_cast<std::uint64_t>(count) > elements
        || (count > 0 && static_cast<std::uint64_t>(last) >= elements))
        return impossible(name, CoreText::tr("reaches beyond its storage"));
    return {};
}

Result<at::Tensor> readStoredTensor(const std::string& name, const StoredTensor& tensor)
{
    auto bytes = tensor.bytes();
    if (!bytes)
        return fail(bytes.error());
    if (bytes->size() < tensor.storageSize)
        return impossible(name, CoreText::tr("is larger than the data stored for it"));
    const auto elements =
        static_cast<std::int64_t>(tensor.storageSize / c10::elementSize(tensor.type));
    const auto storage = at::from_blob(bytes->data(), {elements}, at::TensorOptions(tensor.type));
    const auto view = storage.as_strided(tensor.sizes, tensor.strides, tensor.offset);
    const auto type = c10::isFloatingType(tensor.type) ? at::kFloat : tensor.type;
    return view.to(type).clone(at::MemoryFormat::Contiguous); // the bytes go when this returns
}

} // namespace espalier
