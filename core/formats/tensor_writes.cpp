#include "formats/tensor_writes_p.h"

#include <algorithm>
#include <set>

#include "base/core_text.h"

namespace espalier {

std::int64_t TensorWrites::newMemory(std::int64_t within)
{
    m_within.push_back(within);
    return static_cast<std::int64_t>(m_within.size()) - 1;
}

void TensorWrites::place(AtenTensor& tensor, std::int64_t memory) const
{
    tensor.memory = memory;
    tensor.writesSeen = m_writes.size();
}

void TensorWrites::write(const AtenTensor& before, AtenTensor& after)
{
    if (before.node == after.node && before.view == after.view) {
        place(after, before.memory);
        return;
    }
    m_writes.push_back({before.memory, before.node, before.view, after});
    place(after, before.memory);
    m_writes.back().after = after;
}

/// One is the other, or within it.
bool TensorWrites::overlap(std::int64_t a, std::int64_t b) const
{
    const auto lies = [&](std::int64_t inner, std::int64_t outer) {
        for (; inner != 0; inner = m_within[static_cast<std::size_t>(inner)]) {
            if (inner == outer)
                return true;
        }
        return false;
    };
    return lies(a, b) || lies(b, a);
}

Result<AtenTensor> TensorWrites::current(const AtenTensor& tensor) const
{
    auto result = tensor;
    for (auto i = tensor.writesSeen; i < m_writes.size(); ++i) {
        const auto& write = m_writes[i];
        if (!overlap(write.memory, result.memory))
            continue;
        if (write.node != result.node || write.view != result.view)
            return fail(
                ErrorCode::Unsupported,
                CoreText::tr("reads a tensor that another view of it has changed in place"));
        result = write.after;
    }
    return result;
}

SharesMemory sharesMemory(const std::string& name)
{
    static const std::set<std::string> whole{
        "detach",   "alias",      "contiguous", "to",         "type_as",   "dropout",
        "view",     "view_as",    "reshape",    "flatten",    "permute",   "feature_dropout",
        "swapaxes", "swapdims",   "transpose",  "unsqueeze",  "squeeze",   "_unsafe_view",
        "expand",   "expand_as",  "slice",      "select",     "t",         "unflatten",
        "narrow",   "lift_fresh", "movedim",    "reshape_as", "as_strided"};
    static const std::set<std::string> parts{"chunk", "split", "split_with_sizes", "unbind"};
    if (whole.contains(name))
        return SharesMemory::Whole;
    return parts.contains(name) ? SharesMemory::Parts : SharesMemory::No;
}

} // namespace espalier
