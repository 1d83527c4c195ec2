#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/log.h"
#include "base/progress.h"
#include "base/result.h"
#include "criteria/criterion.h"
#include "measure/latency.h"
#include "network/graph.h"
#include "network/weight_summary.h"
#include "pruning/contest.h"
#include "pruning/layer_cka.h"
#include "session/experiment.h"
#include "session/history.h"
#include "structures/structures.h"

namespace espalier {

// What the engine tells the world: finished values, no tensors, safe to hand to another thread.

/// The network on the bench: after opening, after an iteration, after undo.
struct NetworkChanged {
    IterationId iteration; ///< invalid: a model opened without a session
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;
};

/// The answer to showNetwork(): a network of the history, beside the one on the bench.
struct NetworkShown {
    IterationId iteration;
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;
};

/// What the weights of the network on the bench say of its parts, to paint them by. Follows
/// NetworkChanged.
struct PartsScored {
    IterationId iteration; ///< as in NetworkChanged
    Criterion criterion = Criterion::L1; ///< the experiment's where it needs no images
    Scores scores; ///< every layer, and every unit of every group
    std::vector<WeightSummary> weights; ///< by NodeId
};

struct ModelOpened {
    std::filesystem::path file;
    std::vector<std::string> notices;
};

struct SessionOpened {
    std::filesystem::path file;
    Experiment experiment;
    std::vector<Iteration> history;
    IterationId current;
    bool hasPending = false; ///< an iteration was interrupted; step() or run() continues it
    std::string device; ///< resolved: "cpu", "cuda:0"
    /// Of the dense network: what every removal of the history was taken from in the end.
    std::shared_ptr<const Graph> denseGraph;
    std::shared_ptr<const Structures> denseStructures;
};

/// Stop rules or locks were set.
struct ExperimentChanged {
    Experiment experiment;
};

/// What checkExperiment() has found so far; comes again when more is known.
struct ExperimentChecked {
    struct Data {
        Shape imageShape; ///< {channels, height, width}
        std::vector<std::string> classes; ///< names, or "0", "1", ...
        std::int64_t train = 0; ///< images of each split
        std::int64_t calibration = 0;
        std::int64_t validation = 0;
        std::int64_t test = 0;
    };
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;
    std::vector<std::string> notices; ///< of the model, then of the data
    std::optional<Data> data;
    std::optional<double> accuracy; ///< of the dense network, on the validation images
};

/// The answer to preview(): every candidate with CKA and accuracy before fine-tuning; then again,
/// with latencies.
struct PreviewReady {
    Preview preview;
};

/// The answer to compareLayers().
struct LayersCompared {
    std::string rows; ///< which network: "iteration 2"
    std::string columns; ///< "layer1.2 removed"
    LayerCka cka;
};

/// The answer to measureLayers(): where the time of the network on the bench goes.
struct LayersMeasured {
    IterationId iteration; ///< as in NetworkChanged
    LayerLatency latency;
};

/// The iteration in progress has new candidates, or new values for them, or a choice. After
/// SessionOpened: those of an iteration that was interrupted, or proposed and not gone on with.
struct CandidatesChanged {
    IterationId parent;
    std::vector<Candidate> candidates;
    std::optional<Choice> choice;
};

struct EpochFinished {
    std::string task; ///< "layer1.2, brief" or "layer1.2", for people
    std::size_t candidate = 0;
    bool brief = false;
    EpochResult result;
};

struct IterationFinished {
    Iteration iteration;
};

/// Another network is on the bench, or a proposal was dropped; no iteration is pending.
struct CurrentChanged {
    IterationId current;
};

struct ProgressChanged {
    Progress progress;
};

struct PauseChanged {
    bool paused = false;
};

struct Exported {
    std::filesystem::path file;
};

struct Logged {
    LogLine line;
};

/// The last event of every command. `error` is absent when it ended well; Stopped is not a failure.
struct RunFinished {
    std::optional<Error> error;
    std::string reason; ///< in words: "target reached: 52.3 % of MACs removed"
};

struct Event {
    RunId run;
    std::variant<ModelOpened, ExperimentChecked, SessionOpened, ExperimentChanged, NetworkChanged,
                 NetworkShown, PartsScored, PreviewReady, LayersCompared, LayersMeasured,
                 CandidatesChanged, EpochFinished, IterationFinished, CurrentChanged,
                 ProgressChanged, PauseChanged, Exported, Logged, RunFinished>
        what;
};

} // namespace espalier
