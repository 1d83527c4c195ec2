#include "formats/import_guard_p.h"

#include <optional>
#include <utility>

#include "base/core_text.h"
#include "network/runtime_p.h"

namespace espalier {

Result<Network> guardedImport(const std::filesystem::path& file,
                              const std::function<Result<Network>()>& read)
{
    const auto name = "'" + file.string() + "'";
    std::optional<Result<Network>> network;
    const auto status = guarded(CoreText::tr("reading '{1}'", file.string()), [&]() -> Status {
        network = read();
        return {};
    });
    if (!status)
        return fail(status.error());
    if (!*network && network->error().message.find(name) == std::string::npos)
        network->error().message =
            CoreText::tr("'{1}': {2}", file.string(), network->error().message);
    return *std::move(network);
}

} // namespace espalier
