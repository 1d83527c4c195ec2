// How long networks take, beside what the loop decides by: timing differs from run to run, so no
// choice may depend on it, and a network that cannot be timed is pruned all the same.

#include "base/core_text.h"
#include "session/session_p.h"
#include "surgery/surgery.h"

namespace espalier {

namespace {

/// A preview has a candidate for every layer: dozens.
constexpr double previewSeconds = 0.25;

/// Takes what was measured; a failure is told and forgotten. Errors: Stopped.
template <class Measured>
Status accept(Result<Measured> measured, std::optional<LatencyComparison>& latency,
              const std::function<void(const std::string&)>& warn)
{
    if (measured)
        latency = *std::move(measured);
    else if (isStopped(measured.error()))
        return fail(measured.error());
    else
        warn(measured.error().message);
    return {};
}

} // namespace

Result<std::optional<LatencyComparison>> denseLatency(const Network& network, std::int64_t batch,
                                                      const JobContext& job)
{
    std::optional<LatencyComparison> latency;
    if (batch < 1)
        return latency;
    const auto alone =
        espalier::measureLatency(network, {.batch = batch}, job.progress, job.stop)
            .map([](const Latency& measured) {
                return LatencyComparison{.reference = measured, .network = measured, .ratio = 1.0};
            });
    const auto accepted = accept(alone, latency, [&](const std::string& message) {
        job.emit(Logged{{LogLevel::Warning, message}});
    });
    if (!accepted)
        return fail(accepted.error());
    return latency;
}

/// Beside the parent, which is on the bench.
Status Session::measureLatency(Candidate& candidate, const Network& network, double seconds,
                               const ProgressSink& progress, const JobContext& job)
{
    const auto batch = m_experiment.latencyBatch;
    if (batch < 1)
        return {};
    return accept(compareLatency(*m_network, network, {.batch = batch, .seconds = seconds},
                                 progress, job.stop),
                  candidate.latency,
                  [&](const std::string& message) { log(LogLevel::Warning, message, job); });
}

/// Beside the dense network: what was timed on other days, or another machine, would not compare.
Status Session::measureLatency(Iteration& iteration, const Network& network, const JobContext& job)
{
    const auto batch = m_experiment.latencyBatch;
    if (batch < 1)
        return {};
    const auto dense = this->network(IterationId(0));
    if (!dense)
        return fail(dense.error());
    return accept(compareLatency(*dense, network, {.batch = batch}, job.progress, job.stop),
                  iteration.latency,
                  [&](const std::string& message) { log(LogLevel::Warning, message, job); });
}

Result<bool> Session::timeCandidates(Preview& preview, const JobContext& job)
{
    if (m_experiment.latencyBatch < 1)
        return false;
    ProgressMeter meter(job.progress, CoreText::tr("timing candidates"),
                        static_cast<std::int64_t>(preview.candidates.size()),
                        CoreText::tr("candidates"));
    // Each pass is a moment to wait at while paused, but what is told is the candidates.
    const ProgressSink between = [&](const Progress&) { meter.advance(0); };
    for (auto& candidate : preview.candidates) {
        const auto cut = prune(*m_network, *m_structures, candidate.removal);
        if (!cut)
            continue; // said when somebody chooses it
        if (auto ok = measureLatency(candidate, *cut, previewSeconds, between, job); !ok)
            return fail(ok.error());
        meter.advance();
    }
    return true;
}

Result<LayersMeasured> Session::measureLayers(const JobContext& job) const
{
    const auto batch = std::max<std::int64_t>(1, m_experiment.latencyBatch);
    auto latency = espalier::measureLayers(*m_network, {.batch = batch}, job.progress, job.stop);
    if (!latency)
        return fail(latency.error());
    return LayersMeasured{m_current, *std::move(latency)};
}

} // namespace espalier
