#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/events.h"

namespace espalier::ui {

/// What the engine was asked to do.
enum class Command {
    OpenModel,
    Check,
    CreateSession,
    OpenSession,
    Preview,
    CompareLayers,
    MeasureLayers,
    Propose,
    Choose,
    Step,
    Run,
    Undo,
    GoTo,
    SetStopRules,
    SetLocks,
    ShowNetwork,
    Export,
};

/// A command that has not reported its end.
struct ActiveRun {
    RunId run;
    Command command = Command::OpenModel;
};

/// The candidates on display and where they come from.
struct CandidateSet {
    enum class Source {
        None,
        Preview, ///< every candidate of the current network, by ablation
        Contest, ///< the ones that compete in the pending iteration
        Past, ///< the ones that competed in an iteration that is finished
    };
    Source source = Source::None;
    IterationId parent; ///< whose parts the removals name
    std::int64_t parentMacs = 0;
    std::int64_t parentParams = 0;
    std::vector<Candidate> candidates;
    std::optional<Choice> choice;
    std::int64_t samples = 0; ///< previews only
    std::optional<double> baselineAccuracy; ///< of the parent, on the same images; previews only
};

/// One fine-tuning, epoch by epoch.
struct TrainingCurve {
    std::string task;
    std::size_t candidate = 0;
    bool brief = false;
    std::vector<EpochResult> epochs;
};

/// The full fine-tuning of a finished iteration.
std::vector<TrainingCurve> curvesOf(const Iteration& iteration);

/// Which parts of the state an event changed; each bit is one signal of SessionController.
enum class Change : unsigned {
    None = 0,
    Network = 1U << 0U,
    Session = 1U << 1U,
    History = 1U << 2U,
    Candidates = 1U << 3U,
    Curves = 1U << 4U,
    Activity = 1U << 5U,
    Progress = 1U << 6U,
    Parts = 1U << 7U,
    Layers = 1U << 8U,
};
constexpr Change operator|(Change a, Change b)
{
    return static_cast<Change>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool contains(Change all, Change one)
{
    return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

/// Everything the window knows of the engine, made of its events in order. A plain value: what is
/// on the screen is a function of it. Lives on the GUI thread.
///
/// Facts about the session (its history, its network) are always taken; they are true however late
/// they come. What only describes work under way (progress, epochs, candidates, previews) is
/// dropped when that work has ended or another model or session has been asked for since.
struct SessionState {
    // The network on the bench.
    std::filesystem::path modelFile;
    std::vector<std::string> notices;
    IterationId shown; ///< the iteration of `graph`; invalid: a model without a session
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;
    std::optional<PartsScored> parts; ///< of the network on the bench, once known
    std::optional<LayersMeasured> latency; ///< of the network on the bench, once asked for

    // The session.
    std::filesystem::path sessionFile; ///< empty: none is open
    Experiment experiment;
    std::vector<Iteration> history;
    IterationId current;
    bool hasPending = false;
    std::string device;
    std::shared_ptr<const Graph> denseGraph; ///< of iteration 0, whatever the bench holds
    std::shared_ptr<const Structures> denseStructures;

    CandidateSet candidates;
    std::vector<TrainingCurve> curves; ///< of the latest iteration
    bool curvesAreOld = false; ///< the next iteration's candidates clear them
    std::optional<LayersCompared> layers; ///< the latest, of this session

    // The work.
    std::vector<ActiveRun> active; ///< in the order given
    bool paused = false;
    bool stopping = false;
    std::optional<Progress> progress;

    bool hasSession() const { return !sessionFile.empty(); }
    bool isBusy() const { return !active.empty(); }
    bool isRunning(Command command) const;
    bool isOpening() const; ///< a model or a session, new or old
    /// Busy with nothing but what the window asked for by itself.
    bool isOnlyMeasuring() const;
    bool canMeasure() const { return graph && !isBusy(); }
    bool canStep() const { return hasSession() && !isBusy(); }
    bool canPreview() const { return hasSession() && !isBusy(); }
    bool canPropose() const { return canStep() && !hasPending; }
    /// Another removal instead of the proposed one, or the first without a proposal.
    bool canChoose() const { return canStep() && areCandidatesOnBench(); }
    bool canUndo() const; ///< a proposal, or the iteration that made the current network
    bool canRedo() const { return canStep() && redoTarget().has_value(); }
    bool canGoTo(IterationId id) const { return canStep() && iteration(id) && id != current; }
    /// The latest network that was made of the current one.
    std::optional<IterationId> redoTarget() const;
    bool canLock() const { return hasSession() && !isBusy(); }
    bool isLocked(const std::string& name) const;
    bool canExport() const { return graph && !isBusy(); }
    bool canPause() const { return isBusy() && !stopping; }
    bool canStop() const { return isBusy() && !stopping; }

    const Iteration* iteration(IterationId id) const;
    const Iteration* currentIteration() const { return iteration(current); }
    const Iteration* denseIteration() const;
    /// The picture shows the network the candidates are cut from.
    bool areCandidatesOnBench() const { return graph && candidates.parent == shown; }
    CandidateSet contestOf(const Iteration& iteration) const;
    /// What competed when the current network was last pruned, else when it was made.
    CandidateSet contestAtCurrent() const;
    /// Fraction of the dense network's MACs that the current network does without; 0 without a
    /// session.
    double macsRemoved() const;

    Change begin(ActiveRun run);
    Change apply(const Event& event);

private:
    bool isStale(RunId run) const;
    CandidateSet contest(IterationId parent, const std::vector<Candidate>& competing,
                         const std::optional<Choice>& choice) const;
    void closeSession();
    Change take(RunId run, const ModelOpened& event);
    Change take(const SessionOpened& event);
    Change take(const ExperimentChanged& event);
    Change take(const NetworkChanged& event);
    Change take(const PartsScored& event);
    Change take(RunId run, const PreviewReady& event);
    Change take(RunId run, const LayersCompared& event);
    Change take(const LayersMeasured& event);
    Change take(RunId run, const CandidatesChanged& event);
    Change take(RunId run, const EpochFinished& event);
    Change take(const IterationFinished& event);
    Change take(const CurrentChanged& event);
    Change take(RunId run, const ProgressChanged& event);
    Change take(RunId run, const PauseChanged& event);
    Change finish(RunId run);
};

} // namespace espalier::ui
