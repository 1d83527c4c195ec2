#include "output_file.h"

#include <system_error>

#include <unistd.h>

namespace espalier::cli {

namespace fs = std::filesystem;

Status checkOutputFile(const fs::path& file)
{
    std::error_code error;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error))
        return fail(ErrorCode::Io,
                    file.string() + " cannot be written: there is no folder " + folder.string()
                        + "; make it first.");
    if (fs::is_directory(file, error))
        return fail(ErrorCode::Io,
                    file.string() + " cannot be written: it is a folder; name a file.");
    if (fs::exists(file, error) && !fs::is_regular_file(file, error))
        return fail(ErrorCode::Io,
                    file.string() + " cannot be written: it is no ordinary file; name another.");
    const fs::path& target = fs::exists(file, error) ? file : folder;
    if (access(target.c_str(), W_OK) != 0)
        return fail(ErrorCode::Io,
                    file.string() + " cannot be written: no permission to write " + target.string()
                        + "; choose another place.");
    return {};
}

} // namespace espalier::cli
