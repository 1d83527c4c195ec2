#include "session/engine.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/core_text.h"
#include "formats/export_check.h"
#include "formats/model_file.h"
#include "network/runtime_p.h"
#include "session/experiment_check_p.h"
#include "session/session_p.h"

namespace espalier {

namespace {

/// What the worker has on its bench: a session, or a model opened alone.
struct Bench {
    std::unique_ptr<Session> session;
    std::optional<Network> model;
    ExperimentCheck check;
};

/// Returns how the command ended, in words.
using Job = std::function<Result<std::string>(Bench&, const JobContext&)>;

struct Command {
    RunId run;
    Job job;
    bool isPreview = false;
    bool dropped = false; ///< stopped while waiting
};

tl::unexpected<Error> noSession()
{
    return fail(ErrorCode::InvalidArgument,
                CoreText::tr("No session is open; open or create one first."));
}

tl::unexpected<Error> noNetwork()
{
    return fail(ErrorCode::InvalidArgument, CoreText::tr("No network is open; open one first."));
}

/// A model without a session has no settings: one image, on the CPU.
Result<LayersMeasured> measureModel(const Network& model, const JobContext& job)
{
    const auto network = onDevice(model, {.kind = DeviceSpec::Kind::Cpu});
    if (!network)
        return fail(network.error());
    auto latency = espalier::measureLayers(*network, {}, job.progress, job.stop);
    if (!latency)
        return fail(latency.error());
    return LayersMeasured{IterationId(), *std::move(latency)};
}

} // namespace

struct Engine::Impl {
    explicit Impl(Callback callback)
        : m_callback(std::move(callback))
        , m_thread([this](std::stop_token quit) { work(quit); })
    {
    }

    ~Impl()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_current.request_stop();
            m_paused = false;
            m_thread.request_stop(); // under the lock, or the worker could miss it and wait
        }
        m_changed.notify_all();
    }

    RunId enqueue(Job job, bool isPreview = false)
    {
        const std::lock_guard lock(m_mutex);
        const RunId run(m_nextRun++);
        if (isPreview) { // the latest request wins
            for (auto& waiting : m_waiting)
                waiting.dropped = waiting.dropped || waiting.isPreview;
        }
        m_waiting.push_back(Command{run, std::move(job), isPreview});
        m_changed.notify_all();
        return run;
    }

    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_current.request_stop();
        for (auto& waiting : m_waiting)
            waiting.dropped = true;
        m_paused = false;
        m_changed.notify_all();
    }

    void setPaused(bool paused)
    {
        const std::lock_guard lock(m_mutex);
        m_paused = paused && m_running;
        m_changed.notify_all();
    }

private:
    void work(const std::stop_token& quit)
    {
        prepareThread();
        Bench bench;
        for (;;) {
            std::optional<Command> command;
            std::stop_token stop;
            {
                std::unique_lock lock(m_mutex);
                m_running = false;
                m_paused = false; // a pause at the last moment is not for the next command
                m_changed.wait(lock, [&] { return quit.stop_requested() || !m_waiting.empty(); });
                if (m_waiting.empty())
                    return;
                command = std::move(m_waiting.front());
                m_waiting.pop_front();
                command->dropped = command->dropped || quit.stop_requested();
                m_running = !command->dropped;
                m_current = std::stop_source();
                stop = m_current.get_token();
            }
            carryOut(*command, bench, stop);
        }
    }

    void carryOut(const Command& command, Bench& bench, const std::stop_token& stop)
    {
        const auto emit = [&](EventPayload what) { tell(command.run, std::move(what)); };
        const JobContext job{.emit = emit,
                             .progress =
                                 [&](const Progress& progress) {
                                     emit(ProgressChanged{progress});
                                     waitWhilePaused(emit, stop);
                                 },
                             .stop = stop};
        const BetweenOperators pausing([&] { waitWhilePaused(emit, stop); });
        auto result =
            command.dropped ? Result<std::string>(stopped()) : guardedJob(command, bench, job);
        emit(result ? RunFinished{std::nullopt, std::move(*result)}
                    : RunFinished{result.error(), result.error().message});
    }

    /// No exception leaves the worker: a command that meets one has failed, the engine goes on.
    static Result<std::string> guardedJob(const Command& command, Bench& bench,
                                          const JobContext& job)
    {
        try {
            return command.job(bench, job);
        } catch (const std::exception& exception) {
            return fail(ErrorCode::Internal,
                        CoreText::tr("Something unexpected happened: {1}", exception.what()));
        }
    }

    void tell(RunId run, EventPayload what)
    {
        if (m_callback)
            m_callback(Event{run, std::move(what)});
    }

    template <class Emit> void waitWhilePaused(const Emit& emit, const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_paused)
            return;
        lock.unlock();
        emit(PauseChanged{true});
        lock.lock();
        m_changed.wait(lock, [&] { return !m_paused || stop.stop_requested(); });
        lock.unlock();
        emit(PauseChanged{false});
    }

    Callback m_callback;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Command> m_waiting; // guarded by m_mutex, as is all below
    std::stop_source m_current; ///< of the command being carried out
    bool m_paused = false;
    bool m_running = false;
    std::int64_t m_nextRun = 0;
    std::jthread m_thread; // last: it uses everything above
};

Engine::Engine(Callback callback)
    : m_impl(std::make_unique<Impl>(std::move(callback)))
{
}

Engine::~Engine() = default;

RunId Engine::openModel(std::filesystem::path file, std::optional<Shape> input)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        auto model = importModel(file, input);
        if (!model)
            return fail(model.error());
        job.emit(ModelOpened{file, model->metadata().notices});
        announceNetwork(*model, std::make_shared<const Structures>(findStructures(model->graph())),
                        IterationId(), Criterion::L1, job);
        bench.session.reset();
        bench.model = std::move(*model);
        return CoreText::tr("opened {1}", file.string());
    });
}

