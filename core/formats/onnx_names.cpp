#include "formats/onnx_names_p.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace espalier {

namespace {

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// "/layer1/layer1.0/conv1/Conv" -> "layer1.0.conv1"; empty for names of another kind.
std::string scopeOf(const std::string& name)
{
    if (!name.starts_with('/'))
        return {};
    std::string path;
    std::string last; // children of a sequence carry its name: "layer1", then "layer1.0"
    std::size_t begin = 1;
    for (auto end = name.find('/', begin); end != std::string::npos; end = name.find('/', begin)) {
        const auto part = name.substr(begin, end - begin);
        begin = end + 1;
        if (part.empty())
            continue;
        const bool continues = !last.empty() && part.starts_with(last + ".");
        const auto own = continues ? part.substr(last.size() + 1) : part;
        path += path.empty() ? own : "." + own;
        last = part;
    }
    return path;
}

} // namespace

OnnxNames::OnnxNames(const onnx::ModelProto& model)
    : m_isOwn(model.producer_name() == "Espalier")
{
    for (const auto& node : model.graph().node()) {
        if (node.op_type() != "Constant")
            ++m_nodesIn[scopeOf(node.name())];
    }
}

std::string OnnxNames::parameterPath(const std::string& initializer) const
{
    if (m_isOwn)
        return initializer;
    constexpr std::array madeUp{"onnx::", "val_", "_val", "scalar_tensor", "const", "lifted_"};
    const bool isNumber =
        std::ranges::all_of(initializer, [](unsigned char c) { return std::isdigit(c) != 0; });
    const bool isMadeUp = std::ranges::any_of(
        madeUp, [&](const char* prefix) { return initializer.starts_with(prefix); });
    const bool isScoped = initializer.starts_with('/');
    if (isNumber || isMadeUp || isScoped)
        return {};
    // The packed parameters of nn.MultiheadAttention have no module of their own.
    for (const std::string role : {"weight", "bias"}) {
        const auto packed = "in_proj_" + role;
        if (initializer.ends_with(packed))
            return initializer.substr(0, initializer.size() - packed.size()) + "in_proj." + role;
    }
    return initializer;
}

std::string OnnxNames::scope(const onnx::NodeProto& node) const
{
    return m_isOwn ? std::string() : scopeOf(node.name());
}

std::string OnnxNames::nodeName(const onnx::NodeProto& node, int nodes) const
{
    if (m_isOwn)
        return node.name();
    const auto op = lower(node.op_type());
    const auto path = scopeOf(node.name());
    if (path.empty())
        return op;
    const auto in = m_nodesIn.find(path);
    return in != m_nodesIn.end() && in->second <= nodes ? path : path + "." + op;
}

} // namespace espalier
