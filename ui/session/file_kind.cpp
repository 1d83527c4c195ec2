#include "session/file_kind.h"

#include <array>
#include <fstream>
#include <string_view>

namespace espalier::ui {

namespace {

bool hasSqliteSignature(const std::filesystem::path& file)
{
    static constexpr std::string_view signature = "SQLite format 3";
    std::array<char, signature.size()> start{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    return stream.gcount() == static_cast<std::streamsize>(start.size())
        && std::string_view(start.data(), start.size()) == signature;
}

} // namespace

FileKind fileKind(const std::filesystem::path& file)
{
    const auto suffix = file.extension();
    if (suffix == ".yaml" || suffix == ".yml")
        return FileKind::Experiment;
    if (suffix == ".espalier" || hasSqliteSignature(file))
        return FileKind::Session;
    return FileKind::Model;
}

std::filesystem::path sessionFileFor(const std::filesystem::path& file)
{
    auto session = file;
    return session.replace_extension(".espalier");
}

} // namespace espalier::ui
