#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace espalier {

/// The right to write a session file, held for the object's life; the kernel gives it back when the
/// process dies. An open-file-description lock on one byte far behind SQLite's own: unlike flock()
/// it does not collide with SQLite's byte locks on network file systems, and readers need no lock.
class WriterLock {
public:
    /// Errors: Busy (another process or store has it), Io (the file cannot be written).
    static Result<WriterLock> take(const std::filesystem::path& file);

    WriterLock(WriterLock&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    WriterLock& operator=(WriterLock&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~WriterLock();

private:
    explicit WriterLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor = -1;
};

/// Gives `from` the name `to` unless that exists, and makes the new name durable.
/// Errors: Io, with a sentence about `to`.
Status moveIntoPlace(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace espalier
