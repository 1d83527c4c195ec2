#include "measure/latency.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/cuda.h>

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

    /// Seconds of one pass. Errors: Stopped.
    Result<double> run(const std::stop_token& stop) const
    {
        wait();
        const auto start = Clock::now();
        if (!forwardStepwise(m_network.graph(), m_network.weights(), m_images,
                             [&](NodeId) { return !stop.stop_requested(); }))
            return stopped();
        wait();
        return secondsSince(start);
    }

    /// Adds the seconds of each node to its list; returns those of the whole pass.
    Result<double> runNodes(std::vector<std::vector<double>>& seconds,
                            const std::stop_token& stop) const
    {
        wait();
        const auto start = Clock::now();
        auto before = start;
        const auto finished = [&](NodeId id) {
            wait();
            const auto now = Clock::now();
            seconds[id.index()].push_back(std::chrono::duration<double>(now - before).count());
            before = now;
            return !stop.stop_requested();
        };
        if (!forwardStepwise(m_network.graph(), m_network.weights(), m_images, finished))
            return stopped();
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

/// Calls `once` for the runs that the settings ask for.
template <class Function> Status repeat(const LatencySettings& settings, Function&& once)
{
    const auto start = Clock::now();
    for (std::int64_t done = 0; done < settings.runs; ++done) {
        const double passed = secondsSince(start);
        const bool enough = done >= settings.minRuns ? passed >= settings.seconds
                                                     : passed >= patience * settings.seconds;
        if (done > 0 && enough)
            break;
        if (Status ok = once(); !ok)
            return ok;
    }
    return {};
}

/// `body` between the checks and guards that every measurement needs.
template <class Function> Status timed(const LatencySettings& settings, Function&& body)
{
    if (settings.batch < 1 || settings.runs < 1)
        return fail(ErrorCode::InvalidArgument,
                    "Latency is measured with at least one image and one run.");
    return guarded("timing the network", [&]() -> Status {
        const at::NoGradGuard noGrad;
        return body();
    });
}

Status warmUp(const Runner& runner, const std::stop_token& stop)
{
    for (int i = 0; i < warmUpRuns; ++i) {
        if (const auto seconds = runner.run(stop); !seconds)
            return fail(seconds.error());
    }
    return {};
}

} // namespace

Result<Latency> measureLatency(const Network& network, const LatencySettings& settings,
                               const std::stop_token& stop)
{
    Latency latency;
    const auto status = timed(settings, [&]() -> Status {
        const Runner runner(network, settings.batch);
        if (auto ok = warmUp(runner, stop); !ok)
            return ok;
        std::vector<double> seconds;
        const auto once = [&]() -> Status {
            return runner.run(stop).map([&](double passed) { seconds.push_back(passed); });
        };
        if (auto ok = repeat(settings, once); !ok)
            return ok;
        latency = latencyOf(seconds, settings.batch, runner.device());
        return {};
    });
    if (!status)
        return fail(status.error());
    return latency;
}

Result<LatencyComparison> compareLatency(const Network& reference, const Network& network,
                                         const LatencySettings& settings,
                                         const std::stop_token& stop)
{
    LatencyComparison comparison;
    const auto status = timed(settings, [&]() -> Status {
        const Runner first(reference, settings.batch);
        const Runner second(network, settings.batch);
        for (const auto* runner : {&first, &second}) {
            if (auto ok = warmUp(*runner, stop); !ok)
                return ok;
        }
        std::vector<double> before;
        std::vector<double> after;
        std::vector<double> ratios;
        const auto once = [&]() -> Status {
            // Now one leads, now the other: neither always finds the caches as the other left them.
            const bool swapped = ratios.size() % 2 == 1;
            const auto leading = (swapped ? second : first).run(stop);
            const auto following = leading ? (swapped ? first : second).run(stop) : leading;
            if (!following)
                return fail(following.error());
            before.push_back(swapped ? *following : *leading);
            after.push_back(swapped ? *leading : *following);
            ratios.push_back(after.back() / before.back());
            return {};
        };
        if (auto ok = repeat(settings, once); !ok)
            return ok;
        comparison = {.reference = latencyOf(before, settings.batch, first.device()),
                      .network = latencyOf(after, settings.batch, second.device()),
                      .ratio = quantile(ratios, 0.5)};
        return {};
    });
    if (!status)
        return fail(status.error());
    return comparison;
}

Result<LayerLatency> measureLayers(const Network& network, const LatencySettings& settings,
                                   const std::stop_token& stop)
{
    LayerLatency result;
    const auto status = timed(settings, [&]() -> Status {
        const Runner runner(network, settings.batch);
        if (auto ok = warmUp(runner, stop); !ok)
            return ok;
        std::vector<std::vector<double>> byNode(network.graph().nodes().size());
        std::vector<double> whole;
        const auto once = [&]() -> Status {
            return runner.runNodes(byNode, stop).map([&](double passed) {
                whole.push_back(passed);
            });
        };
        if (auto ok = repeat(settings, once); !ok)
            return ok;
        for (const auto& seconds : byNode)
            result.seconds.push_back(quantile(seconds, 0.5));
        result.whole = latencyOf(whole, settings.batch, runner.device());
        return {};
    });
    if (!status)
        return fail(status.error());
    return result;
}

} // namespace espalier
