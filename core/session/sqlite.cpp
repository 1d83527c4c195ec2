#include "session/sqlite_p.h"

#include <sqlite3.h>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr int busyMilliseconds = 10'000; // readers hold the file for milliseconds

Error errorOf(int code, const std::string& message, const std::filesystem::path& file)
{
    const auto name = file.string();
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::Io,
                CoreText::tr("The disk is full: '{1}' keeps what was saved before; free some space "
                             "and try again.",
                             name)};
    case SQLITE_IOERR:
        return {
            ErrorCode::Io,
            CoreText::tr("'{1}' could not be read or written ({2}); check the disk. What was saved "
                         "before is kept.",
                         name, message)};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorCode::Io,
                CoreText::tr(
                    "'{1}' cannot be written; check the permissions of the file and its folder.",
                    name)};
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        return {
            ErrorCode::Io,
            CoreText::tr(
                "'{1}' cannot be opened; check the permissions of the file and its folder.", name)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorCode::Busy,
            CoreText::tr("'{1}' is in use by another program; wait until it is done and try again.",
                         name)};
    case SQLITE_NOTADB:
        return {ErrorCode::BadFormat,
                CoreText::tr("'{1}' is not a session file of Espalier.", name)};
    case SQLITE_CORRUPT:
        return {
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' is damaged ({2}); use a copy of it from before.", name, message)};
    case SQLITE_TOOBIG:
        return {
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' cannot hold a tensor of more than 1 GB; prune a smaller network.",
                         name)};
    default:
        return {ErrorCode::Internal, CoreText::tr("'{1}' could not be used: {2}.", name, message)};
    }
}

} // namespace

void Query::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Result<bool> Query::next()
{
    const int code = sqlite3_step(m_statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return fail(m_database->failure());
    return code == SQLITE_ROW;
}

std::int64_t Query::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

bool Query::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::string Query::text(int column) const
{
    const auto bytes = blob(column);
    return bytes.empty() ? std::string()
                         : std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

Blob Query::blob(int column) const
{
    const auto* data = sqlite3_column_blob(m_statement.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return data ? Blob(static_cast<const std::byte*>(data), size) : Blob();
}

void Database::Close::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

Database::Database(sqlite3* handle, std::filesystem::path name)
    : m_handle(handle)
    , m_name(std::move(name))
{
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode,
                                                 const std::filesystem::path& name)
{
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &handle,
        SQLITE_OPEN_READWRITE | (mode == Mode::Create ? SQLITE_OPEN_CREATE : 0), nullptr);
    std::unique_ptr<Database> database(new Database(handle, name));
    if (code != SQLITE_OK)
        return fail(errorOf(code, sqlite3_errstr(code), name));
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMilliseconds);
    // A file from elsewhere may hold triggers, views or a schema made to do harm.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    return database;
}

Status Database::execute(const char* sql) const
{
    if (sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(failure());
    return {};
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle.get());
}

Status Database::write(const std::function<Status()>& body) const
{
    return transaction("BEGIN IMMEDIATE", body);
}

Status Database::read(const std::function<Status()>& body) const
{
    return transaction("BEGIN", body);
}

Status Database::transaction(const char* begin, const std::function<Status()>& body) const
{
    if (auto status = execute(begin); !status)
        return status;
    auto status = body();
    if (status)
        status = execute("COMMIT");
    // A full disk may have rolled back already; then there is nothing left to undo.
    if (!status && sqlite3_get_autocommit(m_handle.get()) == 0)
        sqlite3_exec(m_handle.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return status;
}

Error Database::failure() const
{
    return errorOf(sqlite3_extended_errcode(m_handle.get()), sqlite3_errmsg(m_handle.get()),
                   m_name);
}

Result<Query> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                           nullptr)
        != SQLITE_OK)
        return fail(failure());
    Query query;
    query.m_statement.reset(statement);
    query.m_database = this;
    return query;
}

bool Database::bind(const Query& query, int index, std::int64_t value) const
{
    return sqlite3_bind_int64(query.m_statement.get(), index, value) == SQLITE_OK;
}

bool Database::bind(const Query& query, int index, std::string_view value) const
{
    return sqlite3_bind_text64(query.m_statement.get(), index, value.data(), value.size(),
                               SQLITE_TRANSIENT, SQLITE_UTF8)
        == SQLITE_OK;
}

bool Database::bind(const Query& query, int index, Blob value) const
{
    if (value.empty()) // a null pointer would bind NULL
        return sqlite3_bind_zeroblob(query.m_statement.get(), index, 0) == SQLITE_OK;
    return sqlite3_bind_blob64(query.m_statement.get(), index, value.data(), value.size(),
                               SQLITE_STATIC)
        == SQLITE_OK;
}

Status Database::finish(Query& query)
{
    while (true) {
        const auto row = query.next();
        if (!row)
            return fail(row.error());
        if (!*row)
            return {};
    }
}

Result<std::optional<std::int64_t>> Database::firstInteger(Query& query)
{
    const auto row = query.next();
    if (!row)
        return fail(row.error());
    return *row ? std::optional(query.integer(0)) : std::nullopt;
}

} // namespace espalier
