#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "data/dataset.h"
#include "network/network.h"
#include "session/events.h"
#include "session/store.h"

namespace espalier {

using EventPayload = decltype(Event::what);

/// How a job on the worker thread talks to the world and hears that it should end.
struct JobContext {
    std::function<void(EventPayload)> emit;
    ProgressSink progress; ///< waits here while paused
    std::stop_token stop;
};

/// An open session: experiment, data, the network on the bench, and the file that remembers all.
/// Does one thing at a time on the engine's thread; every finished step is in the file.
class Session {
public:
    /// Loads model and data, measures the dense network, creates the file.
    static Result<std::unique_ptr<Session>>
    create(Experiment experiment, const std::filesystem::path& file, const JobContext& job);
    static Result<std::unique_ptr<Session>> open(const std::filesystem::path& file,
                                                 const JobContext& job);

    /// One iteration, or the rest of an interrupted one. Returns why there was none to do, or
    /// nothing.
    Result<std::optional<std::string>> step(const JobContext& job);
    /// An iteration up to its choice; returns the choice, or why there is none, in words.
    Result<std::string> proposeOnly(const JobContext& job);
    Status choose(const Candidate& candidate, const JobContext& job);
    /// Iterations until a stop rule holds; returns the rule in words.
    Result<std::string> run(const JobContext& job);
    Status undo(const JobContext& job);
    Status goTo(IterationId iteration, const JobContext& job);
    Status setLocks(const std::vector<std::string>& names, const JobContext& job);
    Status setStopRules(const StopRules& rules, const JobContext& job);
    Result<Preview> preview(const PreviewRequest& request, const JobContext& job) const;
    /// Times what a preview found; false: timing is off.
    Result<bool> timeCandidates(Preview& preview, const JobContext& job);
    Result<LayersCompared> compareLayers(const Removal& removal, const JobContext& job) const;
    Result<LayersCompared> compareLayers(IterationId iteration, const JobContext& job) const;
    Result<LayersMeasured> measureLayers(const JobContext& job) const;
    /// The network of an iteration (invalid id: the current one), on the device.
    Result<Network> network(IterationId id) const;
    /// Whether `file` is this session's own.
    bool isAt(const std::filesystem::path& file) const;
    /// Images to check an export with.
    const DataView& calibration() const { return m_data.calibration; }

    /// Tells everything a newcomer needs: SessionOpened, NetworkChanged, CandidatesChanged.
    void announce(const JobContext& job) const;

private:
    Session(Experiment experiment, SessionStore store, std::shared_ptr<const Graph> dense,
            DeviceSpec device, DataView::All data);

    const Iteration& current() const { return m_history[m_current.index()]; }
    std::uint64_t seedFor(std::uint64_t purpose) const;
    DataView similarityData() const;
    std::int64_t depth() const;

    Status loadCurrent();
    void take(IterationId current, Network network);
    Status setExperiment(Experiment changed, const JobContext& job);
    void announceCurrent(const JobContext& job) const;
    Result<std::optional<PendingIteration>> startOrContinue(const JobContext& job);
    Result<PendingIteration> propose(const JobContext& job);
    Status compareWithParent(Candidate& candidate, const Network& network, bool fineTuned,
                             const JobContext& job);
    Status measureLatency(Candidate& candidate, const Network& network, double seconds,
                          const ProgressSink& progress, const JobContext& job);
    Status measureLatency(Iteration& iteration, const Network& network, const JobContext& job);
    Status runBriefPhase(PendingIteration& pending, const JobContext& job);
    Status decide(PendingIteration& pending, const JobContext& job);
    Result<std::size_t> slotOf(const Candidate& candidate, PendingIteration& pending,
                               const JobContext& job);
    Status startFullPhase(PendingIteration& pending);
    Result<TrainState> runFullPhase(PendingIteration& pending, const JobContext& job);
    Status finish(const PendingIteration& pending, const Network& network, const JobContext& job);
    Result<TrainState> fineTune(std::size_t slot, PendingIteration& pending,
                                const TrainSettings& settings, TrainState state,
                                const JobContext& job);
    Result<TrainState> initialState(std::size_t slot, const PendingIteration& pending) const;
    Result<TrainState> checkpointOrInitial(std::size_t slot, const PendingIteration& pending) const;
    std::optional<std::string> stopReason() const;
    void emitCandidates(const PendingIteration& pending, const JobContext& job) const;
    void log(LogLevel level, const std::string& text, const JobContext& job);

    Experiment m_experiment;
    SessionStore m_store;
    std::shared_ptr<const Graph> m_dense; ///< of iteration 0
    DeviceSpec m_device;
    DataView::All m_data;
    std::vector<Iteration> m_history; ///< by id
    IterationId m_current;
    std::optional<Network> m_network; ///< the current one, on the device
    std::shared_ptr<const Structures> m_structures; ///< of the current network
};

/// How long a candidate that competes is timed, beside its parent.
constexpr double contestSeconds = 1.0;

/// Of the network that everything is compared with; absent where timing is off (`batch` 0) or
/// fails.
Result<std::optional<LatencyComparison>> denseLatency(const Network& network, std::int64_t batch,
                                                      const JobContext& job);

/// NetworkChanged and PartsScored; scores by `criterion` where it needs no images, else by L1.
void announceNetwork(const Network& network, const std::shared_ptr<const Structures>& structures,
                     IterationId iteration, Criterion criterion, const JobContext& job);

/// Calls a job's parts a human would count: "12.3 %".
std::string percentText(double fraction);

} // namespace espalier
