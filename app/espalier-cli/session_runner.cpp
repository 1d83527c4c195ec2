#include "session_runner.h"

#include <iostream>

#include "base/overloaded.h"
#include "epoch_text.h"
#include "history_report.h"
#include "output_file.h"
#include "plots.h"
#include "text.h"

namespace espalier::cli {

namespace fs = std::filesystem;

SessionRunner::SessionRunner(const Context& context)
    : m_terminal(context.terminal)
    , m_stop(context.stop)
    , m_engine([this](const Event& event) { handle(event); })
{
}

Status SessionRunner::await(RunId run)
{
    const std::stop_callback stopEngine(m_stop, [this] { m_engine.stop(); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_finished.contains(run); });
    const RunFinished result = m_finished.extract(run).mapped();
    lock.unlock();
    m_terminal.endProgress();
    if (result.error)
        return fail(*result.error);
    return {};
}

std::vector<Iteration> SessionRunner::history()
{
    const std::lock_guard lock(m_mutex);
    return m_history;
}

std::optional<Experiment> SessionRunner::experiment()
{
    const std::lock_guard lock(m_mutex);
    return m_experiment;
}

std::string SessionRunner::reason()
{
    const std::lock_guard lock(m_mutex);
    return m_reason;
}

void SessionRunner::handle(const Event& event)
{
    std::visit(Overloaded{
                   [&](const ModelOpened& model) {
                       for (const auto& notice : model.notices)
                           m_terminal.note(notice);
                   },
                   [&](const SessionOpened& session) { opened(session); },
                   [&](const EpochFinished& epoch) {
                       m_terminal.note("  " + epoch.task + "  " + epochText(epoch.result));
                   },
                   [&](const IterationFinished& change) { finished(change.iteration); },
                   [&](const ProgressChanged& change) { m_terminal.progress(change.progress); },
                   [&](const Logged& logged) { m_terminal.log(logged.line); },
                   [&](const RunFinished& result) {
                       const std::lock_guard lock(m_mutex);
                       m_reason = result.reason;
                       m_finished[event.run] = result;
                       m_changed.notify_all();
                   },
                   [](const auto&) {},
               },
               event.what);
}

void SessionRunner::opened(const SessionOpened& event)
{
    {
        const std::lock_guard lock(m_mutex);
        m_history = event.history;
        m_experiment = event.experiment;
    }
    if (event.history.empty())
        return;
    const Iteration& dense = event.history.front();
    m_terminal.note(event.file.string() + ": dense network " + countText(dense.macs) + " MACs, "
                    + countText(dense.params) + " parameters, validation "
                    + percentText(dense.accuracy) + ", test " + percentText(dense.testAccuracy)
                    + ", on " + event.device);
    if (event.history.size() > 1 || event.hasPending)
        m_terminal.note("Continuing after iteration " + std::to_string(event.history.size() - 1)
                        + (event.hasPending ? ", within the next one." : "."));
}

void SessionRunner::finished(const Iteration& iteration)
{
    std::int64_t dense = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_history.push_back(iteration);
        dense = m_history.front().macs;
    }
    m_terminal.note("Iteration " + std::to_string(iteration.id.value())
                    + " done: " + percentText(macsRemoved(iteration, dense))
                    + " of MACs removed, validation " + percentText(iteration.accuracy) + ", test "
                    + percentText(iteration.testAccuracy) + ", " + durationText(iteration.seconds));
}

void addLoopOptions(CLI::App& app, LoopOptions& options)
{
    app.add_option("--plots", options.plots, "Writes the curves as SVG files into this folder")
        ->type_name("DIR");
    app.add_option("--export", options.exported, "Writes the last network to this file")
        ->type_name("FILE.pt");
}

Status checkLoopOptions(const LoopOptions& options)
{
    if (!options.plots.empty()) {
        std::error_code error;
        fs::create_directories(options.plots, error);
        if (const auto writable = checkOutputFile(fs::path(options.plots) / "accuracy.svg");
            !writable)
            return writable;
    }
    return options.exported.empty() ? Status{} : checkOutputFile(options.exported);
}

namespace {

Status printResults(SessionRunner& runner, const LoopOptions& options, const Context& context)
{
    const auto history = runner.history();
    const auto similarity = runner.experiment().value_or(Experiment{}).pruning.similarity;
    std::cout << '\n' << historyTable(history, similarity) << '\n';
    if (!runner.reason().empty())
        std::cout << runner.reason() << '\n';
    if (options.plots.empty())
        return {};
    const auto written = writePlots(history, similarity, options.plots);
    if (!written)
        return fail(written.error());
    for (const auto& file : *written)
        context.terminal.note("Wrote " + file.string());
    return {};
}

} // namespace

Status runLoop(SessionRunner& runner, const fs::path& session, const LoopOptions& options,
               const Context& context)
{
    const auto ran = runner.await(runner.engine().run());
    if (!ran && isStopped(ran.error()))
        return fail(ErrorCode::Stopped,
                    "Stopped; go on with: espalier-cli resume " + session.string());
    if (!ran)
        return ran;
    if (const auto printed = printResults(runner, options, context); !printed)
        return printed;
    if (options.exported.empty())
        return {};
    if (const auto exported = runner.await(runner.engine().exportNetwork(options.exported));
        !exported)
        return exported;
    context.terminal.note("Wrote " + options.exported);
    return {};
}

} // namespace espalier::cli
