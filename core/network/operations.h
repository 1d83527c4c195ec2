#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>
#include <vector>

namespace espalier {

// The operators Espalier knows, each a struct of its attributes. Every file format maps to these;
// what does not map is reported by name and place. Sizes are {height, width} unless said otherwise.

using Size2 = std::array<std::int64_t, 2>;

/// The shape of one sample: {channels, height, width}, {tokens, features} or {features}. The batch
/// is left out, and so are dimensions counted: 0 is the first after the batch.
using Shape = std::vector<std::int64_t>;

/// The network's input, one sample of the node's shape.
struct Input {
    bool operator==(const Input&) const = default;
};

/// A tensor of the model that is an operand itself: class token, position embedding, layer scale,
/// relative position bias, mask. It takes no input and is the same for every sample.
/// weight: of `shape`.
struct Parameter {
    Shape shape;
    bool trainable = true;
    bool operator==(const Parameter&) const = default;
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

/// Normalisation with running statistics per channel (dimension 0 of an image or of features);
/// affine weight and bias may be absent.
struct BatchNorm2d {
    std::int64_t channels = 0;
    double epsilon = 1e-5;
    double momentum = 0.1;
    bool affine = true;
    bool operator==(const BatchNorm2d&) const = default;
};

/// Over the trailing dimensions `normalized`; weight and bias have that shape and may be absent.
struct LayerNorm {
    Shape normalized;
    double epsilon = 1e-5;
    bool affine = true;
    bool operator==(const LayerNorm&) const = default;
};

/// Over each of `groups` sets of channels and all positions; weight and bias: channels.
struct GroupNorm {
    std::int64_t groups = 1;
    std::int64_t channels = 0;
    double epsilon = 1e-5;
    bool affine = true;
    bool operator==(const GroupNorm&) const = default;
};

enum class ActivationKind {
    Relu,
    Clamp, ///< to [a, b]: ReLU6 is [0, 6]; infinite where there is no bound
    LeakyRelu, ///< slope a
    Elu, ///< alpha a
    Sigmoid,
    HardSigmoid,
    HardSwish,
    Silu,
    Mish,
    Tanh,
    Softplus, ///< beta a, threshold b
    Gelu,
    GeluTanh, ///< GELU by its tanh approximation
    Exp,
};

/// Element-wise. What `a` and `b` mean is said at the kind; 0 where it has none.
struct Activation {
    ActivationKind kind = ActivationKind::Relu;
    double a = 0.0;
    double b = 0.0;
    bool operator==(const Activation&) const = default;
};

/// x * scale + shift, element-wise, by two numbers.
struct Affine {
    double scale = 1.0;
    double shift = 0.0;
    bool operator==(const Affine&) const = default;
};

// Two inputs of the same rank, element-wise; an extent of 1 is repeated to fit the other.

struct Add {
    bool operator==(const Add&) const = default;
};
struct Multiply {
    bool operator==(const Multiply&) const = default;
};
struct Divide {
    bool operator==(const Divide&) const = default;
};

/// Matrix product over the last two dimensions: ... x M x K times ... x K x N. Both inputs have the
/// same rank >= 2 and the same leading extents.
struct MatMul {
    bool operator==(const MatMul&) const = default;
};

/// Two or more inputs of the same rank, one behind the other along `dimension`.
struct Concat {
    std::int64_t dimension = 0;
    bool operator==(const Concat&) const = default;
};

/// Reshape, permute, reshape: the sample is taken as `split` (which divides its dimensions further,
/// in order), whose dimensions are put in `order`, and then joined to `merged`.
/// Channel shuffles, attention heads, window partitions and changes of layout are all this.
struct Rearrange {
    Shape split;
    std::vector<std::int64_t> order;
    Shape merged;
    bool operator==(const Rearrange&) const = default;
};

enum class ReduceKind {
    Mean,
    Sum,
    L2Norm,
};

/// Over `dimensions` (ascending), which stay as extents of 1 when `keep` is set.
struct Reduce {
    ReduceKind kind = ReduceKind::Mean;
    std::vector<std::int64_t> dimensions;
    bool keep = false;
    bool operator==(const Reduce&) const = default;
};

/// Constant padding of a sample of three dimensions; amounts are >= 0.
struct Pad {
    std::array<std::int64_t, 3> before{};
    std::array<std::int64_t, 3> after{};
    double value = 0.0;
    bool operator==(const Pad&) const = default;
};

/// input[start:stop:step] along one dimension; 0 <= start < stop.
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

/// Over the last dimension, at every position of the others. weight: outFeatures x inFeatures.
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

struct Softmax {
    std::int64_t dimension = 0;
    bool logarithm = false;
    bool operator==(const Softmax&) const = default;
};

using Operation =
    std::variant<Input, Parameter, Conv2d, BatchNorm2d, LayerNorm, GroupNorm, Activation, Affine,
                 Add, Multiply, Divide, MatMul, Concat, Rearrange, Reduce, Pad, Slice, MaxPool2d,
                 AvgPool2d, AdaptiveAvgPool2d, Flatten, Linear, Dropout, Softmax>;

/// The operator's name as PyTorch users write it: "Conv2d", "BatchNorm2d", "ReLU", "Add".
std::string_view operationName(const Operation& operation);

/// Whether the activation gives 0 for 0.
bool keepsZero(const Activation& activation);

} // namespace espalier
