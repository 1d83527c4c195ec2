#pragma once

#include <cstdint>
#include <memory>

#include "network/network_p.h"
#include "session/sqlite_p.h"

namespace espalier {

/// Networks and tensors of a session file: a tensor is stored once, under the SHA-256 of its shape
/// and bytes, however many networks share it, and is checked against it when read. Every member
/// function runs inside a transaction of the caller's.
class NetworkTable {
public:
    struct Stored {
        Network network; ///< on the CPU
        std::shared_ptr<const Network::Weights> momentum; ///< null when there is none
    };

    explicit NetworkTable(const Database& database)
        : m_database(database)
    {
    }

    /// Stores a network, with SGD's momentum buffers when `momentum` is not null, and returns its
    /// row.
    Result<std::int64_t> add(const Network& network, const Network::Weights* momentum) const;
    /// Errors: BadFormat when anything is missing or differs from its hash.
    Result<Stored> get(std::int64_t row, bool withMomentum) const;
    /// Deletes a network and the tensors that no other network holds.
    Status remove(std::int64_t row) const;

private:
    Status addWeights(std::int64_t network, const Network::Weights& weights,
                      std::string_view prefix) const;
    Result<std::int64_t> addTensor(const at::Tensor& tensor) const;
    Status readTensors(std::int64_t network, Network::Weights& weights,
                       Network::Weights& momentum) const;
    /// `what` ends with a full stop.
    tl::unexpected<Error> damaged(const std::string& what) const;

    const Database& m_database;
};

} // namespace espalier
