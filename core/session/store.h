#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "network/network.h"
#include "session/history.h"
#include "training/finetune.h"

namespace espalier {

/// The session file NAME.espalier: one SQLite database, every call one transaction, so a killed
/// process or a full disk loses at most the call in flight. Tensors are stored once by content
/// hash. One writer at a time: a second process gets Busy. Used by one thread at a time.
/// Two stores of one process on one file are used by the same thread (POSIX locks are per process).
class SessionStore {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// A new file with iteration 0. Errors: Io (exists already, read-only, full disk), Busy.
    static Result<SessionStore> create(const std::filesystem::path& file,
                                       const std::string& experimentText, const Iteration& dense,
                                       const Network& network);
    /// Errors: NotFound, BadFormat (not a session, damaged), Unsupported (from a newer version),
    /// Busy, Io.
    static Result<SessionStore> open(const std::filesystem::path& file, Access access);

    SessionStore(SessionStore&&) noexcept;
    SessionStore& operator=(SessionStore&&) noexcept;
    ~SessionStore();

    const std::filesystem::path& file() const;

    Result<std::string> experimentText() const;
    Status setExperimentText(const std::string& text);

    Result<std::vector<Iteration>> iterations() const; ///< by id
    Result<Network> network(IterationId id) const; ///< on the CPU
    Result<IterationId> current() const; ///< whose network the next step prunes
    Status setCurrent(IterationId id); ///< and drops what is pending
    /// Appends the iteration (its id is assigned), makes it current and drops what was pending.
    Result<IterationId> addIteration(Iteration iteration, const Network& network);

    Result<std::optional<PendingIteration>> pending() const;
    Status setPending(const PendingIteration& pending);
    Status clearPending(); ///< with its checkpoints
    /// A training state of the pending iteration, by a number; replaces the earlier one of it.
    /// `pending` is stored in the same transaction.
    Status saveCheckpoint(std::size_t slot, const TrainState& state,
                          const PendingIteration& pending);
    Result<std::optional<TrainState>> checkpoint(std::size_t slot) const;

    Status appendLog(const LogLine& line);
    Result<std::vector<LogLine>> log() const;

private:
    struct Impl;
    explicit SessionStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace espalier
