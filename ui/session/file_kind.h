#pragma once

#include <filesystem>

namespace espalier::ui {

/// What a file that was dropped, opened or named on the command line is taken for.
enum class FileKind { Model, Session, Experiment };

/// A session is known by SQLite's signature or its suffix, an experiment by its suffix (.yaml,
/// .yml); all else is left to the model importer, which says what it is not.
FileKind fileKind(const std::filesystem::path& file);

/// Where the session of an experiment or a model lies unless told otherwise: beside it, same name.
std::filesystem::path sessionFileFor(const std::filesystem::path& file);

} // namespace espalier::ui
