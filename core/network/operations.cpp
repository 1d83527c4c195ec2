#include "network/operations.h"

#include "base/overloaded.h"

namespace espalier {

namespace {

std::string_view activationName(const Activation& activation)
{
    switch (activation.kind) {
    case ActivationKind::Relu:
        return "ReLU";
    case ActivationKind::Clamp:
        return activation.a == 0.0 && activation.b == 6.0 ? "ReLU6" : "Hardtanh";
    case ActivationKind::LeakyRelu:
        return "LeakyReLU";
    case ActivationKind::Elu:
        return "ELU";
    case ActivationKind::Sigmoid:
        return "Sigmoid";
    case ActivationKind::HardSigmoid:
        return "Hardsigmoid";
    case ActivationKind::HardSwish:
        return "Hardswish";
    case ActivationKind::Silu:
        return "SiLU";
    case ActivationKind::Mish:
        return "Mish";
    case ActivationKind::Tanh:
        return "Tanh";
    case ActivationKind::Softplus:
        return "Softplus";
    case ActivationKind::Gelu:
    case ActivationKind::GeluTanh:
        return "GELU";
    case ActivationKind::Exp:
        return "Exp";
    }
    return {};
}

std::string_view reduceName(ReduceKind kind)
{
    switch (kind) {
    case ReduceKind::Mean:
        return "Mean";
    case ReduceKind::Sum:
        return "Sum";
    case ReduceKind::L2Norm:
        return "Norm";
    }
    return {};
}

} // namespace

std::string_view operationName(const Operation& operation)
{
    using Name = std::string_view;
    return std::visit(Overloaded{
                          [](const Input&) -> Name { return "Input"; },
                          [](const Conv2d&) -> Name { return "Conv2d"; },
                          [](const BatchNorm2d&) -> Name { return "BatchNorm2d"; },
                          [](const Parameter&) -> Name { return "Parameter"; },
                          [](const LayerNorm&) -> Name { return "LayerNorm"; },
                          [](const GroupNorm&) -> Name { return "GroupNorm"; },
                          [](const Activation& activation) { return activationName(activation); },
                          [](const Affine&) -> Name { return "Affine"; },
                          [](const Add&) -> Name { return "Add"; },
                          [](const Multiply&) -> Name { return "Multiply"; },
                          [](const Divide&) -> Name { return "Divide"; },
                          [](const MatMul&) -> Name { return "MatMul"; },
                          [](const Concat&) -> Name { return "Concat"; },
                          [](const Rearrange&) -> Name { return "Rearrange"; },
                          [](const Reduce& reduce) { return reduceName(reduce.kind); },
                          [](const Pad&) -> Name { return "Pad"; },
                          [](const Slice&) -> Name { return "Slice"; },
                          [](const MaxPool2d&) -> Name { return "MaxPool2d"; },
                          [](const AvgPool2d&) -> Name { return "AvgPool2d"; },
                          [](const AdaptiveAvgPool2d&) -> Name { return "AdaptiveAvgPool2d"; },
                          [](const Flatten&) -> Name { return "Flatten"; },
                          [](const Linear&) -> Name { return "Linear"; },
                          [](const Dropout&) -> Name { return "Dropout"; },
                          [](const Softmax& softmax) -> Name {
                              return softmax.logarithm ? "LogSoftmax" : "Softmax";
                          },
                      },
                      operation);
}

bool keepsZero(const Activation& activation)
{
    switch (activation.kind) {
    case ActivationKind::Sigmoid:
    case ActivationKind::HardSigmoid:
    case ActivationKind::Softplus:
    case ActivationKind::Exp:
        return false;
    case ActivationKind::Clamp:
        return activation.a <= 0.0 && activation.b >= 0.0;
    default:
        return true;
    }
}

} // namespace espalier
