#pragma once

#include <filesystem>
#include <memory>

#include "session/sqlite_p.h"
#include "session/writer_lock_p.h"

namespace espalier {

/// An empty database at `file`, of which messages speak as `name`. Nothing protects it until it is
/// complete: it is to be moved into place then, or deleted.
Result<std::unique_ptr<Database>> createSessionFile(const std::filesystem::path& file,
                                                    const std::filesystem::path& name);

/// Tables and the marks by which a session file is known. Inside a transaction of the caller's.
Status writeSessionSchema(const Database& database);

/// Opens a session file and checks that it is one, of this version, and whole (tensors excepted:
/// those are checked one by one when read). Errors: BadFormat, Unsupported, Io, Busy.
Result<std::unique_ptr<Database>> openSessionFile(const std::filesystem::path& file, bool writable);

} // namespace espalier
