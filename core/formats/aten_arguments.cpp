#include <ATen/Functions.h>

#include "base/core_text.h"
#include "formats/aten_handlers_p.h"
#include "formats/constant_folding_p.h"
#include "formats/dimension_p.h"

namespace espalier {

bool AtenArguments::has(std::size_t i) const
{
    return i < count() && !call.arguments[i].isNone();
}

bool AtenArguments::isNode(std::size_t i) const
{
    return i < count() && call.arguments[i].isNode();
}

bool AtenArguments::isTensor(std::size_t i) const
{
    return i < count() && call.arguments[i].isConstant() && call.arguments[i].constant().isTensor();
}

const AtenTensor& AtenArguments::tensor(std::size_t i) const
{
    static const AtenTensor none{NodeId(0), TensorView::whole({1})};
    if (isNode(i) && call.arguments[i].tensor().expandedTo.empty())
        return call.arguments[i].tensor();
    m_ok = false;
    return none;
}

const c10::IValue* AtenArguments::constant(std::size_t i) const
{
    if (i >= count() || !call.arguments[i].isConstant()) {
        m_ok = false;
        return nullptr;
    }
    return &call.arguments[i].constant();
}

std::int64_t AtenArguments::integer(std::size_t i) const
{
    const auto* value = constant(i);
    if (value && value->isInt())
        return value->toInt();
    if (value && value->isTensor() && value->toTensor().numel() == 1
        && at::isIntegralType(value->toTensor().scalar_type(), /*includeBool=*/false))
        return value->toTensor().item<std::int64_t>();
    m_ok = false;
    return 0;
}

std::int64_t AtenArguments::integer(std::size_t i, std::int64_t fallback) const
{
    return has(i) ? integer(i) : fallback;
}

double AtenArguments::number(std::size_t i) const
{
    const auto* value = constant(i);
    if (value && holdsBatchSize(*value)) { // different for every batch
        m_ok = false;
        return 1.0;
    }
    if (value && value->isDouble())
        return value->toDouble();
    if (value && value->isInt())
        return static_cast<double>(value->toInt());
    if (value && value->isTensor() && value->toTensor().numel() == 1)
        return value->toTensor().to(at::kDouble).item<double>();
    m_ok = false;
    return 0.0;
}

double AtenArguments::number(std::size_t i, double fallback) const
{
    return has(i) ? number(i) : fallback;
}

bool AtenArguments::boolean(std::size_t i, bool fallback) const
{
    if (!has(i))
        return fallback;
    const auto* value = constant(i);
    if (value && value->isBool())
        return value->toBool();
    m_ok = false;
    return false;
}

std::string AtenArguments::text(std::size_t i, const std::string& fallback) const
{
    if (!has(i))
        return fallback;
    const auto* value = constant(i);
    if (value && value->isString())
        return value->toStringRef();
    m_ok = false;
    return {};
}

std::vector<std::int64_t> AtenArguments::integers(std::size_t i) const
{
    const auto* value = constant(i);
    if (value && value->isIntList())
        return value->toIntVector();
    if (value && value->isInt())
        return {value->toInt()};
    if (value && value->isList()) { // traced sizes may be scalar tensors
        std::vector<std::int64_t> numbers;
        for (const c10::IValue& item : value->toListRef()) {
            if (item.isInt())
                numbers.push_back(item.toInt());
            else if (item.isTensor() && item.toTensor().numel() == 1)
                numbers.push_back(item.toTensor().to(at::kLong).item<std::int64_t>());
            else
                m_ok = false;
        }
        return numbers;
    }
    m_ok = false;
    return {};
}

Size2 AtenArguments::pair(std::size_t i) const
{
    const auto values = integers(i);
    if (values.size() == 1)
        return {values[0], values[0]};
    if (values.size() == 2)
        return {values[0], values[1]};
    m_ok = false;
    return {1, 1};
}

at::Tensor AtenArguments::weight(std::size_t i) const
{
    if (!has(i))
        return {};
    const auto* value = constant(i);
    if (value && value->isTensor())
        return value->toTensor();
    m_ok = false;
    return {};
}

const AtenList& AtenArguments::list(std::size_t i) const
{
    static const AtenList none;
    if (i < count() && call.arguments[i].isList())
        return call.arguments[i].list();
    m_ok = false;
    return none;
}

std::string AtenArguments::path(std::size_t i) const
{
    return i < count() && call.arguments[i].isConstant() ? call.arguments[i].path() : std::string();
}

/// "layer1.0.conv1.weight" -> "layer1.0.conv1".
std::string AtenArguments::modulePath(std::size_t i) const
{
    const auto whole = path(i);
    const auto dot = whole.rfind('.');
    return dot == std::string::npos ? std::string() : whole.substr(0, dot);
}

std::int64_t AtenArguments::dimension(std::size_t i, std::size_t rank) const
{
    return checkedDimension(integer(i), rank);
}

std::int64_t AtenArguments::checkedDimension(std::int64_t dimension, std::size_t rank) const
{
    const auto found = fromFront(dimension, rank);
    m_ok = m_ok && found;
    return found.value_or(0);
}

tl::unexpected<Error> AtenArguments::unsupported(const std::string& clause) const
{
    return fail(ErrorCode::Unsupported,
                call.described.empty() ? operatorSentence("aten::" + call.name, call.place, clause)
                                       : CoreText::tr("{1} {2}.", call.described, clause));
}

tl::unexpected<Error> AtenArguments::unexpectedForm() const
{
    return unsupported(CoreText::tr("is used in a form that Espalier does not know"));
}

Result<AtenTensor> AtenArguments::ordered(std::size_t i) const
{
    const auto& given = tensor(i);
    if (!m_ok)
        return unexpectedForm();
    return mapper.ordered(call, given);
}

Result<NodeId> AtenArguments::batchFirst(std::size_t i) const
{
    const auto result = ordered(i);
    if (!result)
        return fail(result.error());
    if (!result->view.isBatchFirst())
        return unsupported(CoreText::tr("does not get the batch as its first dimension"));
    return result->node;
}

Result<std::int64_t> AtenArguments::sampleDimension(const AtenTensor& tensor,
                                                    std::int64_t dimension) const
{
    const auto at = static_cast<std::size_t>(dimension);
    const auto of = tensor.view.canonical().dimensionOf[at];
    if (of < 0 || tensor.view.sizes()[at] % batchMarker == 0)
        return unsupported(CoreText::tr("works across the batch"));
    return of;
}

Result<AtenValue> AtenArguments::add(Operation operation, NodeId node, NodeWeights weights,
                                     const std::string& path) const
{
    if (!m_ok)
        return unexpectedForm();
    const auto id = mapper.addNode(call, std::move(operation), {node}, std::move(weights), path);
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, TensorView::whole(mapper.shape(*id))}};
}

