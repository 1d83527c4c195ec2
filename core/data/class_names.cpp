#include <fstream>
#include <string>
#include <vector>

#include "data/readers_p.h"

namespace espalier {

std::vector<std::string> classNames(const std::filesystem::path& path, std::int64_t classes)
{
    std::vector<std::string> names;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (!line.empty())
            names.push_back(line);
    }
    if (std::ssize(names) == classes)
        return names;
    names.clear();
    for (std::int64_t i = 0; i < classes; ++i)
        names.push_back(std::to_string(i));
    return names;
}

} // namespace espalier
