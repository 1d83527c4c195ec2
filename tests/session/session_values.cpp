#include "session/session_values.h"

#include <algorithm>
#include <cstring>

#include "network/network_p.h"
#include "support/tensors.h"

namespace espalier::test {

namespace {

/// Bits, not values: 0 and -0 differ.
bool sameBits(const at::Tensor& a, const at::Tensor& b)
{
    if (!a.defined() || !b.defined())
        return a.defined() == b.defined();
    const auto x = a.contiguous();
    const auto y = b.contiguous();
    return x.sizes() == y.sizes() && x.scalar_type() == y.scalar_type()
        && std::memcmp(x.data_ptr(), y.data_ptr(), x.nbytes()) == 0;
}

bool same(const Network::Weights& a, const Network::Weights& b)
{
    return std::ranges::equal(a.nodes, b.nodes, [](const NodeWeights& x, const NodeWeights& y) {
        return sameBits(x.weight, y.weight) && sameBits(x.bias, y.bias)
            && sameBits(x.runningMean, y.runningMean)
            && sameBits(x.runningVariance, y.runningVariance);
    });
}

bool same(const EpochResult& a, const EpochResult& b)
{
    return a.epoch == b.epoch && a.epochs == b.epochs && a.trainLoss == b.trainLoss
        && a.trainAccuracy == b.trainAccuracy && a.validationAccuracy == b.validationAccuracy
        && a.learningRate == b.learningRate && a.seconds == b.seconds
        && a.imagesPerSecond == b.imagesPerSecond;
}

bool same(const Candidate& a, const Candidate& b)
{
    return a.kind == b.kind && a.name == b.name && a.removal == b.removal && a.macs == b.macs
        && a.params == b.params && a.score == b.score && a.cka == b.cka
        && a.accuracyBefore == b.accuracyBefore && a.accuracyAfterBrief == b.accuracyAfterBrief
        && a.latency == b.latency;
}

bool same(const std::optional<Choice>& a, const std::optional<Choice>& b)
{
    if (!a || !b)
        return a.has_value() == b.has_value();
    return a->chosen == b->chosen && a->byUser == b->byUser && a->insteadOf == b->insteadOf
        && a->reason == b->reason;
}

template <class T> bool same(const std::vector<T>& a, const std::vector<T>& b)
{
    return std::ranges::equal(a, b, [](const T& x, const T& y) { return same(x, y); });
}

LatencyComparison comparison()
{
    return {.reference = {.median = 0.0040,
                          .lowerQuartile = 0.0039,
                          .upperQuartile = 0.1 + 0.2,
                          .runs = 50,
                          .batch = 8,
                          .device = "cuda:1"},
            .network = {.median = 1e-300,
                        .lowerQuartile = 0.0,
                        .upperQuartile = 0.0036,
                        .runs = 49,
                        .batch = 8,
                        .device = "cpu, 2 threads"},
            .ratio = 2.0 / 3.0};
}

std::vector<Candidate> twoCandidates()
{
    return {
        {.kind = StructureKind::Layer,
         .name = "layer1.2",
         .removal = {.layers = {"layer1.2"}, .filters = {}},
         .macs = 121'029'248,
         .params = 850'000,
         .score = 1.0 / 3.0,
         .cka = CkaValues{.linear = 0.984375,
                          .debiased = -1e-17,
                          .minibatch = {},
                          .interval = Interval{0.98, 0.1 + 0.2}},
         .accuracyBefore = 0.8125,
         .accuracyAfterBrief = 0.9,
         .latency = comparison()},
        {.kind = StructureKind::Filter,
         .name = "filters (l1)",
         .removal = {.layers = {},
                     .filters = {{"layer1.0.conv1", {0, 3, 15}}, {"größe \xfe", {7}}, {"", {}}}},
         .macs = 9'007'199'254'740'993, // more than a double holds
         .params = 1,
         .score = {},
         .cka = {},
         .accuracyBefore = {},
         .accuracyAfterBrief = {},
         .latency = {}},
    };
}

} // namespace

Network smallNetwork(std::uint64_t seed)
{
    std::vector<NodeSpec> nodes{
        {"input", Input{}, {}},
        {"conv", Conv2d{.inChannels = 3, .outChannels = 4, .kernel = {3, 3}}, {NodeId(0)}},
        {"norm", BatchNorm2d{.channels = 4}, {NodeId(1)}},
        {"relu", Activation{}, {NodeId(2)}},
        {"pool", AdaptiveAvgPool2d{}, {NodeId(3)}},
        {"flatten", Flatten{}, {NodeId(4)}},
        {"fc", Linear{.inFeatures = 4, .outFeatures = 10, .bias = true}, {NodeId(5)}},
    };
    return randomNetwork(Graph::build(std::move(nodes), {3, 8, 8}).value(), seed);
}

Iteration denseIteration()
{
    Iteration iteration;
    iteration.id = IterationId(0);
    iteration.macs = 125'485'696;
    iteration.params = 853'018;
    iteration.accuracy = 0.9375;
    iteration.testAccuracy = 0.9339;
    return iteration;
}

Iteration fullIteration()
{
    Iteration iteration;
    iteration.parent = IterationId(0);
    iteration.candidates = twoCandidates();
    iteration.choice =
        Choice{.chosen = 1, .byUser = true, .reason = "CKA 0.9842 against 0.9811", .insteadOf = 0};
    iteration.macs = 120'000'000;
    iteration.params = 800'000;
    iteration.accuracyBefore = 0.1;
    iteration.accuracy = 0.2;
    iteration.testAccuracy = 0.3;
    iteration.epochs = {
        {.epoch = 1,
         .epochs = 2,
         .trainLoss = 2.5e-300,
         .trainAccuracy = 0.7,
         .validationAccuracy = 0.6,
         .learningRate = 0.01,
         .seconds = 12.5,
         .imagesPerSecond = 210.0},
        {.epoch = 2,
         .epochs = 2,
         .trainLoss = 0.1,
         .trainAccuracy = 1.0,
         .validationAccuracy = {},
         .learningRate = 0.001,
         .seconds = 0.1 + 0.2,
         .imagesPerSecond = 0.0},
    };
    iteration.seconds = 1234.5678;
    iteration.latency = comparison();
    return iteration;
}

PendingIteration pendingIteration(std::uint64_t epochs)
{
    PendingIteration pending;
    pending.parent = IterationId(0);
    pending.phase = epochs > 1 ? PendingIteration::Phase::Full : PendingIteration::Phase::Brief;
    pending.candidates = twoCandidates();
    if (epochs > 1)
        pending.choice = Choice{.chosen = 0, .byUser = false, .reason = "a coin"};
    for (std::uint64_t epoch = 1; epoch <= epochs; ++epoch)
        pending.epochs.push_back({.epoch = static_cast<std::int64_t>(epoch),
                                  .epochs = 190,
                                  .trainLoss = 1.0 / static_cast<double>(epoch)});
    pending.seconds = 0.1 * static_cast<double>(epochs);
    return pending;
}

TrainState trainState(std::uint64_t seed, std::int64_t epochsDone)
{
    auto network = smallNetwork(seed);
    auto momentum =
        std::make_shared<Network::Weights>(cloneWeights(smallNetwork(seed + 1000).weights()));
    for (auto& node : momentum->nodes) { // running statistics have no momentum
        node.runningMean.reset();
        node.runningVariance.reset();
    }
    return {
        .network = std::move(network), .momentum = std::move(momentum), .epochsDone = epochsDone};
}

bool same(const Network& a, const Network& b)
{
    const auto sameNode = [](const Node& x, const Node& y) {
        return x.name == y.name && x.operation == y.operation && x.inputs == y.inputs
            && x.shape == y.shape;
    };
    return std::ranges::equal(a.graph().nodes(), b.graph().nodes(), sameNode)
        && same(a.weights(), b.weights());
}

bool same(const Iteration& a, const Iteration& b)
{
    return a.id == b.id && a.parent == b.parent && same(a.candidates, b.candidates)
        && same(a.choice, b.choice) && a.macs == b.macs && a.params == b.params
        && a.accuracyBefore == b.accuracyBefore && a.accuracy == b.accuracy
        && a.testAccuracy == b.testAccuracy && same(a.epochs, b.epochs) && a.seconds == b.seconds
        && a.latency == b.latency;
}

bool same(const PendingIteration& a, const PendingIteration& b)
{
    return a.parent == b.parent && a.phase == b.phase && same(a.candidates, b.candidates)
        && same(a.choice, b.choice) && same(a.epochs, b.epochs) && a.seconds == b.seconds;
}

bool same(const TrainState& a, const TrainState& b)
{
    const bool sameMomentum =
        a.momentum && b.momentum ? same(*a.momentum, *b.momentum) : a.momentum == b.momentum;
    return same(a.network, b.network) && sameMomentum && a.epochsDone == b.epochsDone;
}

} // namespace espalier::test
