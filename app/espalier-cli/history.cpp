#include <iostream>
#include <memory>

#include "command.h"
#include "history_report.h"
#include "session/experiment.h"
#include "session/store.h"

namespace espalier::cli {

namespace {

struct Options {
    std::string session;
    bool json = false;
};

/// Which CKA decided in this session.
Result<CkaKind> similarityOf(const SessionStore& store)
{
    const auto text = store.experimentText();
    if (!text)
        return fail(text.error());
    const auto experiment = parseExperiment(*text, store.file().string(), {});
    if (!experiment)
        return fail(experiment.error());
    return experiment->pruning.similarity;
}

Status showHistory(const Options& options)
{
    const auto store = SessionStore::open(options.session, SessionStore::Access::ReadOnly);
    if (!store)
        return fail(store.error());
    const auto history = store->iterations();
    if (!history)
        return fail(history.error());
    const auto current = store->current();
    if (!current)
        return fail(current.error());
    if (options.json) {
        std::cout << historyJson(*history, *current) << '\n';
        return {};
    }
    const auto similarity = similarityOf(*store);
    if (!similarity)
        return fail(similarity.error());
    const auto pending = store->pending();
    if (!pending)
        return fail(pending.error());
    std::cout << historyTable(*history, *similarity) << "current: iteration " << current->value()
              << '\n';
    if (*pending)
        std::cout << "An iteration is unfinished; go on with: espalier-cli resume "
                  << options.session << '\n';
    return {};
}

} // namespace

Command historyCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("history", "The iterations of a session");
    app->add_option("session", options->session, "Session file")->required()->type_name("SESSION");
    app->add_flag("--json", options->json, "One JSON object");
    return {app, [options](const Context&) { return showHistory(*options); }};
}

} // namespace espalier::cli
