#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <c10/core/ScalarType.h>

#include "base/id.h"
#include "base/result.h"

namespace espalier {

/// What Python's pickle made of, as data. Nothing is ever executed: the few functions a state dict
/// needs are known by name and done here, any other name is refused.
class Pickle {
public:
    using Ref = std::size_t; ///< a value of this pickle; values may refer to themselves

    struct Nothing { }; ///< None, and what a state dict does not need: bytes, large numbers, sets
    struct Global {
        std::string name; ///< "collections.OrderedDict"
    };
    struct Tuple {
        std::vector<Ref> items;
    };
    struct List {
        std::vector<Ref> items;
    };
    struct Dict {
        std::vector<std::pair<Ref, Ref>> items; ///< in order of appearance
    };
    /// A record of the archive.
    struct Storage {
        c10::ScalarType type;
        std::string key; ///< the record is "data/KEY"
        std::int64_t elements;
    };
    struct Tensor {
        Ref storage;
        std::int64_t offset;
        std::vector<std::int64_t> sizes;
        std::vector<std::int64_t> strides;
    };
    using Value = std::variant<Nothing, bool, std::int64_t, double, std::string, Global, Tuple,
                               List, Dict, Storage, Tensor>;

    /// Which names may stand in a pickle. TorchScript has classes and functions of its own; what
    /// they make becomes a Tuple of what it is made of.
    enum class Names { StateDict, TorchScript };

    /// Reads a pickle of protocol 2 to 5. Errors: Unsupported (a class that is not known, by name),
    /// BadFormat (truncated, or not as torch.save writes).
    static Result<Pickle> parse(std::string_view bytes, Names names = Names::StateDict);

    Ref root() const { return m_root; }
    const Value& operator[](Ref ref) const { return m_values[ref]; }
    const std::deque<Value>& values() const { return m_values; }
    template <class T> const T* as(Ref ref) const { return std::get_if<T>(&m_values[ref]); }
    /// The value of a dict's key; nothing when it is no dict or lacks the key.
    std::optional<Ref> find(Ref dict, std::string_view key) const;
    /// Whether containers stand within one another deeper than that, or hold themselves.
    bool nestsDeeperThan(std::size_t most) const;

private:
    friend class Unpickler;
    std::deque<Value> m_values; ///< an arena: what refers to itself needs no care
    Ref m_root = 0;
};

} // namespace espalier
