#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "session/events.h"

namespace espalier {

/// Owns the one worker thread and all LibTorch state. Every command returns at once with a run id;
/// commands are carried out in the order given, except that a preview request replaces a waiting
/// one. The callback is called on the worker thread (pause() and resume() excepted: nothing is
/// called on the caller's). All member functions may be called from any thread. The destructor
/// stops and joins.
///
/// Every command ends with exactly one RunFinished that carries its id; a failed command leaves the
/// engine and the session as they were.
class Engine {
public:
    using Callback = std::function<void(const Event&)>;

    explicit Engine(Callback callback);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Shows a model without data: ModelOpened, NetworkChanged.
    RunId openModel(std::filesystem::path file, std::optional<Shape> input = std::nullopt);
    /// Looks at an experiment without beginning it: opens the model, then the data unless it names
    /// none yet, then measures the dense network. What is open stays. ExperimentChecked.
    RunId checkExperiment(Experiment experiment);
    /// Loads model and data, measures the dense network and creates the session file:
    /// ModelOpened, SessionOpened, NetworkChanged.
    RunId createSession(Experiment experiment, std::filesystem::path file);
    /// SessionOpened, NetworkChanged. Loads the experiment's data too.
    RunId openSession(std::filesystem::path file);

    /// Every candidate of the current network, by ablation: PreviewReady; and once more when they
    /// are timed, where the experiment wants that.
    RunId preview(PreviewRequest request);
    /// CKA of every layer of the current network with every layer of what `removal` makes of it,
    /// nothing fine-tuned, on at most 512 images: LayersCompared.
    RunId compareLayers(Removal removal);
    /// The same for the network of an iteration and its parent. Errors: InvalidArgument (the dense
    /// network), NotFound.
    RunId compareLayers(IterationId iteration);
    /// How long each operator of the network on the bench takes: LayersMeasured.
    RunId measureLayers();
    /// An iteration up to its choice: candidates, their brief fine-tuning, CKA. CandidatesChanged,
    /// EpochFinished. step() or run() goes on from there.
    RunId propose();
    /// This removal instead of the one that was chosen: of a proposed candidate, or of any other
    /// (then only `kind`, `name` and `removal` matter). Fine-tuning that had begun starts anew.
    /// CandidatesChanged. Errors: InvalidArgument (locked), NotFound.
    RunId choose(Candidate candidate);
    /// One iteration (continues an interrupted or proposed one): CandidatesChanged, EpochFinished,
    /// IterationFinished, CurrentChanged, NetworkChanged.
    RunId step();
    /// Iterations until a stop rule of the experiment holds.
    RunId run();
    /// Drops a pending iteration; without one the current network becomes its parent (the history
    /// keeps the child). CurrentChanged, NetworkChanged.
    RunId undo();
    /// Any network of the history becomes the current one: what is pruned next is a branch of it.
    /// Drops a pending iteration. CurrentChanged, NetworkChanged. Errors: NotFound.
    RunId goTo(IterationId iteration);
    /// Changes the rules when a run ends; stored in the session. ExperimentChanged.
    RunId setStopRules(StopRules rules);
    /// Layers and filter groups (PruningSettings::locked) that stay from now on; a proposal that
    /// would remove one of them is dropped. ExperimentChanged.
    RunId setLocks(std::vector<std::string> names);
    /// Shows a network of the history without going there: NetworkShown. Errors: NotFound.
    RunId showNetwork(IterationId iteration);
    /// Writes the network of `iteration` (invalid: the current one), and reads it back to check it.
    RunId exportNetwork(std::filesystem::path file, IterationId iteration = {});

    /// The work waits before the next operator or step. Ignored when nothing runs.
    void pause();
    void resume();
    /// The running command ends with Stopped within its batch; waiting ones are dropped the same
    /// way. What was finished, to the epoch, is in the session.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace espalier
