#include "session/store.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <system_error>

#include <unistd.h>

#include "base/core_text.h"
#include "session/history_json_p.h"
#include "session/network_table_p.h"
#include "session/session_file_p.h"

namespace fs = std::filesystem;

namespace espalier {

struct SessionStore::Impl {
    std::optional<WriterLock> lock; ///< declared first: given back after the database is closed
    std::unique_ptr<Database> database;

    NetworkTable networks() const { return NetworkTable(*database); }
    tl::unexpected<Error> damaged(const Error& error) const
    {
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' is damaged: {2}", database->file().string(), error.message));
    }

    Status requireIteration(IterationId id) const;
    Result<std::int64_t> insertIteration(std::int64_t id, const Iteration& iteration,
                                         const Network& network) const;
    Result<Iteration> iterationFrom(const Query& row) const;
    Status storePending(const PendingIteration& pending) const;
    Status dropCheckpoint(std::int64_t slot) const;
    Status dropPending() const;
};

namespace {

fs::path temporaryNameFor(const fs::path& file)
{
    static std::atomic<int> counter = 0;
    return file.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(counter++)
        + ".new";
}

} // namespace

// --- Opening
// --------------------------------------------------------------------------------------

Result<SessionStore> SessionStore::create(const fs::path& file, const std::string& experimentText,
                                          const Iteration& dense, const Network& network)
{
    std::error_code error;
    if (fs::exists(fs::symlink_status(file, error)))
        return fail(
            ErrorCode::Io,
            CoreText::tr("'{1}' exists already; open it or give another name.", file.string()));
    // The file gets its name when it is complete: what is killed before leaves no broken session.
    const auto temporary = temporaryNameFor(file);
    fs::remove(temporary, error);
    auto status = [&]() -> Status {
        auto database = createSessionFile(temporary, file);
        if (!database)
            return fail(database.error());
        Impl impl{.lock = {}, .database = std::move(*database)};
        return impl.database->write([&]() -> Status {
            if (auto made = writeSessionSchema(*impl.database); !made)
                return made;
            if (auto row = impl.insertIteration(0, dense, network); !row)
                return fail(row.error());
            return impl.database->run(
                "INSERT INTO session (id, experiment, current) VALUES (0, ?, 0)", experimentText);
        });
    }();
    if (status)
        status = moveIntoPlace(temporary, file);
    fs::remove(temporary, error);
    if (!status)
        return fail(status.error());
    return open(file, Access::ReadWrite);
}

Result<SessionStore> SessionStore::open(const fs::path& file, Access access)
{
    std::error_code error;
    const auto kind = fs::status(file, error);
    if (kind.type() == fs::file_type::not_found)
        return fail(ErrorCode::NotFound,
                    CoreText::tr("There is no session file '{1}'.", file.string()));
    if (kind.type() == fs::file_type::none)
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' cannot be reached ({2}).", file.string(), error.message()));
    if (!fs::is_regular_file(kind))
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' is not a file; give a session file of Espalier.", file.string()));
    auto impl = std::make_unique<Impl>();
    if (access == Access::ReadWrite) {
        auto lock = WriterLock::take(file);
        if (!lock)
            return fail(lock.error());
        impl->lock = std::move(*lock);
    }
    auto database = openSessionFile(file, access == Access::ReadWrite);
    if (!database)
        return fail(database.error());
    impl->database = std::move(*database);
    return SessionStore(std::move(impl));
}

SessionStore::SessionStore(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
SessionStore::SessionStore(SessionStore&&) noexcept = default;
SessionStore& SessionStore::operator=(SessionStore&&) noexcept = default;
SessionStore::~SessionStore() = default;

const fs::path& SessionStore::file() const
{
    return m_impl->database->file();
}

// --- Experiment
// -------------------------------------------------------------------------------------

Result<std::string> SessionStore::experimentText() const
{
    auto rows = m_impl->database->query("SELECT experiment FROM session");
    if (!rows)
        return fail(rows.error());
    return rows->next().map([&](bool) { return rows->text(0); });
}

Status SessionStore::setExperimentText(const std::string& text)
{
    return m_impl->database->run("UPDATE session SET experiment = ?", text);
}

// --- The tree
// ---------------------------------------------------------------------------------------

Status SessionStore::Impl::requireIteration(IterationId id) const
{
    const auto found = database->integer("SELECT id FROM iteration WHERE id = ?", id.value());
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(
            ErrorCode::NotFound,
            CoreText::tr("'{1}' has no iteration {2}.", database->file().string(), id.value()));
    return {};
}

Result<std::int64_t> SessionStore::Impl::insertIteration(std::int64_t id,
                                                         const Iteration& iteration,
                                                         const Network& network) const
{
    if (iteration.parent) {
        if (auto status = requireIteration(*iteration.parent); !status)
            return fail(status.error());
    }
    const auto row = networks().add(network, /*momentum=*/nullptr);
    if (!row)
        return row;
    auto status = database->run(
        "INSERT INTO iteration (id, parent, network, description) VALUES (?, ?, ?, ?)", id,
        iteration.parent ? std::optional(iteration.parent->value()) : std::nullopt, *row,
        iterationToJson(iteration));
    if (!status)
        return fail(status.error());
    return row;
}

Result<Iteration> SessionStore::Impl::iterationFrom(const Query& row) const
{
    auto iteration = iterationFromJson(row.text(2));
    if (!iteration)
        return damaged(iteration.error());
    iteration->id = IterationId(row.integer(0));
    if (!row.isNull(1))
        iteration->parent = IterationId(row.integer(1));
    return iteration;
}

Result<std::vector<Iteration>> SessionStore::iterations() const
{
    auto rows =
        m_impl->database->query("SELECT id, parent, description FROM iteration ORDER BY id");
    if (!rows)
        return fail(rows.error());
    std::vector<Iteration> iterations;
    auto found = rows->next();
    for (; found && *found; found = rows->next()) {
        auto iteration = m_impl->iterationFrom(*rows);
        if (!iteration)
            return fail(iteration.error());
        // The history is walked by index, from a network to its parent until there is none.
        if (iteration->id.index() != iterations.size()
            || (iteration->parent && *iteration->parent >= iteration->id))
            return m_impl->damaged(
                {ErrorCode::BadFormat, CoreText::tr("its iterations are not in order.")});
        iterations.push_back(std::move(*iteration));
    }
    if (!found)
        return fail(found.error());
    return iterations;
}

Result<Network> SessionStore::network(IterationId id) const
{
    std::optional<Network> network;
    auto status = m_impl->database->read([&]() -> Status {
        if (auto known = m_impl->requireIteration(id); !known)
            return known;
        const auto row =
            m_impl->database->integer("SELECT network FROM iteration WHERE id = ?", id.value());
        if (!row)
            return fail(row.error());
        auto stored = m_impl->networks().get(**row, /*withMomentum=*/false);
        if (!stored)
            return fail(stored.error());
        network = std::move(stored->network);
        return {};
    });
    if (!status)
        return fail(status.error());
    return std::move(*network);
}

Result<IterationId> SessionStore::current() const
{
    const auto current = m_impl->database->integer("SELECT current FROM session");
    if (!current)
        return fail(current.error());
    return IterationId(current->value_or(0));
}

Status SessionStore::setCurrent(IterationId id)
{
    return m_impl->database->write([&]() -> Status {
        if (auto known = m_impl->requireIteration(id); !known)
            return known;
        if (auto dropped = m_impl->dropPending(); !dropped)
            return dropped;
        return m_impl->database->run("UPDATE session SET current = ?", id.value());
    });
}

Result<IterationId> SessionStore::addIteration(Iteration iteration, const Network& network)
{
    auto status = m_impl->database->write([&]() -> Status {
        const auto last = m_impl->database->integer("SELECT max(id) FROM iteration");
        if (!last)
            return fail(last.error());
        iteration.id = IterationId(last->value_or(-1) + 1);
        if (auto row = m_impl->insertIteration(iteration.id.value(), iteration, network); !row)
            return fail(row.error());
        if (auto set =
                m_impl->database->run("UPDATE session SET current = ?", iteration.id.value());
            !set)
            return set;
        return m_impl->dropPending();
    });
    if (!status)
        return fail(status.error());
    return iteration.id;
}

// --- The iteration in progress
// ------------------------------------------------------------------------

Status SessionStore::Impl::storePending(const PendingIteration& pending) const
{
    if (auto known = requireIteration(pending.parent); !known)
        return known;
    return database->run(
        "INSERT OR REPLACE INTO pending (id, parent, description) VALUES (0, ?, ?)",
        pending.parent.value(), pendingToJson(pending));
}

Status SessionStore::Impl::dropCheckpoint(std::int64_t slot) const
{
    const auto network = database->integer("SELECT network FROM checkpoint WHERE slot = ?", slot);
    if (!network)
        return fail(network.error());
    if (!*network)
        return {};
    if (auto status = database->run("DELETE FROM checkpoint WHERE slot = ?", slot); !status)
        return status;
    return networks().remove(**network);
}

Status SessionStore::Impl::dropPending() const
{
    while (true) {
        const auto slot = database->integer("SELECT slot FROM checkpoint");
        if (!slot)
            return fail(slot.error());
        if (!*slot)
            return database->run("DELETE FROM pending");
        if (auto status = dropCheckpoint(**slot); !status)
            return status;
    }
}

Result<std::optional<PendingIteration>> SessionStore::pending() const
{
    auto rows = m_impl->database->query("SELECT parent, description FROM pending");
    if (!rows)
        return fail(rows.error());
    const auto found = rows->next();
    if (!found)
        return fail(found.error());
    if (!*found)
        return std::nullopt;
    auto pending = pendingFromJson(rows->text(1));
    if (!pending)
        return m_impl->damaged(pending.error());
    pending->parent = IterationId(rows->integer(0));
    return std::optional(std::move(*pending));
}

Status SessionStore::setPending(const PendingIteration& pending)
{
    return m_impl->database->write([&] { return m_impl->storePending(pending); });
}

Status SessionStore::clearPending()
{
    return m_impl->database->write([&] { return m_impl->dropPending(); });
}

Status SessionStore::saveCheckpoint(std::size_t slot, const TrainState& state,
                                    const PendingIteration& pending)
{
    const auto key = static_cast<std::int64_t>(slot);
    return m_impl->database->write([&]() -> Status {
        if (auto status = m_impl->storePending(pending); !status)
            return status;
        // The new one goes in first: what it shares with the old one is not written again.
        const auto row = m_impl->networks().add(state.network, state.momentum.get());
        if (!row)
            return fail(row.error());
        if (auto status = m_impl->dropCheckpoint(key); !status)
            return status;
        return m_impl->database->run(
            "INSERT INTO checkpoint (slot, network, has_momentum, epochs_done) VALUES (?, ?, ?, ?)",
            key, *row, std::int64_t{state.momentum ? 1 : 0}, state.epochsDone);
    });
}

Result<std::optional<TrainState>> SessionStore::checkpoint(std::size_t slot) const
{
    std::optional<TrainState> state;
    auto status = m_impl->database->read([&]() -> Status {
        auto rows = m_impl->database->query(
            "SELECT network, has_momentum, epochs_done FROM checkpoint WHERE slot = ?",
            static_cast<std::int64_t>(slot));
        if (!rows)
            return fail(rows.error());
        const auto found = rows->next();
        if (!found)
            return fail(found.error());
        if (!*found)
            return {};
        auto stored = m_impl->networks().get(rows->integer(0), rows->integer(1) != 0);
        if (!stored)
            return fail(stored.error());
        if (rows->integer(2) < 0)
            return m_impl->damaged(
                {ErrorCode::BadFormat, CoreText::tr("a checkpoint counts no epochs.")});
        state = TrainState{.network = std::move(stored->network),
                           .momentum = std::move(stored->momentum),
                           .epochsDone = rows->integer(2)};
        return {};
    });
    if (!status)
        return fail(status.error());
    return state;
}

// --- The log
// ------------------------------------------------------------------------------------------

Status SessionStore::appendLog(const LogLine& line)
{
    return m_impl->database->run("INSERT INTO log (level, text) VALUES (?, ?)",
                                 static_cast<std::int64_t>(line.level), line.text);
}

Result<std::vector<LogLine>> SessionStore::log() const
{
    auto rows = m_impl->database->query("SELECT level, text FROM log ORDER BY id");
    if (!rows)
        return fail(rows.error());
    std::vector<LogLine> lines;
    auto found = rows->next();
    for (; found && *found; found = rows->next()) {
        const auto level = std::clamp<std::int64_t>(rows->integer(0), 0, 2);
        lines.push_back({.level = static_cast<LogLevel>(level), .text = rows->text(1)});
    }
    if (!found)
        return fail(found.error());
    return lines;
}

} // namespace espalier
