#include "ui/fixtures.h"

#include <cmath>

#include <QCoreApplication>

#include "network/architectures.h"
#include "style/theme.h"

namespace espalier::test {

namespace {

Candidate candidateOf(StructureKind kind, std::string name, Removal removal, std::int64_t macs,
                      std::int64_t params)
{
    Candidate candidate;
    candidate.kind = kind;
    candidate.name = std::move(name);
    candidate.removal = std::move(removal);
    candidate.macs = macs;
    candidate.params = params;
    return candidate;
}

/// What iteration `id` of the invented history keeps.
std::int64_t remaining(std::int64_t dense, std::int64_t id)
{
    return std::llround(static_cast<double>(dense) * std::pow(0.96, static_cast<double>(id)));
}

} // namespace

std::shared_ptr<const Graph> builtInGraph(const std::string& architecture)
{
    const auto network = makeNetwork(architecture, {3, 32, 32}, 10, /*seed=*/1);
    return network ? network->sharedGraph() : nullptr;
}

Bench::Bench()
{
    m_controller = std::make_unique<ui::SessionController>([this](const Engine::Callback&) {
        auto engine = std::make_unique<FakeEngine>();
        m_engine = engine.get();
        return engine;
    });
}

void Bench::deliver()
{
    QCoreApplication::sendPostedEvents(m_controller.get());
}

void Bench::finish(std::optional<Error> error, std::string reason)
{
    post(RunFinished{std::move(error), std::move(reason)});
}

void Bench::openSession(const std::string& architecture, int iterations)
{
    graph = builtInGraph(architecture);
    structures = std::make_shared<const Structures>(findStructures(*graph));
    m_controller->openSession("session.espalier");
    SessionOpened opened;
    opened.file = "session.espalier";
    opened.experiment.model = architecture + ".pt";
    opened.experiment.stop.macsRemoved = 0.5;
    opened.current = IterationId(iterations);
    opened.device = "cpu";
    for (int i = 0; i <= iterations; ++i)
        opened.history.push_back(iteration(i, i - 1));
    post(opened);
    post(NetworkChanged{IterationId(iterations), graph, structures});
    finish();
}

LatencyComparison Bench::latency(double reference, double network)
{
    const auto measured = [](double seconds) {
        return Latency{.median = seconds,
                       .lowerQuartile = 0.98 * seconds,
                       .upperQuartile = 1.03 * seconds,
                       .runs = 50,
                       .batch = 1,
                       .device = "cpu, 2 threads"};
    };
    return {measured(reference), measured(network), network / reference};
}

LayersMeasured Bench::layersMeasured() const
{
    LayersMeasured measured{controller().state().shown, {}};
    for (const auto& node : graph->nodes()) // 1 ns per MAC, and a little for everything else
        measured.latency.seconds.push_back(
            node.id == graph->input() ? 0.0
                                      : 1e-9 * static_cast<double>(graph->macs(node.id)) + 2e-6);
    measured.latency.whole = latency(0.004, 0.004).network;
    return measured;
}

std::vector<Candidate> Bench::contest(bool compared, std::int64_t parent) const
{
    const auto macs = remaining(graph->macs(), parent);
    const auto params = remaining(graph->params(), parent);
    const auto& layer = structures->layers.front();
    Removal filters;
    for (std::int64_t channel = 0; channel < 10; ++channel)
        filters.filters[structures->filters[1].name].push_back(channel);
    std::vector candidates{
        candidateOf(StructureKind::Layer, layer.name, {{layer.name}, {}}, macs - layer.macs,
                    params - layer.params),
        candidateOf(StructureKind::Filter, "filters", filters, macs * 97 / 100, params * 98 / 100),
    };
    if (compared) {
        candidates[0].cka = CkaValues{0.9842, 0.9831, std::nullopt, Interval{0.9829, 0.9854}};
        candidates[1].cka = CkaValues{0.9811, 0.9799, std::nullopt, Interval{0.9796, 0.9825}};
        candidates[0].accuracyBefore = 0.8125;
        candidates[0].accuracyAfterBrief = 0.9075;
        candidates[1].accuracyBefore = 0.6640;
        candidates[1].accuracyAfterBrief = 0.9015;
        candidates[0].latency = latency(0.0040, 0.0035);
        candidates[1].latency = latency(0.0040, 0.0041);
    }
    return candidates;
}

EpochFinished Bench::epoch(std::size_t candidate, bool brief, std::int64_t number) const
{
    EpochFinished event;
    event.task = candidate == 0 ? "layer1.1" : "filters";
    if (brief)
        event.task += ", brief";
    event.candidate = candidate;
    event.brief = brief;
    event.result.epoch = number;
    event.result.epochs = 10;
    event.result.trainLoss = 0.6 * std::exp(-0.15 * static_cast<double>(number))
        + 0.05 * static_cast<double>(candidate) + (brief ? 0.08 : 0.0);
    event.result.trainAccuracy = 0.93 - 0.2 * event.result.trainLoss;
    event.result.validationAccuracy = 0.92 - 0.15 * event.result.trainLoss;
    return event;
}

Iteration Bench::iteration(std::int64_t id, std::int64_t parent) const
{
    Iteration iteration;
    iteration.id = IterationId(id);
    iteration.macs = remaining(graph->macs(), id);
    iteration.params = remaining(graph->params(), id);
    iteration.accuracy = 0.925 - 0.002 * static_cast<double>(id);
    iteration.testAccuracy = 0.917 - 0.003 * static_cast<double>(id);
    iteration.latency = latency(0.0040, 0.0040 * (1.0 - 0.05 * static_cast<double>(id)));
    if (id == 0)
        return iteration;
    iteration.parent = IterationId(parent);
    iteration.candidates = contest(/*compared=*/true, parent);
    iteration.choice = Choice{static_cast<std::size_t>(id % 2), false,
                              "CKA 0.9842 (layer) against 0.9811 (filters)"};
    iteration.accuracyBefore = 0.81;
    iteration.seconds = 83;
    for (std::int64_t number = 1; number <= 6; ++number)
        iteration.epochs.push_back(epoch(iteration.choice->chosen, false, number).result);
    return iteration;
}

QPalette darkPalette()
{
    return ui::themePalette(ui::Theme::Dark);
}

} // namespace espalier::test
