#include "session/session_file_p.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr std::int64_t applicationId = 0x4573706c; // "Espl"
constexpr std::int64_t sessionVersion = 2; // 1: networks of fewer operators

/// The whole schema. SQLite keeps the words as they are: a file whose schema differs in a letter
/// was not written by this version.
constexpr std::array schema{
    std::string_view("CREATE TABLE tensor (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, "
                     "sizes TEXT NOT NULL, data BLOB NOT NULL) STRICT"),
    std::string_view("CREATE TABLE network (id INTEGER PRIMARY KEY, graph TEXT NOT NULL, "
                     "metadata TEXT NOT NULL) STRICT"),
    std::string_view(
        "CREATE TABLE network_tensor (network INTEGER NOT NULL REFERENCES network (id), "
        "part TEXT NOT NULL, node INTEGER NOT NULL, "
        "tensor INTEGER NOT NULL REFERENCES tensor (id), "
        "PRIMARY KEY (network, part, node)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE INDEX network_tensor_by_tensor ON network_tensor (tensor)"),
    std::string_view("CREATE TABLE iteration (id INTEGER PRIMARY KEY, "
                     "parent INTEGER REFERENCES iteration (id), "
                     "network INTEGER NOT NULL REFERENCES network (id), "
                     "description TEXT NOT NULL) STRICT"),
    std::string_view("CREATE TABLE session (id INTEGER PRIMARY KEY CHECK (id = 0), "
                     "experiment TEXT NOT NULL, "
                     "current INTEGER NOT NULL REFERENCES iteration (id)) STRICT"),
    std::string_view("CREATE TABLE pending (id INTEGER PRIMARY KEY CHECK (id = 0), "
                     "parent INTEGER NOT NULL REFERENCES iteration (id), "
                     "description TEXT NOT NULL) STRICT"),
    std::string_view("CREATE TABLE checkpoint (slot INTEGER PRIMARY KEY, "
                     "network INTEGER NOT NULL REFERENCES network (id), "
                     "has_momentum INTEGER NOT NULL, epochs_done INTEGER NOT NULL) STRICT"),
    std::string_view("CREATE TABLE log (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, "
                     "text TEXT NOT NULL) STRICT"),
};

/// Tensors are left out: reading all of a large file on every start is what their hashes spare.
constexpr std::array<const char*, 7> checkedTables{
    "session", "iteration", "pending", "checkpoint", "network", "network_tensor", "log"};

tl::unexpected<Error> foreign(const Database& database)
{
    return fail(ErrorCode::BadFormat,
                CoreText::tr("'{1}' is not a session file of Espalier.", database.file().string()));
}

tl::unexpected<Error> damaged(const Database& database)
{
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("'{1}' is damaged; use a copy of it from before.", database.file().string()));
}

Status checkMarks(const Database& database)
{
    const auto application = database.integer("PRAGMA application_id");
    if (!application)
        return fail(application.error());
    if (*application != applicationId)
        return foreign(database);
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return fail(version.error());
    if (*version > sessionVersion)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' was written by a newer Espalier; update Espalier to open it.",
                         database.file().string()));
    if (*version == 1)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "'{1}' was written by an early version of Espalier, whose networks this one "
                "does not read; create the session anew.",
                database.file().string()));
    if (*version != sessionVersion)
        return foreign(database);
    return {};
}

Status checkSchema(const Database& database)
{
    auto rows =
        database.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    if (!rows)
        return fail(rows.error());
    std::vector<std::string> found;
    auto row = rows->next();
    for (; row && *row; row = rows->next())
        found.push_back(rows->text(0));
    if (!row)
        return fail(row.error());
    if (!std::ranges::equal(found, schema))
        return foreign(database);
    return {};
}

/// SQLite reads the missing end of a last page as zeros.
Status checkSize(const Database& database)
{
    const auto bytes = database.integer("SELECT page_count * page_size FROM pragma_page_count, "
                                        "pragma_page_size");
    if (!bytes)
        return fail(bytes.error());
    std::error_code error;
    const auto size = std::filesystem::file_size(database.file(), error);
    if (error || size < static_cast<std::uintmax_t>(bytes->value_or(0)))
        return damaged(database);
    return {};
}

/// Pages, types and references of everything but the tensors' bytes.
Status checkContents(const Database& database)
{
    if (auto status = checkSize(database); !status)
        return status;
    for (const auto* table : checkedTables) {
        auto rows = database.query("PRAGMA quick_check(" + std::string(table) + ")");
        if (!rows)
            return fail(rows.error());
        const auto row = rows->next();
        if (!row)
            return fail(row.error());
        if (!*row || rows->text(0) != "ok")
            return damaged(database);
    }
    auto broken = database.query("PRAGMA foreign_key_check");
    const auto any = broken.and_then([](Query& query) { return query.next(); });
    if (!any)
        return fail(any.error());
    const auto sessions = database.integer("SELECT count(*) FROM session");
    if (!sessions)
        return fail(sessions.error());
    return *any || *sessions != 1 ? Status(damaged(database)) : Status();
}

} // namespace

Result<std::unique_ptr<Database>> createSessionFile(const std::filesystem::path& file,
                                                    const std::filesystem::path& name)
{
    auto database = Database::open(file, Database::Mode::Create, name);
    if (!database)
        return database;
    // 16 KiB pages: weights are large blobs.
    if (auto status =
            (*database)->execute("PRAGMA page_size = 16384; PRAGMA journal_mode = MEMORY; "
                                 "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        !status)
        return fail(status.error());
    return database;
}

Status writeSessionSchema(const Database& database)
{
    for (const auto& statement : schema) {
        if (auto status = database.run(statement); !status)
            return status;
    }
    const auto marks = "PRAGMA application_id = " + std::to_string(applicationId)
        + "; PRAGMA user_version = " + std::to_string(sessionVersion);
    return database.execute(marks.c_str());
}

Result<std::unique_ptr<Database>> openSessionFile(const std::filesystem::path& file, bool writable)
{
    auto database = Database::open(file, Database::Mode::Existing, file);
    if (!database)
        return database;
    auto status = (*database)->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                                       "PRAGMA cell_size_check = ON");
    if (status && !writable)
        status = (*database)->execute("PRAGMA query_only = ON");
    if (status)
        status = (*database)->read([&]() -> Status {
            for (const auto check : {&checkMarks, &checkSchema, &checkContents}) {
                if (auto checked = check(**database); !checked)
                    return checked;
            }
            return {};
        });
    if (!status)
        return fail(status.error());
    return database;
}

} // namespace espalier
