#include "formats/onnx_arguments_p.h"

#include "base/core_text.h"
#include "formats/dimension_p.h"

namespace espalier {

std::string describe(const onnx::NodeProto& node)
{
    auto name = node.name();
    if (name.empty() && node.output_size() > 0)
        name = node.output(0);
    return CoreText::tr("The node '{1}' ({2})", name, node.op_type());
}

const onnx::AttributeProto* OnnxArguments::attribute(std::string_view name) const
{
    for (const auto& each : node.attribute()) {
        if (each.name() == name)
            return &each;
    }
    return nullptr;
}

std::int64_t OnnxArguments::integer(std::string_view name, std::int64_t fallback) const
{
    const auto* found = attribute(name);
    return found ? found->i() : fallback;
}

double OnnxArguments::number(std::string_view name, double fallback) const
{
    const auto* found = attribute(name);
    return found ? static_cast<double>(found->f()) : fallback;
}

std::string OnnxArguments::text(std::string_view name, const std::string& fallback) const
{
    const auto* found = attribute(name);
    return found ? found->s() : fallback;
}

std::vector<std::int64_t> OnnxArguments::integers(std::string_view name) const
{
    const auto* found = attribute(name);
    return found ? std::vector<std::int64_t>(found->ints().begin(), found->ints().end())
                 : std::vector<std::int64_t>();
}

const AtenValue& OnnxArguments::value(std::size_t i) const
{
    static const AtenValue none = AtenValue::of({});
    if (i < inputs.size())
        return inputs[i];
    m_ok = false;
    return none;
}

const AtenTensor& OnnxArguments::tensor(std::size_t i) const
{
    static const AtenTensor none{NodeId(0), TensorView::whole({1})};
    if (isNode(i))
        return inputs[i].tensor();
    m_ok = false;
    return none;
}

at::Tensor OnnxArguments::constant(std::size_t i) const
{
    if (isConstant(i) && inputs[i].constant().isTensor())
        return inputs[i].constant().toTensor();
    m_ok = false;
    return {};
}

std::vector<std::int64_t> OnnxArguments::numbers(std::size_t i) const
{
    const auto tensor = constant(i);
    if (!tensor.defined() || tensor.scalar_type() != at::kLong || tensor.dim() > 1) {
        m_ok = false;
        return {};
    }
    const auto plain = tensor.contiguous();
    const auto* data = plain.data_ptr<std::int64_t>();
    return {data, data + plain.numel()};
}

double OnnxArguments::scalar(std::size_t i) const
{
    const auto tensor = constant(i);
    if (tensor.defined() && tensor.numel() == 1)
        return tensor.to(at::kDouble).item<double>();
    m_ok = false;
    return 0.0;
}

std::vector<std::int64_t> OnnxArguments::sizes(std::size_t i) const
{
    if (isNode(i))
        return AtenMapper::sizes(inputs[i].tensor());
    const auto tensor = constant(i);
    return tensor.defined() ? tensor.sizes().vec() : std::vector<std::int64_t>();
}

std::vector<std::int64_t> OnnxArguments::listed(std::string_view name, std::size_t i) const
{
    return has(i) ? numbers(i) : integers(name);
}

std::int64_t OnnxArguments::dimension(std::int64_t dimension, std::size_t rank) const
{
    const auto found = fromFront(dimension, rank);
    m_ok = m_ok && found;
    return found.value_or(0);
}

AtenValue OnnxArguments::weight(std::size_t i, const char* role) const
{
    if (!has(i))
        return AtenValue::of({});
    return weightOf(constant(i), i, role);
}

AtenValue OnnxArguments::weightOf(at::Tensor tensor, std::size_t i, const char* role) const
{
    auto path = isConstant(i) ? inputs[i].path() : std::string();
    if (path.empty() && !place.empty())
        path = place + "." + role;
    return {AtenConstant{std::move(tensor), path}};
}

Result<AtenValue> OnnxArguments::call(const char* aten, std::vector<AtenValue> arguments) const
{
    if (!m_ok)
        return unexpectedForm();
    return mapper.call({.name = aten,
                        .arguments = std::move(arguments),
                        .place = place,
                        .fallbackName = fallbackName,
                        .described = describe(node)});
}

tl::unexpected<Error> OnnxArguments::unsupported(const std::string& clause) const
{
    return fail(ErrorCode::Unsupported, CoreText::tr("{1} {2}.", describe(node), clause));
}

tl::unexpected<Error> OnnxArguments::unexpectedForm() const
{
    return unsupported(CoreText::tr("is used in a form that Espalier does not know"));
}

} // namespace espalier
