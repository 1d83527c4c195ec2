#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace espalier {

using Blob = std::span<const std::byte>;

/// A prepared statement with its values bound; rows are read one by one. Must not outlive its
/// database.
class Query {
public:
    /// To the next row; false after the last.
    Result<bool> next();
    std::int64_t integer(int column) const;
    bool isNull(int column) const;
    std::string text(int column) const;
    Blob blob(int column) const; ///< valid until next()

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    const class Database* m_database = nullptr;
};

/// One connection to an SQLite file. Every failure is an Error that names the file, says what is
/// kept and what to do. Used by one thread at a time.
class Database {
public:
    enum class Mode {
        Create,
        Existing, ///< a file that cannot be written is opened for reading
    };
    /// Nothing is read yet. Messages call the file `name`.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode,
                                                  const std::filesystem::path& name);

    const std::filesystem::path& file() const { return m_name; }

    /// Statements without values or rows, separated by semicolons.
    Status execute(const char* sql) const;
    /// One statement; `values` (integers, text, Blob; an absent optional is NULL) are bound to its
    /// question marks in order.
    template <class... Values>
    Result<Query> query(std::string_view sql, const Values&... values) const
    {
        auto query = prepare(sql);
        int index = 0;
        if (query && !(bind(*query, ++index, values) && ...))
            return fail(failure());
        return query;
    }
    /// The same for a statement whose rows are of no interest.
    template <class... Values> Status run(std::string_view sql, const Values&... values) const
    {
        auto statement = query(sql, values...);
        if (!statement)
            return fail(statement.error());
        return finish(*statement);
    }
    /// The first column of the first row; nothing when there is no row.
    template <class... Values>
    Result<std::optional<std::int64_t>> integer(std::string_view sql, const Values&... values) const
    {
        auto rows = query(sql, values...);
        if (!rows)
            return fail(rows.error());
        return firstInteger(*rows);
    }
    std::int64_t lastInsertId() const;

    /// `body` in one transaction: all of it is in the file, or none.
    Status write(const std::function<Status()>& body) const;
    /// `body` sees one state of the file, whatever a writer does meanwhile.
    Status read(const std::function<Status()>& body) const;

    /// The Error of the connection's last failure.
    Error failure() const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };

    Database(sqlite3* handle, std::filesystem::path name);
    Result<Query> prepare(std::string_view sql) const;
    bool bind(const Query& query, int index, std::int64_t value) const;
    bool bind(const Query& query, int index, std::string_view value) const;
    bool bind(const Query& query, int index, Blob value) const;
    bool bind(const Query& query, int index, const std::optional<std::int64_t>& value) const
    {
        return !value || bind(query, index, *value); // what is not bound is NULL
    }
    static Status finish(Query& query);
    static Result<std::optional<std::int64_t>> firstInteger(Query& query);
    Status transaction(const char* begin, const std::function<Status()>& body) const;

    std::unique_ptr<sqlite3, Close> m_handle;
    std::filesystem::path m_name;
};

} // namespace espalier
