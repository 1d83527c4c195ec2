#include "session/writer_lock_p.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/core_text.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr off_t lockedByte = off_t{1} << 62;

} // namespace

Result<WriterLock> WriterLock::take(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        const std::string reason = std::strerror(errno);
        return fail(
            ErrorCode::Io,
            CoreText::tr("'{1}' cannot be written; change its permissions or work on a copy ({2}).",
                         file.string(), reason));
    }
    WriterLock lock(descriptor);
    struct flock range { };
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = lockedByte;
    range.l_len = 1;
    if (::fcntl(descriptor, F_OFD_SETLK, &range) == 0)
        return lock;
    const int code = errno;
    if (code == EAGAIN || code == EACCES)
        return fail(ErrorCode::Busy,
                    CoreText::tr(
                        "'{1}' is being written by another Espalier; stop or close it there first.",
                        file.string()));
    return fail(ErrorCode::Io,
                CoreText::tr("'{1}' cannot be locked; copy it to a local disk ({2}).",
                             file.string(), std::strerror(code)));
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
            return fail(
                ErrorCode::Io,
                CoreText::tr("'{1}' exists already; open it or give another name.", to.string()));
        if (code != 0)
            return fail(
                ErrorCode::Io,
                CoreText::tr("'{1}' cannot be created ({2}).", to.string(), std::strerror(code)));
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
