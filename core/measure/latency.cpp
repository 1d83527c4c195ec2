#include "measure/latency.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/cuda.h>

#include "base/core_text.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int warmUpRuns = 2; ///< the first allocates, and picks its kernels
constexpr double patience = 10.0; ///< so many times LatencySettings::seconds

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Where the weights lie; a network without any runs on the CPU.
c10::Device deviceOf(const Network& network)
{
    for (const auto& node : network.weights().nodes) {
        if (node.weight.defined())
            return node.weight.device();
    }
    return c10::kCPU;
}

std::string deviceText(c10::Device device)
{
    if (device.is_cuda())
        return "cuda:" + std::to_string(std::max<int>(device.index(), 0));
    const auto threads = at::get_num_threads();
    return "cpu, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

/// A batch of no particular images. No random numbers: timing must not move any generator that
/// training draws from.
at::Tensor madeUpImages(const Network& network, std::int64_t batch, c10::Device device)
{
    auto sizes = network.graph().inputShape();
    sizes.insert(sizes.begin(), batch);
    std::int64_t count = 1;
    for (const auto size : sizes)
        count *= size;
    const auto images = at::linspace(-2.0, 2.0, count).reshape(sizes).to(device);
    return images.dim() == 4 ? images.contiguous(at::MemoryFormat::ChannelsLast) : images;
}

/// One network, ready to be run again and again.
class Runner {
public:
    Runner(const Network& network, std::int64_t batch)
        : m_network(network)
        , m_device(deviceOf(network))
        , m_images(madeUpImages(network, batch, m_device))
    {
    }

    c10::Device device() const { return m_device; }

    /// A CUDA device works on while its host goes ahead.
    void wait() const
    {
        if (m_device.is_cuda())
            torch::cuda::synchronize(m_device.index());
    }

    /// Seconds of one pass. Throws PassStopped.
    double run(const std::stop_token& stop) const
    {
        const BetweenOperators nothing({}); // a pause would be measured too
        wait();
        const auto start = Clock::now();
        (void)forward(m_network.graph(), m_network.weights(), m_images, Mode::Evaluate, stop);
        wait();
        return secondsSince(start);
    }

    /// Adds the seconds of each node to its list; returns those of the whole pass. Throws
    /// PassStopped.
    double runNodes(std::vector<std::vector<double>>& seconds, const std::stop_token& stop) const
    {
        const BetweenOperators nothing({});
        wait();
        const auto start = Clock::now();
        auto before = start;
        const auto finished = [&](NodeId id) {
            wait();
            const auto now = Clock::now();
            seconds[id.index()].push_back(std::chrono::duration<double>(now - before).count());
            before = now;
        };
        const std::array wanted{m_network.graph().output()};
        (void)forward(m_network.graph(), m_network.weights(), m_images, Mode::Evaluate, wanted,
                      stop, finished);
        return secondsSince(start);
    }

private:
    const Network& m_network;
    c10::Device m_device;
    at::Tensor m_images;
};

/// The value that `share` of them lie below, between two neighbours where need be.
double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0.0;
    std::ranges::sort(values);
    const double position = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const auto above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], position - std::floor(position));
}

Latency latencyOf(const std::vector<double>& seconds, std::int64_t batch, c10::Device device)
{
    return {.median = quantile(seconds, 0.5),
            .lowerQuartile = quantile(seconds, 0.25),
            .upperQuartile = quantile(seconds, 0.75),
            .runs = static_cast<std::int64_t>(seconds.size()),
            .batch = batch,
            .device = deviceText(device)};
}

/// Time decides when they end, not their number.
ProgressMeter passMeter(const ProgressSink& progress)
{
    return ProgressMeter(progress, CoreText::tr("timing"), /*total=*/0, CoreText::tr("passes"));
}

/// Calls `once` for the runs that the settings ask for. It returns the seconds that it took; a
/// pause that the meter makes between two runs does not count.
template <class Function>
void repeat(const LatencySettings& settings, ProgressMeter& meter, Function&& once)
{
    double passed = 0.0;
    for (std::int64_t done = 0; done < settings.runs; ++done) {
        const bool enough = done >= settings.minRuns ? passed >= settings.seconds
                                                     : passed >= patience * settings.seconds;
        if (done > 0 && enough)
            break;
        passed += once();
        meter.advance();
    }
}

/// `body` between the checks and guards that every measurement needs.
template <class Function> Status timed(const LatencySettings& settings, Function&& body)
{
    if (settings.batch < 1 || settings.runs < 1)
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("Latency is measured with at least one image and one run."));
    return guarded(CoreText::tr("timing the network"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        body();
        return {};
    });
}

void warmUp(const Runner& runner, ProgressMeter& meter, const std::stop_token& stop)
{
    for (int i = 0; i < warmUpRuns; ++i) {
        (void)runner.run(stop);
        meter.advance(0);
    }
}

} // namespace

Result<Latency> measureLatency(const Network& network, const LatencySettings& settings,
                               const ProgressSink& progress, const std::stop_token& stop)
{
    Latency latency;
    const auto status = timed(settings, [&] {
        auto meter = passMeter(progress);
        const Runner runner(network, settings.batch);
        warmUp(runner, meter, stop);
        std::vector<double> seconds;
        repeat(settings, meter, [&] { return seconds.emplace_back(runner.run(stop)); });
        latency = latencyOf(seconds, settings.batch, runner.device());
    });
    if (!status)
        return fail(status.error());
    return latency;
}

Result<LatencyComparison> compareLatency(const Network& reference, const Network& network,
                                         const LatencySettings& settings,
                                         const ProgressSink& progress, const std::stop_token& stop)
{
    LatencyComparison comparison;
    const auto status = timed(settings, [&] {
        auto meter = passMeter(progress);
        const Runner first(reference, settings.batch);
        const Runner second(network, settings.batch);
        warmUp(first, meter, stop);
        warmUp(second, meter, stop);
        std::vector<double> before;
        std::vector<double> after;
        std::vector<double> ratios;
        const auto once = [&] {
            // Now one leads, now the other: neither always finds the caches as the other left them.
            const bool swapped = ratios.size() % 2 == 1;
            const double leading = (swapped ? second : first).run(stop);
            const double following = (swapped ? first : second).run(stop);
            before.push_back(swapped ? following : leading);
            after.push_back(swapped ? leading : following);
            ratios.push_back(after.back() / before.back());
            return leading + following;
        };
        repeat(settings, meter, once);
        comparison = {.reference = latencyOf(before, settings.batch, first.device()),
                      .network = latencyOf(after, settings.batch, second.device()),
                      .ratio = quantile(ratios, 0.5)};
    });
    if (!status)
        return fail(status.error());
    return comparison;
}

Result<LayerLatency> measureLayers(const Network& network, const LatencySettings& settings,
                                   const ProgressSink& progress, const std::stop_token& stop)
{
    LayerLatency result;
    const auto status = timed(settings, [&] {
        auto meter = passMeter(progress);
        const Runner runner(network, settings.batch);
        warmUp(runner, meter, stop);
        std::vector<std::vector<double>> byNode(network.graph().nodes().size());
        std::vector<double> whole;
        repeat(settings, meter, [&] { return whole.emplace_back(runner.runNodes(byNode, stop)); });
        for (const auto& seconds : byNode)
            result.seconds.push_back(quantile(seconds, 0.5));
        result.whole = latencyOf(whole, settings.batch, runner.device());
    });
    if (!status)
        return fail(status.error());
    return result;
}

} // namespace espalier
