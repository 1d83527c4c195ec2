#include "session/writer_lock_p.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr off_t lockedByte = off_t{1} << 62;

tl::unexpected<Error> ioFailure(const fs::path& file, const std::string& what, int code)
{
    return fail(ErrorCode::Io,
                "'" + file.string() + "' " + what + " (" + std::strerror(code) + ").");
}

} // namespace

Result<WriterLock> WriterLock::take(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return ioFailure(file, "cannot be written; change its permissions or work on a copy",
                         errno);
    WriterLock lock(descriptor);
    struct flock range { };
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = lockedByte;
    range.l_len = 1;
    if (::fcntl(descriptor, F_OFD_SETLK, &range) == 0)
        return lock;
    if (errno == EAGAIN || errno == EACCES)
        return fail(ErrorCode::Busy,
                    "'" + file.string()
                        + "' is being written by another Espalier; stop or close it there first.");
    return ioFailure(file, "cannot be locked; copy it to a local disk", errno);
}

WriterLock::~WriterLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Status moveIntoPlace(const fs::path& from, const fs::path& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        int code = errno;
        // Some network file systems cannot refuse to replace; then the look before is all there is.
        std::error_code ignored;
        if ((code == EINVAL || code == ENOSYS) && !fs::exists(to, ignored))
            code = ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
        if (code == EEXIST)
            return fail(ErrorCode::Io,
                        "'" + to.string() + "' exists already; open it or give another name.");
        if (code != 0)
            return ioFailure(to, "cannot be created", code);
    }
    const auto folder = fs::absolute(to).parent_path();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
    return {};
}

} // namespace espalier
