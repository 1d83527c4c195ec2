#include <cmath>
#include <numbers>

#include "formats/onnx_operators_p.h"

namespace espalier {

namespace {

/// x * (1 + inner) / 2, as both forms of GELU are.
std::string halfOf(OnnxWriter& writer, const std::string& x, const std::string& inner)
{
    const auto shifted = writer.call("Add", {inner, writer.constant(1.0)});
    const auto product = writer.call("Mul", {x, shifted});
    const auto half = writer.constant(0.5);
    return writer.call("Mul", {product, half});
}

std::string gelu(OnnxWriter& writer, const std::string& x)
{
    const auto root = writer.constant(std::numbers::sqrt2);
    const auto scaled = writer.call("Div", {x, root});
    return halfOf(writer, x, writer.call("Erf", {scaled}));
}

std::string geluByTanh(OnnxWriter& writer, const std::string& x)
{
    const auto squared = writer.call("Mul", {x, x});
    const auto cubed = writer.call("Mul", {squared, x});
    const auto small = writer.call("Mul", {cubed, writer.constant(0.044715)});
    const auto sum = writer.call("Add", {x, small});
    const auto scale = writer.constant(std::sqrt(2.0 / std::numbers::pi));
    return halfOf(writer, x, writer.call("Tanh", {writer.call("Mul", {sum, scale})}));
}

std::string clip(OnnxWriter& writer, const std::string& x, double low, double high)
{
    std::vector<std::string> inputs{x, std::isfinite(low) ? writer.constant(low) : std::string()};
    if (std::isfinite(high))
        inputs.push_back(writer.constant(high));
    return writer.call("Clip", inputs);
}

/// ln(1 + e^(beta x)) / beta. Where PyTorch takes x itself, above a threshold, the two are equal to
/// the precision of float32.
std::string softplus(OnnxWriter& writer, const std::string& x, double beta)
{
    if (beta == 1.0)
        return writer.call("Softplus", {x});
    const auto scale = writer.constant(beta);
    const auto soft = writer.call("Softplus", {writer.call("Mul", {x, scale})});
    return writer.call("Div", {soft, scale});
}

} // namespace

std::string writeActivation(OnnxWriter& writer, const Activation& activation, const std::string& x)
{
    switch (activation.kind) {
    case ActivationKind::Relu:
        return writer.call("Relu", {x});
    case ActivationKind::Clamp:
        return clip(writer, x, activation.a, activation.b);
    case ActivationKind::LeakyRelu:
        return writer.call("LeakyRelu", {x}, {{"alpha", activation.a}});
    case ActivationKind::Elu:
        return writer.call("Elu", {x}, {{"alpha", activation.a}});
    case ActivationKind::Sigmoid:
        return writer.call("Sigmoid", {x});
    case ActivationKind::HardSigmoid:
        return writer.call("HardSigmoid", {x}, {{"alpha", 1.0 / 6.0}, {"beta", 0.5}});
    case ActivationKind::HardSwish:
        return writer.call("HardSwish", {x});
    case ActivationKind::Silu:
        return writer.call("Mul", {x, writer.call("Sigmoid", {x})});
    case ActivationKind::Mish:
        return writer.call("Mul", {x, writer.call("Tanh", {writer.call("Softplus", {x})})});
    case ActivationKind::Tanh:
        return writer.call("Tanh", {x});
    case ActivationKind::Softplus:
        return softplus(writer, x, activation.a);
    case ActivationKind::Gelu:
        return gelu(writer, x);
    case ActivationKind::GeluTanh:
        return geluByTanh(writer, x);
    case ActivationKind::Exp:
        return writer.call("Exp", {x});
    }
    return x;
}

} // namespace espalier
