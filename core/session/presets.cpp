#include "session/experiment.h"

#include <array>

#include "base/core_text.h"

namespace espalier {

namespace {

/// The authors' CIFAR-10 setting (METHOD, "What the authors' code does"). One departure: candidates
/// are compared on held-out training images, because the authors' choice, the test images, leaks
/// them into the network. `pruning: {similarity_split: test}` is theirs to the letter.
Experiment paper()
{
    Experiment experiment;
    experiment.splits = {
        .calibration = atMost(2000), .validation = atMost(2000), .train = {}, .seed = 0};
    experiment.pruning = {
        .contest = Contest::Cka,
        .criterion = Criterion::Kl,
        .criterionImages = 5000,
        .budget = Budget::Filters,
        .filterRule = FilterRule::FirstOfBlock,
        .minBlocksPerStage = 2,
        .keepFirstBlockOfStage = true,
        .minFilters = 1,
        .similarity = CkaKind::Linear,
        .similaritySplit = Split::Calibration,
        .similarityImages = 10000,
        .locked = {},
    };
    experiment.briefEpochs = 10;
    experiment.training = {
        .epochs = 190,
        .copiesPerEpoch = 3,
        .batchSize = 128,
        .learningRate = 0.01,
        .momentum = 0.9,
        .nesterov = true,
        .weightDecay = 1e-4,
        .decayNorm = true,
        .schedule = Schedule::Steps,
        .milestones = {100, 150},
        .gamma = 0.1,
        .warmupEpochs = 0,
        .labelSmoothing = 0.0,
        .augment = {.cropPadding = 4, .flip = true},
    };
    return experiment;
}

/// The whole idea on two CPU cores in minutes. For ResNet-56 on CIFAR-10, at 210 images/s of
/// training and 880 images/s forward, an iteration is at most
///   2 brief x 1 epoch + 1 full x 2 epochs of 5,000 images:       20,000 / 210 = 95 s
///   about 10 looks at 1,000 calibration or validation images:    10,000 / 880 = 11 s
///   the 10,000 test images:                                      10,000 / 880 = 11 s
/// so five iterations stay below ten minutes, and become quicker as the network shrinks. Equal MACs
/// for both candidates make the contest easy to read: the prize is the same, CKA alone decides.
Experiment quick()
{
    auto experiment = paper();
    experiment.splits = {
        .calibration = atMost(1000), .validation = atMost(1000), .train = 5000, .seed = 0};
    experiment.pruning.criterion = Criterion::L1;
    experiment.pruning.criterionImages = 1000;
    experiment.pruning.budget = Budget::Macs;
    experiment.pruning.similarityImages = 1000;
    experiment.briefEpochs = 1;
    experiment.training.epochs = 2;
    experiment.training.copiesPerEpoch = 1;
    experiment.training.schedule = Schedule::Cosine;
    experiment.training.milestones = {};
    experiment.stop.iterations = 5;
    return experiment;
}

struct Preset {
    std::string_view name;
    Experiment (*make)();
};
constexpr std::array presets{Preset{"paper", &paper}, Preset{"quick", &quick}};

} // namespace

Result<Experiment> presetExperiment(const std::string& name)
{
    std::string names;
    for (const auto& preset : presets) {
        if (preset.name == name)
            return preset.make();
        names += (names.empty() ? "" : ", ") + std::string(preset.name);
    }
    return fail(ErrorCode::NotFound,
                CoreText::tr("'{1}' is not a preset; there are: {2}.", name, names));
}

} // namespace espalier
