#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/precision.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/augmentation.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier {

enum class Schedule {
    Steps, ///< learning rate x gamma at each milestone
    Cosine, ///< from learningRate to 0 over the epochs behind the warm-up, per batch
};

/// SGD with momentum; the defaults are the authors' (METHOD, "Fine-tuning").
struct TrainSettings {
    std::int64_t epochs = 190; ///< >= 0
    std::int64_t copiesPerEpoch = 1; ///< augmented copies of the training images in one epoch, >= 1
    std::int64_t batchSize = 128; ///< >= 1
    double learningRate = 0.01; ///< > 0
    double momentum = 0.9; ///< 0..1
    bool nesterov = true;
    double weightDecay = 1e-4; ///< >= 0, L2
    bool decayNorm = true; ///< weight decay on batch norm and biases too
    Schedule schedule = Schedule::Steps;
    std::vector<std::int64_t> milestones{100, 150}; ///< epochs, ascending
    double gamma = 0.1;
    std::int64_t warmupEpochs = 0; ///< linear per batch, its last one at learningRate
    double labelSmoothing = 0.0; ///< 0..1
    AugmentSettings augment;
    Precision precision = Precision::Float32; ///< of the forward passes, of validation too
    bool operator==(const TrainSettings&) const = default;
};

/// The ranges above. Errors: InvalidArgument, naming the setting.
Status checkTrainSettings(const TrainSettings& settings);

/// Learning rate of one batch (METHOD's schedule): `epoch` from 0, `batch` of `batches` in it.
double learningRateAt(const TrainSettings& settings, std::int64_t epoch, std::int64_t batch,
                      std::int64_t batches);

struct EpochResult {
    std::int64_t epoch = 0; ///< from 1: epochs finished
    std::int64_t epochs = 0;
    double trainLoss = 0.0;
    double trainAccuracy = 0.0; ///< on the augmented images, as seen while training
    std::optional<double> validationAccuracy;
    double learningRate = 0.0; ///< of the last batch
    double seconds = 0.0;
    double imagesPerSecond = 0.0;
};

/// A training run between two epochs: what the session file stores and resumes from. Everything
/// random in epoch e is drawn from (seed, e), so no generator state is needed.
struct TrainState {
    Network network; ///< weights and running statistics after `epochsDone` epochs
    /// SGD's momentum buffers, in the slots of the parameters they belong to; absent before the
    /// first step.
    std::shared_ptr<const Network::Weights> momentum;
    std::int64_t epochsDone = 0;
};

struct TrainHooks {
    ProgressSink progress; ///< images within the epoch, then of the validation
    /// After each epoch, with the state to store. An error ends the training with it.
    std::function<Status(const EpochResult&, const TrainState&)> epochFinished;
    /// Measured after each epoch when it holds images.
    std::optional<DataView> validation;
};

/// Trains from `state` (epochsDone = 0: from the start) to settings.epochs and returns the final
/// state. The same seed, state, device and thread count give the same result bit for bit. Looks at
/// `stop` within each batch: then returns Stopped, and the last epochFinished state is what is
/// kept. Errors: Mismatch, Stopped, Internal; InvalidArgument when the loss is no longer finite.
Result<TrainState> train(TrainState state, const DataView& data, const TrainSettings& settings,
                         std::uint64_t seed, const TrainHooks& hooks = {},
                         std::stop_token stop = {});

} // namespace espalier
