#include "windows/assistant/data_folder.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace espalier::ui {

std::optional<DataSpec::Format> guessFormat(const fs::path& folder)
{
    std::error_code error;
    constexpr std::size_t enough = 2000; // a folder of a million files must not hold up the window
    std::vector<std::string> files;
    bool hasFolders = false;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end && files.size() < enough; entry.increment(error)) {
        hasFolders = hasFolders || entry->is_directory(error);
        files.push_back(entry->path().filename().string());
    }
    const auto any = [&](auto&& matches) { return std::ranges::any_of(files, matches); };
    const auto has = [&](const char* name) { return std::ranges::count(files, name) > 0; };
    if (has("data_batch_1.bin"))
        return DataSpec::Format::Cifar10;
    if (has("train.bin") && has("test.bin"))
        return DataSpec::Format::Cifar100;
    if (any([](const auto& name) { return name.find("ubyte") != std::string::npos; }))
        return DataSpec::Format::Idx;
    if (any([](const auto& name) { return name.ends_with(".npy"); }))
        return DataSpec::Format::Npy;
    if (hasFolders)
        return DataSpec::Format::Folder;
    return std::nullopt;
}

} // namespace espalier::ui
