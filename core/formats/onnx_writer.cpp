#include "formats/onnx_writer_p.h"

#include <ATen/Functions.h>

namespace espalier {

void fillTensor(onnx::TensorProto& proto, const at::Tensor& tensor)
{
    const bool isInteger = at::isIntegralType(tensor.scalar_type(), /*includeBool=*/false);
    const auto plain =
        tensor.detach().to(at::kCPU, isInteger ? at::kLong : at::kFloat).contiguous();
    proto.set_data_type(isInteger ? onnx::TensorProto::INT64 : onnx::TensorProto::FLOAT);
    for (const auto extent : plain.sizes())
        proto.add_dims(extent);
    proto.set_raw_data(plain.data_ptr(), plain.nbytes());
}

void OnnxWriter::begin(const std::string& name)
{
    m_name = name;
    m_nodeNames.insert(name);
    m_first = m_graph.node_size();
}

std::string OnnxWriter::call(const std::string& op, const std::vector<std::string>& inputs,
                             const std::vector<OnnxAttribute>& attributes)
{
    auto& node = *m_graph.add_node();
    node.set_op_type(op);
    node.set_name(unique(m_nodeNames, m_name + "/" + op));
    for (const auto& input : inputs)
        node.add_input(input);
    for (const auto& [name, value] : attributes) {
        auto& attribute = *node.add_attribute();
        attribute.set_name(name);
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            attribute.set_type(onnx::AttributeProto::INT);
            attribute.set_i(*integer);
        } else if (const auto* number = std::get_if<double>(&value)) {
            attribute.set_type(onnx::AttributeProto::FLOAT);
            attribute.set_f(static_cast<float>(*number));
        } else {
            attribute.set_type(onnx::AttributeProto::INTS);
            for (const auto each : std::get<std::vector<std::int64_t>>(value))
                attribute.add_ints(each);
        }
    }
    const auto output = reserve(node.name());
    node.add_output(output);
    return output;
}

std::optional<std::string> OnnxWriter::end(const std::string& value)
{
    return m_graph.node_size() == m_first ? std::nullopt : endAs(reserve(value));
}

std::optional<std::string> OnnxWriter::endAs(const std::string& value)
{
    if (m_graph.node_size() == m_first)
        return std::nullopt;
    auto& last = *m_graph.mutable_node(m_graph.node_size() - 1);
    last.set_name(m_name);
    last.set_output(0, value);
    return value;
}

std::string OnnxWriter::parameter(const std::string& name, const at::Tensor& tensor)
{
    auto& initializer = *m_graph.add_initializer();
    initializer.set_name(reserve(name));
    fillTensor(initializer, tensor);
    return initializer.name();
}

std::string OnnxWriter::constant(const at::Tensor& tensor)
{
    const auto output = call("Constant", {});
    auto& attribute = *m_graph.mutable_node(m_graph.node_size() - 1)->add_attribute();
    attribute.set_name("value");
    attribute.set_type(onnx::AttributeProto::TENSOR);
    fillTensor(*attribute.mutable_t(), tensor);
    return output;
}

std::string OnnxWriter::constant(double number)
{
    return constant(at::scalar_tensor(number, at::kFloat));
}

std::string OnnxWriter::constant(const std::vector<std::int64_t>& numbers)
{
    return constant(at::tensor(numbers, at::kLong));
}

std::string OnnxWriter::unique(std::set<std::string>& taken, const std::string& name)
{
    if (taken.insert(name).second)
        return name;
    for (int i = 2;; ++i) {
        auto numbered = name + "_" + std::to_string(i);
        if (taken.insert(numbered).second)
            return numbered;
    }
}

} // namespace espalier
