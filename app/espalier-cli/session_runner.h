#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "session/engine.h"

namespace espalier::cli {

/// The engine with a terminal in front: shows its events as they come, and lets the main thread
/// wait for a command to end.
class SessionRunner {
public:
    explicit SessionRunner(const Context& context);

    Engine& engine() { return m_engine; }

    /// Waits until `run` has ended. A signal meanwhile stops the engine.
    /// Errors: what the engine reports; Stopped.
    Status await(RunId run);

    /// What is known of the session once the engine has opened it.
    std::vector<Iteration> history();
    std::optional<Experiment> experiment();
    /// How the last command ended, in words.
    std::string reason();

private:
    // Called on the engine's thread.
    void handle(const Event& event);
    void opened(const SessionOpened& event);
    void finished(const Iteration& iteration);

    Terminal& m_terminal;
    std::stop_token m_stop;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<RunId, RunFinished> m_finished;
    std::vector<Iteration> m_history;
    std::optional<Experiment> m_experiment;
    std::string m_reason;
    Engine m_engine; // last: its thread ends before what it calls into
};

/// What run and resume do once the session is open.
struct LoopOptions {
    std::string plots; ///< folder; empty: none
    std::string exported; ///< file; empty: none
};
void addLoopOptions(CLI::App& app, LoopOptions& options);
/// Before any work: the places the results go to can be written.
Status checkLoopOptions(const LoopOptions& options);

/// Runs the loop to its end, prints the table of iterations, writes plots and the exported network.
Status runLoop(SessionRunner& runner, const std::filesystem::path& session,
               const LoopOptions& options, const Context& context);

} // namespace espalier::cli
