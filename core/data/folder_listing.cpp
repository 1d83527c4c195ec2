#include "data/folder_listing.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/core_text.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr std::size_t mostFolders = 100'000; // within one class

struct Entries {
    std::vector<fs::path> folders;
    std::vector<fs::path> files;
};

/// What lies in a folder, in byte order, without what is hidden.
Result<Entries> entriesOf(const fs::path& folder)
{
    Entries entries;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const auto& path = entry->path();
        if (path.filename().native().starts_with('.'))
            continue;
        std::error_code unknown; // a broken link is a file that cannot be read
        auto& kind = entry->is_directory(unknown) ? entries.folders : entries.files;
        kind.push_back(path);
    }
    if (error)
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' cannot be listed: {2}.", folder.string(), error.message()));
    std::ranges::sort(entries.folders);
    std::ranges::sort(entries.files);
    return entries;
}

/// All files within a class's folder.
Result<std::vector<fs::path>> filesWithin(const fs::path& classFolder)
{
    std::vector<fs::path> files;
    std::vector<fs::path> waiting{classFolder};
    std::set<fs::path> seen; // links can lead in circles
    while (!waiting.empty()) {
        const auto folder = std::move(waiting.back());
        waiting.pop_back();
        std::error_code error;
        if (!seen.insert(fs::canonical(folder, error)).second)
            continue;
        if (seen.size() > mostFolders)
            return fail(
                ErrorCode::BadFormat,
                CoreText::tr("'{1}' holds more than {2} folders; give a folder of class folders.",
                             classFolder.string(), mostFolders));
        auto entries = entriesOf(folder);
        if (!entries)
            return fail(entries.error());
        std::ranges::move(entries->files, std::back_inserter(files));
        std::ranges::move(entries->folders, std::back_inserter(waiting));
    }
    std::ranges::sort(files);
    return files;
}

/// One part of the set: the folder that holds its class folders.
struct Part {
    fs::path folder;
    std::vector<fs::path> classFolders;
};

/// The first of `names` within `directory` that is a folder of folders.
Result<std::optional<Part>> findPart(const Entries& directory,
                                     std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        const auto found = std::ranges::find_if(
            directory.folders, [&](const fs::path& path) { return path.filename() == name; });
        if (found == directory.folders.end())
            continue;
        auto entries = entriesOf(*found);
        if (!entries)
            return fail(entries.error());
        if (!entries->folders.empty()) // else it is a class of that name
            return Part{.folder = *found, .classFolders = std::move(entries->folders)};
    }
    return std::nullopt;
}

struct Parts {
    std::optional<Part> train;
    std::optional<Part> validation;
    std::optional<Part> test;
};

Result<Parts> findParts(const fs::path& directory, Entries entries)
{
    auto train = findPart(entries, {"train"});
    auto validation = findPart(entries, {"val", "valid", "validation"});
    auto test = findPart(entries, {"test"});
    for (const auto* part : {&train, &validation, &test})
        if (!*part)
            return fail(part->error());
    Parts parts{std::move(*train), std::move(*validation), std::move(*test)};
    if (!parts.train && !parts.validation && !parts.test)
        parts.train = Part{.folder = directory, .classFolders = std::move(entries.folders)};
    if (!parts.test)
        std::swap(parts.test, parts.validation);
    return parts;
}

Result<LabelledFiles> labelledFiles(const Part& part, const std::vector<std::string>& classes,
                                    std::vector<std::string>& notices)
{
    LabelledFiles result;
    for (const auto& folder : part.classFolders) {
        const auto found = std::ranges::find(classes, folder.filename().string());
        if (found == classes.end())
            return fail(
                ErrorCode::BadFormat,
                CoreText::tr(
                    "'{1}' is a class that the training pictures do not have; rename or remove it.",
                    folder.string()));
        auto files = filesWithin(folder);
        if (!files)
            return fail(files.error());
        if (files->empty())
            notices.push_back(CoreText::tr("The class folder '{1}' is empty.", folder.string()));
        result.labels.insert(result.labels.end(), files->size(), found - classes.begin());
        std::ranges::move(*files, std::back_inserter(result.files));
    }
    return result;
}

Status fill(LabelledFiles& files, const std::optional<Part>& part, FolderListing& listing)
{
    if (!part)
        return {};
    return labelledFiles(*part, listing.classes, listing.notices).map([&](LabelledFiles found) {
        files = std::move(found);
    });
}

} // namespace

Result<FolderListing> listFolder(const fs::path& directory)
{
    std::error_code error;
    if (!fs::exists(directory, error))
        return fail(ErrorCode::NotFound,
                    CoreText::tr("'{1}' does not exist; give a folder of class folders.",
                                 directory.string()));
    if (!fs::is_directory(directory, error))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is not a folder; give a folder of class folders.",
                                 directory.string()));
    auto entries = entriesOf(directory);
    if (!entries)
        return fail(entries.error());
    const auto parts = findParts(directory, *std::move(entries));
    if (!parts)
        return fail(parts.error());

    FolderListing listing{.divided = parts->test.has_value()};
    const auto& reference = parts->train ? *parts->train : *parts->test;
    for (const auto& folder : reference.classFolders)
        listing.classes.push_back(folder.filename().string());
    if (listing.classes.empty())
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' holds no class folders; put the pictures of each class "
                                 "into a folder of the class's name.",
                                 directory.string()));
    for (const auto& [files, part] : {std::pair(&listing.train, &parts->train),
                                      std::pair(&listing.validation, &parts->validation),
                                      std::pair(&listing.test, &parts->test)})
        if (auto filled = fill(*files, *part, listing); !filled)
            return fail(filled.error());
    return listing;
}

} // namespace espalier