Result<AtenValue> AtenArguments::addOver(Operation operation, const AtenTensor& tensor,
                                         NodeWeights weights, const std::string& path) const
{
    if (!m_ok)
        return unexpectedForm();
    const auto id =
        mapper.addNode(call, std::move(operation), {tensor.node}, std::move(weights), path);
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, tensor.view.over(mapper.shape(*id))}};
}

Result<AtenValue> AtenArguments::addElementWise(Operation operation, const AtenTensor& tensor) const
{
    if (!m_ok)
        return unexpectedForm();
    const auto id = mapper.addNode(call, std::move(operation), {tensor.node});
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, tensor.view}};
}

Result<NodeId> AtenArguments::addParameter(const AtenConstant& constant,
                                           const AtenTensor& beside) const
{
    const auto rank = static_cast<std::int64_t>(beside.view.rank());
    if (!constant.value.isTensor() || constant.value.toTensor().dim() > rank)
        return unexpectedForm();
    auto value = constant.value.toTensor().to(at::kFloat);
    while (value.dim() < rank)
        value = value.unsqueeze(0);
    // The batch's dimension goes; one that holds more than the batch becomes that of the sample.
    const auto sizes = beside.view.sizes();
    Shape shape;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto extent = value.size(static_cast<std::int64_t>(i));
        if (sizes[i] % batchMarker != 0) {
            shape.push_back(extent);
            continue;
        }
        if (extent != 1)
            return unsupported(CoreText::tr("has a constant for each image of a batch"));
        if (sizes[i] != batchMarker)
            shape.push_back(1);
    }
    if (shape.empty())
        shape.push_back(1);
    auto name = constant.path.empty() ? call.fallbackName + ".constant" : constant.path;
    if (const std::string suffix = ".weight"; name.ends_with(suffix))
        name.resize(name.size() - suffix.size());
    const bool trainable = !constant.path.empty() && !constant.isBuffer;
    return mapper.addNode(call, Parameter{.shape = shape, .trainable = trainable}, {},
                          {.weight = value.reshape(shape), .bias = {}}, name);
}

AtenValue AtenArguments::derived(std::size_t i, at::Tensor tensor) const
{
    auto constant = std::get<AtenConstant>(call.arguments[i].value);
    constant.value = std::move(tensor);
    constant.isComputed = true;
    return AtenValue{std::move(constant)};
}

Result<AtenValue> AtenArguments::also(const std::string& name,
                                      std::vector<AtenValue> arguments) const
{
    return mapper.call({name, std::move(arguments), call.place, call.fallbackName, call.described});
}

} // namespace espalier
