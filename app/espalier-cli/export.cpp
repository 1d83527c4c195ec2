#include <array>
#include <fstream>
#include <iostream>
#include <memory>
#include <string_view>

#include "command.h"
#include "formats/export_check.h"
#include "formats/model_file.h"
#include "network/runtime.h"
#include "options.h"
#include "output_file.h"
#include "session/store.h"
#include "text.h"

namespace espalier::cli {

namespace {

struct Options {
    std::string source;
    std::optional<std::int64_t> iteration;
    std::optional<Shape> input;
    std::string architecture;
    std::string output;
};

/// A session file is an SQLite database; no model is.
bool isSession(const std::string& file)
{
    constexpr std::string_view magic = "SQLite format 3";
    std::array<char, magic.size()> start{};
    std::ifstream stream(file, std::ios::binary);
    return stream.read(start.data(), start.size())
        && std::string_view(start.data(), start.size()) == magic;
}

Result<Network> networkOfSession(const Options& options)
{
    const auto store = SessionStore::open(options.source, SessionStore::Access::ReadOnly);
    if (!store)
        return fail(store.error());
    if (options.iteration)
        return store->network(IterationId(*options.iteration));
    const auto current = store->current();
    if (!current)
        return fail(current.error());
    return store->network(*current);
}

Result<Network> networkOf(const Options& options)
{
    if (isSession(options.source))
        return networkOfSession(options);
    if (options.iteration)
        return fail(ErrorCode::InvalidArgument,
                    options.source + " is no session, so it has no --iteration.");
    return importModel(options.source, options.input, options.architecture);
}

Status exportNetwork(const Options& options, const Context& context)
{
    if (const auto writable = checkOutputFile(options.output); !writable)
        return writable;
    prepareThread();
    const auto network = networkOf(options);
    if (!network)
        return fail(network.error());
    for (const auto& notice : network->metadata().notices)
        context.terminal.note(notice);
    if (const auto written = exportModel(*network, options.output); !written)
        return written;
    const auto checked = checkExport(*network, options.output, nullptr);
    if (!checked)
        return fail(checked.error());
    std::cout << options.output << ": " << countText(network->graph().macs()) << " MACs, "
              << countText(network->graph().params()) << " parameters; " << *checked << '\n';
    return {};
}

} // namespace

Command exportCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("export", "Writes a network of a session, or a model");
    app->add_option("source", options->source, "Session or model file")
        ->required()
        ->type_name("SESSION|MODEL");
    app->add_option("--iteration", options->iteration, "Which one; the current one by default")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    addInputOption(*app, options->input);
    addArchitectureOption(*app, options->architecture);
    app->add_option("-o,--output", options->output, "Where it goes; the suffix is the format")
        ->required()
        ->type_name("FILE.pt|.onnx|.py");
    return {app, [options](const Context& context) { return exportNetwork(*options, context); }};
}

} // namespace espalier::cli