RunId Engine::checkExperiment(Experiment experiment)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        return bench.check.run(experiment, job);
    });
}

RunId Engine::createSession(Experiment experiment, std::filesystem::path file)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        auto session = Session::create(experiment, file, job);
        if (!session)
            return fail(session.error());
        bench.model.reset();
        bench.check = {}; // its data would lie in memory beside the session's
        bench.session = std::move(*session);
        bench.session->announce(job);
        return CoreText::tr("created {1}", file.string());
    });
}

RunId Engine::openSession(std::filesystem::path file)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        // The same file may be open already: its lock must go first.
        if (bench.session && bench.session->isAt(file))
            bench.session.reset();
        auto session = Session::open(file, job);
        if (!session)
            return fail(session.error());
        bench.model.reset();
        bench.session = std::move(*session);
        bench.session->announce(job);
        return CoreText::tr("opened {1}", file.string());
    });
}

RunId Engine::preview(PreviewRequest request)
{
    return m_impl->enqueue(
        [=](Bench& bench, const JobContext& job) -> Result<std::string> {
            if (!bench.session)
                return noSession();
            auto preview = bench.session->preview(request, job);
            if (!preview)
                return fail(preview.error());
            job.emit(PreviewReady{*preview});
            const auto timed = bench.session->timeCandidates(*preview, job);
            if (!timed)
                return fail(timed.error());
            if (*timed)
                job.emit(PreviewReady{*std::move(preview)});
            return CoreText::tr("every candidate compared");
        },
        /*isPreview=*/true);
}

RunId Engine::compareLayers(Removal removal)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        auto compared = bench.session->compareLayers(removal, job);
        if (!compared)
            return fail(compared.error());
        job.emit(*std::move(compared));
        return CoreText::tr("every layer compared");
    });
}

RunId Engine::compareLayers(IterationId iteration)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        auto compared = bench.session->compareLayers(iteration, job);
        if (!compared)
            return fail(compared.error());
        job.emit(*std::move(compared));
        return CoreText::tr("every layer compared");
    });
}

RunId Engine::measureLayers()
{
    return m_impl->enqueue([](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session && !bench.model)
            return noNetwork();
        auto measured =
            bench.session ? bench.session->measureLayers(job) : measureModel(*bench.model, job);
        if (!measured)
            return fail(measured.error());
        job.emit(*std::move(measured));
        return CoreText::tr("every operator timed");
    });
}

RunId Engine::propose()
{
    return m_impl->enqueue([](Bench& bench, const JobContext& job) -> Result<std::string> {
        return bench.session ? bench.session->proposeOnly(job) : noSession();
    });
}

RunId Engine::choose(Candidate candidate)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        if (auto ok = bench.session->choose(candidate, job); !ok)
            return fail(ok.error());
        return CoreText::tr("chosen by hand");
    });
}

RunId Engine::step()
{
    return m_impl->enqueue([](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        const auto ended = bench.session->step(job);
        if (!ended)
            return fail(ended.error());
        return ended->value_or(CoreText::tr("iteration finished"));
    });
}

RunId Engine::run()
{
    return m_impl->enqueue([](Bench& bench, const JobContext& job) -> Result<std::string> {
        return bench.session ? bench.session->run(job) : noSession();
    });
}

RunId Engine::undo()
{
    return m_impl->enqueue([](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        if (auto ok = bench.session->undo(job); !ok)
            return fail(ok.error());
        return CoreText::tr("undone");
    });
}

RunId Engine::goTo(IterationId iteration)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        if (auto ok = bench.session->goTo(iteration, job); !ok)
            return fail(ok.error());
        return CoreText::tr("the network of iteration {1}", iteration.value());
    });
}

RunId Engine::setLocks(std::vector<std::string> names)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        if (auto ok = bench.session->setLocks(names, job); !ok)
            return fail(ok.error());
        return CoreText::tr("locks set");
    });
}

RunId Engine::setStopRules(StopRules rules)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        if (auto ok = bench.session->setStopRules(rules, job); !ok)
            return fail(ok.error());
        return CoreText::tr("target set");
    });
}

RunId Engine::showNetwork(IterationId iteration)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session)
            return noSession();
        const auto network = bench.session->network(iteration);
        if (!network)
            return fail(network.error());
        job.emit(
            NetworkShown{iteration, network->sharedGraph(),
                         std::make_shared<const Structures>(findStructures(network->graph()))});
        return CoreText::tr("shown");
    });
}

RunId Engine::exportNetwork(std::filesystem::path file, IterationId iteration)
{
    return m_impl->enqueue([=](Bench& bench, const JobContext& job) -> Result<std::string> {
        if (!bench.session && !bench.model)
            return noNetwork();
        auto network =
            bench.session ? bench.session->network(iteration) : Result<Network>(*bench.model);
        if (!network)
            return fail(network.error());
        if (auto ok = exportModel(*network, file); !ok)
            return fail(ok.error());
        const auto checked = checkExport(
            *network, file, bench.session ? &bench.session->calibration() : nullptr, job.stop);
        if (!checked)
            return fail(checked.error());
        job.emit(Exported{file});
        return CoreText::tr("exported to {1}; {2}", file.string(), *checked);
    });
}

void Engine::pause()
{
    m_impl->setPaused(true);
}

void Engine::resume()
{
    m_impl->setPaused(false);
}

void Engine::stop()
{
    m_impl->stop();
}

} // namespace espalier
