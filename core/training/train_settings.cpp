#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/core_text.h"
#include "training/finetune.h"

namespace espalier {

Status checkTrainSettings(const TrainSettings& settings)
{
    const auto wrong = [](const std::string& what) {
        return fail(ErrorCode::InvalidArgument, what);
    };
    if (settings.epochs < 0 || settings.warmupEpochs < 0)
        return wrong(CoreText::tr("The number of epochs cannot be negative."));
    if (settings.copiesPerEpoch < 1 || settings.batchSize < 1)
        return wrong(CoreText::tr("Batch size and copies per epoch must be at least 1."));
    if (!(settings.learningRate > 0.0) || !std::isfinite(settings.learningRate))
        return wrong(CoreText::tr("The learning rate must be above 0."));
    if (!(settings.momentum >= 0.0 && settings.momentum <= 1.0))
        return wrong(CoreText::tr("The momentum must lie between 0 and 1."));
    if (!(settings.weightDecay >= 0.0) || !std::isfinite(settings.weightDecay))
        return wrong(CoreText::tr("The weight decay cannot be negative."));
    if (!(settings.labelSmoothing >= 0.0 && settings.labelSmoothing <= 1.0))
        return wrong(CoreText::tr("The label smoothing must lie between 0 and 1."));
    if (!(settings.gamma > 0.0) || !std::isfinite(settings.gamma))
        return wrong(
            CoreText::tr("The factor of the learning rate's steps (gamma) must be above 0."));
    if (!std::ranges::is_sorted(settings.milestones))
        return wrong(
            CoreText::tr("The epochs of the learning rate's steps (milestones) must ascend."));
    if (settings.augment.cropPadding < 0)
        return wrong(CoreText::tr("The padding of random crops cannot be negative."));
    return {};
}

double learningRateAt(const TrainSettings& settings, std::int64_t epoch, std::int64_t batch,
                      std::int64_t batches)
{
    const auto warmup = settings.warmupEpochs;
    if (epoch < warmup)
        return settings.learningRate * static_cast<double>(epoch * batches + batch + 1)
            / static_cast<double>(warmup * batches);
    if (settings.schedule == Schedule::Steps) {
        const auto steps =
            std::ranges::upper_bound(settings.milestones, epoch) - settings.milestones.begin();
        return settings.learningRate * std::pow(settings.gamma, static_cast<double>(steps));
    }
    const auto done = static_cast<double>((epoch - warmup) * batches + batch)
        / static_cast<double>((settings.epochs - warmup) * batches);
    return settings.learningRate * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

} // namespace espalier
