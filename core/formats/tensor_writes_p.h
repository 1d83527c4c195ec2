#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/aten_value_p.h"

namespace espalier {

/// What in-place operators do to the other names of a tensor. A graph has values, a program has
/// memory: views lie in that of the tensor they were taken from, so a write to one changes the
/// others. A name of just what was written to gets the new value; any other view of that memory
/// would have to be put together anew, and is refused when it is read.
class TensorWrites {
public:
    /// Memory of its own, or (for a part of a tensor that is split) within that of another.
    std::int64_t newMemory(std::int64_t within = 0);

    /// The tensor had `before`'s value and has `after`'s now; gives `after` its memory.
    void write(const AtenTensor& before, AtenTensor& after);

    /// Takes the tensor to be made now, in this memory.
    void place(AtenTensor& tensor, std::int64_t memory) const;

    /// What the tensor is after all that was written since it was made.
    /// Errors: Unsupported, with a clause for a message.
    Result<AtenTensor> current(const AtenTensor& tensor) const;

private:
    struct Write {
        std::int64_t memory;
        NodeId node; ///< what was there before
        TensorView view;
        AtenTensor after;
    };
    bool overlap(std::int64_t a, std::int64_t b) const;

    std::vector<std::int64_t> m_within{0}; ///< by memory; 0: nothing
    std::vector<Write> m_writes;
};

/// Whether an operator's result lies in the memory of its first argument: all of it, or (split,
/// chunk, unbind) in parts that do not overlap.
enum class SharesMemory { No, Whole, Parts };
SharesMemory sharesMemory(const std::string& name);

} // namespace espalier
