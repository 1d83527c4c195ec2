#include "support/shared_data.h"

#include <array>
#include <cstdlib>
#include <string>
#include <system_error>

#include <QDir>
#include <QLockFile>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace fs = std::filesystem;

namespace espalier::test {

std::optional<fs::path> sharedData()
{
    const char* variable = std::getenv("ESPALIER_SHARED_DATA");
    const fs::path folder =
        variable ? fs::path(variable) : sourceFolder() / ".." / "shared" / "data";
    std::error_code error;
    if (fs::is_directory(folder, error))
        return fs::weakly_canonical(folder);
    return std::nullopt;
}

std::optional<fs::path> sharedFile(std::string_view relative)
{
    const auto folder = sharedData();
    if (!folder || !fs::exists(*folder / relative))
        return std::nullopt;
    return *folder / relative;
}

std::optional<fs::path> cifar10Folder()
{
    const auto script = sharedFile("unpack.sh");
    if (!script)
        return std::nullopt;
    const fs::path target = fs::path(ESPALIER_BINARY_DIR) / "test-data";
    fs::create_directories(target);
    QLockFile lock(QString::fromStdString((target / "unpack.lock").string()));
    lock.lock(); // tests run in parallel; one unpacks
    const int status = QProcess::execute(
        QStringLiteral("sh"),
        {QString::fromStdString(script->string()), QString::fromStdString(target.string())});
    if (status != 0)
        return std::nullopt;
    return target / "cifar-10-batches-bin";
}

fs::path testFile(std::string_view relative)
{
    return sourceFolder() / "tests" / relative;
}

fs::path sourceFolder()
{
    return ESPALIER_SOURCE_DIR;
}

} // namespace espalier::test
