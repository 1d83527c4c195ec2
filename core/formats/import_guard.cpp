#include "formats/import_guard_p.h"

#include <optional>
#include <utility>

#include "network/runtime_p.h"

namespace espalier {

Result<Network> guardedImport(const std::filesystem::path& file,
                              const std::function<Result<Network>()>& read)
{
    const auto name = "'" + file.string() + "'";
    std::optional<Result<Network>> network;
    const auto status = guarded("reading " + name, [&]() -> Status {
        network = read();
        return {};
    });
    if (!status)
        return fail(status.error());
    if (!*network && network->error().message.find(name) == std::string::npos)
        network->error().message = name + ": " + network->error().message;
    return *std::move(network);
}

} // namespace espalier
