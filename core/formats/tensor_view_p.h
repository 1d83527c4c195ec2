#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "network/operations.h"

namespace espalier {

/// The size of the batch as programs see it: a number no real extent has, so that x.size(0) is
/// known again where it is used, alone or as a factor.
constexpr std::int64_t batchMarker = 1'000'003;

/// How a program sees the value of a node: its dimensions reshaped and permuted in any way, with
/// the batch anywhere among them. Views cost nothing until an operator needs the values in that
/// order: then canonical() says what Rearrange gives them.
///
/// The node's sample is taken as `atoms`, extents that divide its dimensions (row-major, those of 1
/// left out); a dimension of the view is a list of atoms, or has the batch among them.
class TensorView {
public:
    /// The value as it is: the batch, then the dimensions of the sample.
    static TensorView whole(const Shape& sample);

    std::size_t rank() const { return m_dimensions.size(); }
    /// One size per dimension; multiples of batchMarker where the batch is.
    std::vector<std::int64_t> sizes() const;

    /// As torch.reshape; one size may be -1. A batch of 1 (or of what the example had) that a trace
    /// wrote as a number is known again. Nothing when dimensions would have to be cut unevenly.
    std::optional<TensorView> reshaped(std::vector<std::int64_t> sizes) const;
    TensorView permuted(std::span<const std::int64_t> order) const; ///< a permutation
    TensorView unsqueezed(std::int64_t dimension) const; ///< 0..rank
    TensorView squeezed(std::int64_t dimension) const; ///< of size 1

    /// The node's values in the order of the view, batch first: what has to be done for it, the
    /// sample it gives, and for each dimension of the view that of the sample (-1: the batch
    /// alone).
    struct Canonical {
        Rearrange rearrange; ///< its `merged` is the sample it gives
        bool inOrder = false; ///< whether only sizes change, no value moves
        std::vector<std::int64_t> dimensionOf;
    };
    Canonical canonical() const;

    /// The same view of another node, whose sample has as many dimensions as canonical() says.
    TensorView over(const Shape& sample) const;

    /// Whether it is whole() of some sample: batch first, and alone in its dimension.
    bool isBatchFirst() const;

    bool operator==(const TensorView&) const = default;

private:
    static constexpr std::int64_t batch = -1;
    using Atoms = std::vector<std::int64_t>; // positions in m_atoms, or `batch`

    std::optional<TensorView> aligned(const std::vector<std::int64_t>& sizes,
                                      std::int64_t batchSize) const;

    Shape m_atoms;
    std::vector<Atoms> m_dimensions;
};

} // namespace espalier
