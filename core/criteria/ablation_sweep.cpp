#include "criteria/ablation_sweep_p.h"

#include <atomic>
#include <mutex>
#include <thread>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "criteria/batches_p.h"
#include "criteria/side_by_side_p.h"
#include "data/batch_stream_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

class Sweep {
public:
    Sweep(const AblationSweep& sweep, const SweepHooks& hooks, ProgressMeter& meter,
          const std::stop_token& stop)
        : m_sweep(sweep)
        , m_hooks(hooks)
        , m_meter(meter)
        , m_stop(stop)
    {
    }

    /// Every variant on one batch. Errors: Stopped.
    Status run(const Batch& batch)
    {
        const at::NoGradGuard noGrad;
        const auto& network = m_sweep.network;
        const auto whole =
            forwardKeepingAll(network.graph(), network.weights(), batch.images, m_stop);
        if (m_hooks.batchBegins)
            m_hooks.batchBegins(whole, batch);
        m_next = 0;
        m_done = 0;
        m_reported = 0;
        const auto images = batch.labels.numel();
        const bool onCpu = m_sweep.data.impl().device.kind == DeviceSpec::Kind::Cpu;
        runSideBySide(onCpu ? at::get_num_threads() : 1, [&] { work(whole, images); });
        report(images);
        if (m_stop.stop_requested())
            return stopped();
        return {};
    }

private:
    /// Takes variants until there are none left.
    void work(const Activations& whole, std::int64_t images)
    {
        const at::NoGradGuard noGrad; // per thread, and so are denormals
        at::globalContext().setFlushDenormal(true);
        const auto& network = m_sweep.network;
        while (!m_stop.stop_requested()) {
            if (std::this_thread::get_id() != m_caller)
                waitForReport();
            const std::size_t variant = m_next++;
            if (variant >= m_sweep.variants.size())
                return;
            m_hooks.variantDone(variant,
                                forwardAblated(network.graph(), network.weights(), whole,
                                               m_sweep.variants[variant], m_sweep.wanted, m_stop));
            ++m_done;
            if (std::this_thread::get_id() == m_caller)
                report(images);
        }
    }

    /// The sink waits while the work is paused, and so does every thread.
    void waitForReport() { const std::lock_guard reported(m_reporting); }

    void report(std::int64_t images)
    {
        const std::lock_guard reporting(m_reporting);
        const std::int64_t done = m_done;
        if (done > m_reported)
            m_meter.advance((done - m_reported) * images);
        m_reported = done;
    }

    const AblationSweep& m_sweep;
    const SweepHooks& m_hooks;
    ProgressMeter& m_meter;
    const std::stop_token& m_stop;
    std::thread::id m_caller = std::this_thread::get_id();
    std::atomic<std::size_t> m_next = 0;
    std::atomic<std::int64_t> m_done = 0;
    std::mutex m_reporting; ///< held while the sink is told
    std::int64_t m_reported = 0; ///< of m_done; the calling thread's
};

} // namespace

Status sweepAblations(const AblationSweep& sweep, const SweepHooks& hooks, const std::string& task,
                      const ProgressSink& progress, const std::stop_token& stop)
{
    const auto count = sweep.data.count();
    if (count == 0)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("There are no images to run the network on."));
    if (auto fits = checkFits(sweep.network, sweep.data); !fits)
        return fits;
    ProgressMeter meter(progress, task, count * static_cast<std::int64_t>(sweep.variants.size()),
                        CoreText::tr("images"));
    const auto limit = imagesPerBatch(sweep.network.graph(), sweep.data.impl().device);
    return guarded(CoreText::tr("running the network without its parts"), [&]() -> Status {
        Sweep runner(sweep, hooks, meter, stop);
        const auto batches = evenBatches(count, limit);
        BatchStream stream(sweep.data, positionsOf(batches));
        for (std::size_t i = 0; i < batches.size(); ++i) {
            const auto batch = stream.next(stop);
            if (!batch)
                return fail(batch.error());
            if (auto ran = runner.run(*batch); !ran)
                return ran;
        }
        return {};
    });
}

} // namespace espalier
