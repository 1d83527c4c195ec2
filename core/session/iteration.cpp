// One iteration of the method (METHOD, "One iteration") as a row of stored phases: whatever stops
// the process, the next start continues after the last epoch or decision that was finished.

#include <algorithm>
#include <chrono>

#include "base/core_text.h"
#include "network/runtime.h"
#include "session/session_p.h"
#include "surgery/surgery.h"
#include "training/evaluate.h"

namespace espalier {

namespace {

/// Where the state of the full fine-tuning is kept; those of the brief ones by candidate.
constexpr std::size_t fullSlot = 1'000'000;

enum Purpose : std::uint64_t { proposing, choosing, briefTraining, fullTraining };

/// splitmix64: near seeds give unrelated streams.
std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

/// Adds the time it lives to `seconds`.
class Stopwatch {
public:
    explicit Stopwatch(double& seconds)
        : m_seconds(seconds)
        , m_before(seconds)
    {
    }
    void update()
    {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_start;
        m_seconds = m_before + passed.count();
    }

private:
    double& m_seconds;
    double m_before;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// The brief fine-tuning keeps the initial rate (METHOD: 10 epochs at 0.01 before the milestones).
TrainSettings briefSettings(const Experiment& experiment)
{
    auto settings = experiment.training;
    settings.epochs = experiment.briefEpochs;
    settings.schedule = Schedule::Steps;
    settings.milestones.clear();
    settings.warmupEpochs = 0;
    return settings;
}

bool decidesByCka(const Experiment& experiment, const PendingIteration& pending)
{
    return experiment.pruning.contest == Contest::Cka && pending.candidates.size() > 1;
}

} // namespace

std::uint64_t Session::seedFor(std::uint64_t purpose) const
{
    return mixed(mixed(m_experiment.seed + mixed(m_history.size())) + purpose);
}

Result<std::optional<std::string>> Session::step(const JobContext& job)
{
    auto started = startOrContinue(job);
    if (!started)
        return fail(started.error());
    if (!*started)
        return std::optional(CoreText::tr("nothing is left to remove"));
    auto& pending = **started;
    emitCandidates(pending, job);
    if (pending.phase == PendingIteration::Phase::Brief) {
        if (auto ok = runBriefPhase(pending, job); !ok)
            return fail(ok.error());
    }
    const auto tuned = runFullPhase(pending, job);
    if (!tuned)
        return fail(tuned.error());
    if (auto ok = finish(pending, tuned->network, job); !ok)
        return fail(ok.error());
    return std::optional<std::string>();
}

Result<std::string> Session::proposeOnly(const JobContext& job)
{
    auto started = startOrContinue(job);
    if (!started)
        return fail(started.error());
    if (!*started)
        return CoreText::tr("nothing is left to remove");
    auto& pending = **started;
    emitCandidates(pending, job);
    if (pending.phase == PendingIteration::Phase::Brief) {
        if (auto ok = runBriefPhase(pending, job); !ok)
            return fail(ok.error());
    }
    return pending.choice->reason;
}

Status Session::choose(const Candidate& candidate, const JobContext& job)
{
    const auto stored = m_store.pending();
    if (!stored)
        return fail(stored.error());
    auto pending = *stored && (*stored)->parent == m_current
        ? **stored
        : PendingIteration{.parent = m_current};
    const auto slot = slotOf(candidate, pending, job);
    if (!slot)
        return fail(slot.error());
    const auto before = pending.choice;
    if (before && before->chosen == *slot)
        return {};
    pending.epochs.clear(); // what one candidate learnt is no start for another
    Choice choice{.chosen = *slot, .byUser = true, .reason = CoreText::tr("by hand")};
    if (before) {
        choice.reason =
            CoreText::tr("by hand, instead of {1}", shortName(pending.candidates[before->chosen]));
        choice.insteadOf = before->byUser ? before->insteadOf : before->chosen;
    }
    pending.choice = std::move(choice);
    if (auto ok = startFullPhase(pending); !ok)
        return ok;
    log(LogLevel::Info,
        CoreText::tr(
            "Iteration {1}: {2} chosen by hand.", m_history.size(),
            removalText(pending.candidates[*slot].removal, pending.candidates[*slot].kind)),
        job);
    emitCandidates(pending, job);
    return {};
}

/// Where the candidate stands among those that compete; one that is not there is compared and
/// added.
Result<std::size_t> Session::slotOf(const Candidate& candidate, PendingIteration& pending,
                                    const JobContext& job)
{
    if (auto ok = checkLocks(m_network->graph(), *m_structures, candidate.removal,
                             m_experiment.pruning.locked);
        !ok)
        return fail(ok.error());
    const auto known =
        std::ranges::find(pending.candidates, candidate.removal, &Candidate::removal);
    if (known != pending.candidates.end())
        return static_cast<std::size_t>(known - pending.candidates.begin());
    const auto cut = prune(*m_network, *m_structures, candidate.removal);
    if (!cut)
        return fail(cut.error());
    Candidate added{.kind = candidate.kind,
                    .name = candidate.name,
                    .removal = candidate.removal,
                    .macs = cut->graph().macs(),
                    .params = cut->graph().params(),
                    .score = candidate.score};
    if (auto ok = compareWithParent(added, *cut, /*fineTuned=*/false, job); !ok)
        return fail(ok.error());
    if (auto ok = measureLatency(added, *cut, contestSeconds, job.progress, job); !ok)
        return fail(ok.error());
    pending.candidates.push_back(std::move(added));
    return pending.candidates.size() - 1;
}

Result<std::optional<PendingIteration>> Session::startOrContinue(const JobContext& job)
{
    auto stored = m_store.pending();
    if (!stored)
        return fail(stored.error());
    if (*stored && (*stored)->parent == m_current)
        return *stored;
    auto proposed = propose(job);
    if (!proposed)
        return fail(proposed.error());
    if (proposed->candidates.empty())
        return std::optional<PendingIteration>();
    if (auto ok = m_store.setPending(*proposed); !ok)
        return fail(ok.error());
    return std::optional(std::move(*proposed));
}

Result<PendingIteration> Session::propose(const JobContext& job)
{
    PendingIteration pending{.parent = m_current};
    Stopwatch watch(pending.seconds);
    auto candidates = proposeCandidates(*m_network, *m_structures, m_experiment.pruning,
                                        m_data.train, seedFor(proposing), job.progress, job.stop);
    if (!candidates)
        return fail(candidates.error());
    pending.candidates = std::move(*candidates);
    for (auto& candidate : pending.candidates) {
        const auto cut = prune(*m_network, *m_structures, candidate.removal);
        if (!cut)
            return fail(cut.error());
        if (auto ok = compareWithParent(candidate, *cut, /*fineTuned=*/false, job); !ok)
            return fail(ok.error());
        if (auto ok = measureLatency(candidate, *cut, contestSeconds, job.progress, job); !ok)
            return fail(ok.error());
    }
    watch.update();
    return pending;
}

Status Session::compareWithParent(Candidate& candidate, const Network& network, bool fineTuned,
                                  const JobContext& job)
{
    const auto comparison = compare(*m_network, network, similarityData(), job.progress, job.stop);
    if (!comparison)
        return fail(comparison.error());
    candidate.cka = comparison->cka;
    (fineTuned ? candidate.accuracyAfterBrief : candidate.accuracyBefore) = comparison->accuracy;
    return {};
}

/// Fine-tunes the candidates briefly where their similarity decides, and chooses.
Status Session::runBriefPhase(PendingIteration& pending, const JobContext& job)
{
    Stopwatch watch(pending.seconds);
    const bool contest = decidesByCka(m_experiment, pending);
    if (!contest) {
        if (auto ok = decide(pending, job); !ok)
            return ok;
    }
    const auto settings = briefSettings(m_experiment);
    for (std::size_t slot = 0; slot < pending.candidates.size() && settings.epochs > 0; ++slot) {
        auto& candidate = pending.candidates[slot];
        if ((!contest && slot != pending.choice->chosen) || candidate.accuracyAfterBrief)
            continue;
        auto state = checkpointOrInitial(slot, pending);
        if (!state)
            return fail(state.error());
        watch.update();
        const auto tuned = fineTune(slot, pending, settings, std::move(*state), job);
        if (!tuned)
            return fail(tuned.error());
        if (auto ok = compareWithParent(candidate, tuned->network, /*fineTuned=*/true, job); !ok)
            return ok;
        watch.update();
        if (auto ok = m_store.setPending(pending); !ok)
            return ok;
        emitCandidates(pending, job);
    }
    if (contest) {
        if (auto ok = decide(pending, job); !ok)
            return ok;
    }
    watch.update();
    return startFullPhase(pending);
}

Status Session::decide(PendingIteration& pending, const JobContext& job)
{
    auto choice = espalier::choose(pending.candidates, m_experiment.pruning, seedFor(choosing));
    if (!choice)
        return fail(choice.error());
    pending.choice = std::move(*choice);
    log(LogLevel::Info,
        CoreText::tr("Iteration {1}: {2} chosen: {3}.", m_history.size(),
                     removalText(pending.candidates[pending.choice->chosen].removal,
                                 pending.candidates[pending.choice->chosen].kind),
                     pending.choice->reason),
        job);
    emitCandidates(pending, job);
    return {};
}

/// The chosen candidate's weights become the start of the full fine-tuning, with a fresh optimizer.
/// Those of its brief fine-tuning stay, for another choice and back.
Status Session::startFullPhase(PendingIteration& pending)
{
    const auto slot = pending.choice->chosen;
    auto state = checkpointOrInitial(slot, pending);
    if (!state)
        return fail(state.error());
    pending.phase = PendingIteration::Phase::Full;
    return m_store.saveCheckpoint(
        fullSlot, TrainState{.network = state->network, .momentum = nullptr, .epochsDone = 0},
        pending);
}

Result<TrainState> Session::runFullPhase(PendingIteration& pending, const JobContext& job)
{
    Stopwatch watch(pending.seconds);
    auto state = m_store.checkpoint(fullSlot);
    if (!state)
        return fail(state.error());
    if (!*state)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("The session lacks the network it was fine-tuning; undo the proposal."));
    auto network = onDevice((*state)->network, m_device);
    if (!network)
        return fail(network.error());
    (*state)->network = *std::move(network);
    auto tuned =
        fineTune(pending.choice->chosen, pending, m_experiment.training, std::move(**state), job);
    watch.update();
    return tuned;
}

Result<TrainState> Session::initialState(std::size_t slot, const PendingIteration& pending) const
{
    auto cut = prune(*m_network, *m_structures, pending.candidates[slot].removal);
    if (!cut)
        return fail(cut.error());
    return TrainState{.network = std::move(*cut), .momentum = nullptr, .epochsDone = 0};
}

Result<TrainState> Session::checkpointOrInitial(std::size_t slot,
                                                const PendingIteration& pending) const
{
    auto stored = m_store.checkpoint(slot);
    if (!stored)
        return fail(stored.error());
    if (!*stored)
        return initialState(slot, pending);
    auto& state = **stored;
    auto network = onDevice(state.network, m_device);
    if (!network)
        return fail(network.error());
    state.network = std::move(*network);
    return std::move(state);
}

Result<TrainState> Session::fineTune(std::size_t slot, PendingIteration& pending,
                                     const TrainSettings& settings, TrainState state,
                                     const JobContext& job)
{
    const bool brief = pending.phase == PendingIteration::Phase::Brief;
    Stopwatch watch(pending.seconds); // a stop between epochs loses no time
    const auto what = shortName(pending.candidates[slot]);
    const auto task = brief ? CoreText::tr("{1}, brief", what) : what;
    const TrainHooks hooks{.progress =
                               [&](const Progress& progress) {
                                   if (!job.progress)
                                       return;
                                   auto named = progress;
                                   named.task = task + ": " + progress.task;
                                   job.progress(named);
                               },
                           .epochFinished =
                               [&](const EpochResult& epoch, const TrainState& reached) {
                                   if (!brief)
                                       pending.epochs.push_back(epoch);
                                   watch.update();
                                   const auto stored = m_store.saveCheckpoint(
                                       brief ? slot : fullSlot, reached, pending);
                                   if (stored)
                                       job.emit(EpochFinished{task, slot, brief, epoch});
                                   return stored;
                               },
                           .validation = m_data.validation};
    const auto seed = seedFor((brief ? briefTraining : fullTraining) + 16 * slot);
    return train(std::move(state), m_data.train, settings, seed, hooks, job.stop);
}

Status Session::finish(const PendingIteration& pending, const Network& network,
                       const JobContext& job)
{
    Iteration iteration{.parent = m_current,
                        .candidates = pending.candidates,
                        .choice = pending.choice,
                        .macs = network.graph().macs(),
                        .params = network.graph().params(),
                        .epochs = pending.epochs,
                        .seconds = pending.seconds};
    Stopwatch watch(iteration.seconds);
    const auto cut = initialState(pending.choice->chosen, pending);
    if (!cut)
        return fail(cut.error());
    const auto precision = m_experiment.training.precision;
    const auto accuracyOf = [&](const Network& of, const DataView& data) {
        return evaluate(of, data, job.progress, job.stop, precision);
    };
    const auto before = accuracyOf(cut->network, m_data.validation);
    const auto after = accuracyOf(network, m_data.validation);
    const auto test = accuracyOf(network, m_data.test);
    for (const auto* measured : {&before, &after, &test}) {
        if (!*measured)
            return fail(measured->error());
    }
    iteration.accuracyBefore = before->accuracy;
    iteration.accuracy = after->accuracy;
    iteration.testAccuracy = test->accuracy;
    if (auto ok = measureLatency(iteration, network, job); !ok)
        return ok;
    watch.update();
    if (auto added = m_store.addIteration(iteration, network); !added)
        return fail(added.error());
    if (auto ok = loadCurrent(); !ok)
        return ok;
    job.emit(IterationFinished{current()});
    job.emit(CurrentChanged{m_current});
    announceCurrent(job);
    return {};
}

} // namespace espalier
