#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace espalier {

/// Files of class folders, with the number of their class; by class, then by path.
struct LabelledFiles {
    std::vector<std::filesystem::path> files;
    std::vector<std::int64_t> labels;
};

/// What a folder of pictures consists of. The classes are the sub-folders' names in byte order, as
/// torchvision numbers them.
struct FolderListing {
    std::vector<std::string> classes;
    LabelledFiles train;
    LabelledFiles validation; ///< empty unless there are folders for training, validation and test
    LabelledFiles test; ///< empty when the folder is not divided
    bool divided = false; ///< into folders for training and test
    std::vector<std::string> notices;
};

/// Lists DIR/train, DIR/val (or valid, validation) and DIR/test, each with a folder per class, or
/// DIR itself when it is not divided so. Of training, validation and test the last two may be one:
/// then it is the test part. Pictures may lie in folders within a class's folder; links to folders
/// are followed, each folder once per class; hidden files and folders are left out.
/// Errors: NotFound, Io, BadFormat (no class folders; a class that only the test part has).
Result<FolderListing> listFolder(const std::filesystem::path& directory);

} // namespace espalier
