#include "network/operations.h"

#include "base/overloaded.h"

namespace espalier {

std::string_view operationName(const Operation& operation)
{
    using Name = std::string_view;
    return std::visit(Overloaded{
                          [](const Input&) -> Name { return "Input"; },
                          [](const Conv2d&) -> Name { return "Conv2d"; },
                          [](const BatchNorm2d&) -> Name { return "BatchNorm2d"; },
                          [](const Relu&) -> Name { return "ReLU"; },
                          [](const Add&) -> Name { return "Add"; },
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

} // namespace espalier
