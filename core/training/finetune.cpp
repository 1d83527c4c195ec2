#include "training/finetune.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <utility>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "data/batch_stream_p.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"
#include "training/evaluate.h"
#include "training/loss_p.h"
#include "training/sgd_p.h"

namespace espalier {

namespace {

/// One seed per epoch, unlike in all its bits for neighbouring epochs (the finaliser of
/// SplitMix64): LibTorch's generator looks at the lower 32 only.
std::uint64_t epochSeed(std::uint64_t seed, std::int64_t epoch)
{
    auto mixed = seed + 0x9e3779b97f4a7c15ULL * (static_cast<std::uint64_t>(epoch) + 1);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
}

Error lossNotFinite(std::int64_t epoch, double learningRate)
{
    std::ostringstream rate;
    rate << learningRate;
    return {ErrorCode::InvalidArgument,
            CoreText::tr(
                "The loss is no longer finite in epoch {1} at a learning rate of {2}; lower the "
                "learning rate.",
                epoch + 1, rate.str())};
}

/// One training run: what stays the same over its epochs.
struct Run {
    const Graph& graph;
    const DataView& data;
    const TrainSettings& settings;
    std::uint64_t seed;

    std::int64_t images() const { return data.count() * settings.copiesPerEpoch; }

    /// A last batch of a single image is left out: batch statistics need two.
    std::int64_t batches() const
    {
        const auto [whole, rest] = std::lldiv(images(), settings.batchSize);
        return whole + (rest > 1 || (rest == 1 && whole == 0) ? 1 : 0);
    }

    /// The positions of each batch; `order` holds those of a whole epoch.
    std::vector<at::Tensor> batchesOf(const at::Tensor& order) const
    {
        std::vector<at::Tensor> positions;
        for (std::int64_t i = 0; i < batches(); ++i)
            positions.push_back(
                order.slice(0, i * settings.batchSize, (i + 1) * settings.batchSize));
        return positions;
    }
};

/// What one epoch adds up.
struct Totals {
    double loss = 0.0;
    std::int64_t correct = 0;
    std::int64_t images = 0;
};

/// One step on one batch. Errors: InvalidArgument when the loss is not finite. Throws PassStopped.
Status trainBatch(const Run& run, Sgd& sgd, const Batch& batch, std::int64_t epoch,
                  double learningRate, Totals& totals, const std::stop_token& stop)
{
    const auto logits =
        logitsOf(run.graph, sgd.weights(), batch.images, Mode::Train, run.settings.precision, stop);
    const auto loss = crossEntropy(logits, batch.labels, run.settings.labelSmoothing);
    const auto value = loss.item<double>();
    if (!std::isfinite(value))
        return fail(lossNotFinite(epoch, learningRate));
    sgd.step(loss, learningRate);
    totals.loss += value * static_cast<double>(batch.labels.numel());
    totals.correct += rightAnswers(logits, batch).sum().item<std::int64_t>();
    totals.images += batch.labels.numel();
    return {};
}

Result<EpochResult> trainEpoch(const Run& run, Sgd& sgd, std::int64_t epoch,
                               const ProgressSink& progress, const std::stop_token& stop)
{
    const auto& settings = run.settings;
    const auto seed = epochSeed(run.seed, epoch);
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    at::manual_seed(seed); // dropout draws from the devices' own generators
    const auto order = at::randperm(run.images(), generator, at::kLong).remainder(run.data.count());

    ProgressMeter meter(
        progress, CoreText::tr("training, epoch {1} of {2}", epoch + 1, settings.epochs),
        std::min(run.images(), run.batches() * settings.batchSize), CoreText::tr("images"));
    const auto start = std::chrono::steady_clock::now();
    Totals totals;
    EpochResult result{.epoch = epoch + 1, .epochs = settings.epochs, .validationAccuracy = {}};
    BatchStream stream(run.data, run.batchesOf(order),
                       BatchStream::Augmentation{settings.augment, generator});
    for (std::int64_t i = 0; i < run.batches(); ++i) {
        const auto batch = stream.next(stop);
        if (!batch)
            return fail(batch.error());
        result.learningRate = learningRateAt(settings, epoch, i, run.batches());
        const auto status = trainBatch(run, sgd, *batch, epoch, result.learningRate, totals, stop);
        if (!status)
            return fail(status.error());
        meter.advance(batch->labels.numel());
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const auto images = static_cast<double>(totals.images);
    result.trainLoss = totals.loss / images;
    result.trainAccuracy = static_cast<double>(totals.correct) / images;
    result.seconds = elapsed.count();
    result.imagesPerSecond = images / elapsed.count();
    return result;
}

Status validate(const TrainState& state, const std::optional<DataView>& validation,
                Precision precision, EpochResult& result, const ProgressSink& progress,
                const std::stop_token& stop)
{
    if (!validation || validation->count() == 0)
        return {};
    const auto evaluation = evaluate(state.network, *validation, progress, stop, precision);
    if (!evaluation)
        return fail(evaluation.error());
    result.validationAccuracy = evaluation->accuracy;
    return {};
}

/// Trains `state` on, epoch by epoch.
Status trainEpochs(TrainState& state, const Run& run, const TrainHooks& hooks,
                   const std::stop_token& stop)
{
    const at::AutoGradMode withGradients(true);
    Sgd sgd(state, run.settings);
    while (state.epochsDone < run.settings.epochs) {
        auto result = trainEpoch(run, sgd, state.epochsDone, hooks.progress, stop);
        if (!result)
            return fail(result.error());
        const auto& before = state.network;
        state = {.network = Network(before.sharedGraph(), sgd.weightsCopy(), before.metadata()),
                 .momentum = sgd.momentumCopy(),
                 .epochsDone = state.epochsDone + 1};
        if (auto status = validate(state, hooks.validation, run.settings.precision, *result,
                                   hooks.progress, stop);
            !status)
            return status;
        if (!hooks.epochFinished)
            continue;
        if (auto status = hooks.epochFinished(*result, state); !status)
            return status;
    }
    return {};
}

} // namespace

Result<TrainState> train(TrainState state, const DataView& data, const TrainSettings& settings,
                         std::uint64_t seed, const TrainHooks& hooks, std::stop_token stop)
{
    if (auto status = checkTrainSettings(settings); !status)
        return fail(status.error());
    if (auto status = checkFits(state.network, data); !status)
        return fail(status.error());
    if (data.count() == 0)
        return fail(
            ErrorCode::Mismatch,
            CoreText::tr("The {1} split of {2} holds no images to train on; hold out fewer.",
                         splitName(data.split()), data.impl().dataset->spec.text()));
    auto network = onDevice(state.network, data.impl().device);
    if (!network)
        return fail(network.error());
    state.network = *std::move(network);
    const auto graph = state.network.sharedGraph();
    const auto status = guarded(CoreText::tr("training"), [&]() -> Status {
        return trainEpochs(state, {*graph, data, settings, seed}, hooks, stop);
    });
    if (!status)
        return fail(status.error());
    return state;
}

} // namespace espalier
