#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>

namespace espalier {

// The operators Espalier knows, each a struct of its attributes. Every file format maps to these;
// what does not map is reported by name and place. Sizes are {height, width} unless said otherwise.

using Size2 = std::array<std::int64_t, 2>;

/// The network's input, one sample of the node's shape.
struct Input {
    bool operator==(const Input&) const = default;
};

/// weight: outChannels x inChannels/groups x kernel[0] x kernel[1].
struct Conv2d {
    std::int64_t inChannels = 0;
    std::int64_t outChannels = 0;
    Size2 kernel{1, 1};
    Size2 stride{1, 1};
    Size2 padding{0, 0};
    Size2 dilation{1, 1};
    std::int64_t groups = 1;
    bool bias = false;
    bool operator==(const Conv2d&) const = default;
};

/// Per-channel normalisation with running statistics; affine weight and bias may be absent.
struct BatchNorm2d {
    std::int64_t channels = 0;
    double epsilon = 1e-5;
    double momentum = 0.1;
    bool affine = true;
    bool operator==(const BatchNorm2d&) const = default;
};

struct Relu {
    bool operator==(const Relu&) const = default;
};

/// Element-wise sum of two inputs of the same shape.
struct Add {
    bool operator==(const Add&) const = default;
};

/// Constant padding of {channels, height, width}; amounts are >= 0.
struct Pad {
    std::array<std::int64_t, 3> before{};
    std::array<std::int64_t, 3> after{};
    double value = 0.0;
    bool operator==(const Pad&) const = default;
};

/// input[start:stop:step] along one dimension of {channels, height, width}; 0 <= start < stop.
struct Slice {
    std::int64_t dimension = 0;
    std::int64_t start = 0;
    std::int64_t stop = 0;
    std::int64_t step = 1;
    bool operator==(const Slice&) const = default;
};

struct MaxPool2d {
    Size2 kernel{1, 1};
    Size2 stride{1, 1};
    Size2 padding{0, 0};
    Size2 dilation{1, 1};
    bool ceilMode = false;
    bool operator==(const MaxPool2d&) const = default;
};

struct AvgPool2d {
    Size2 kernel{1, 1};
    Size2 stride{1, 1};
    Size2 padding{0, 0};
    bool ceilMode = false;
    bool countIncludePad = true;
    bool operator==(const AvgPool2d&) const = default;
};

/// Average pooling to a fixed output size; {1, 1} is global average pooling.
struct AdaptiveAvgPool2d {
    Size2 output{1, 1};
    bool operator==(const AdaptiveAvgPool2d&) const = default;
};

/// C x H x W to C*H*W features, channel-major.
struct Flatten {
    bool operator==(const Flatten&) const = default;
};

/// weight: outFeatures x inFeatures.
struct Linear {
    std::int64_t inFeatures = 0;
    std::int64_t outFeatures = 0;
    bool bias = false;
    bool operator==(const Linear&) const = default;
};

struct Dropout {
    double probability = 0.5;
    bool operator==(const Dropout&) const = default;
};

/// Over the features (dimension 1 of the batch).
struct Softmax {
    bool logarithm = false;
    bool operator==(const Softmax&) const = default;
};

using Operation = std::variant<Input, Conv2d, BatchNorm2d, Relu, Add, Pad, Slice, MaxPool2d,
                               AvgPool2d, AdaptiveAvgPool2d, Flatten, Linear, Dropout, Softmax>;

/// The operator's name as PyTorch users write it: "Conv2d", "BatchNorm2d", "Add".
std::string_view operationName(const Operation& operation);

} // namespace espalier
