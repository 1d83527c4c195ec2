#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/device.h"
#include "base/result.h"
#include "data/dataset.h"
#include "pruning/settings.h"
#include "training/finetune.h"

namespace espalier {

/// Everything a run of the loop depends on: one YAML file. Two equal experiments on one machine
/// give the same networks bit for bit.
struct Experiment {
    std::filesystem::path model;
    std::optional<Shape> input; ///< of one sample, when the model file does not tell
    std::optional<std::string> architecture; ///< of a file that holds weights only
    bool restoreBatchNorm = false; ///< where an exporter folded it into convolutions
    DataSpec data;
    std::optional<Normalisation> normalisation; ///< absent: Dataset::defaultNormalisation
    SplitSettings splits;
    PruningSettings pruning;
    std::int64_t briefEpochs = 10; ///< of both candidates before the contest; 0: none
    TrainSettings training; ///< of the chosen one; the brief one uses it too, at a constant rate
    StopRules stop;
    std::int64_t latencyBatch = 1; ///< images of a timed pass; 0: networks are not timed
    std::uint64_t seed = 0;
    DeviceSpec device;
    int threads = 0; ///< 0: one per core
    bool operator==(const Experiment&) const = default;
};

/// A preset's settings ("paper": the authors'; "quick": the whole idea on a CPU in minutes); model
/// and data are left empty. Errors: NotFound, lists the names.
Result<Experiment> presetExperiment(const std::string& name);

/// Reads an experiment. Relative paths are taken from the file's folder. A key `preset` is applied
/// first, then the other keys override it. Errors name file, line and key: NotFound, BadFormat
/// (not YAML, unknown key, wrong type), InvalidArgument (an impossible value).
Result<Experiment> loadExperiment(const std::filesystem::path& file);
/// The same from text; `origin` names it in errors, `folder` resolves relative paths.
Result<Experiment> parseExperiment(const std::string& text, const std::string& origin,
                                   const std::filesystem::path& folder);
/// All settings as YAML; parseExperiment() of it is equal to `experiment`.
std::string experimentText(const Experiment& experiment);
/// The rules parse applies, for experiments made in the window. Errors: InvalidArgument.
Status checkExperiment(const Experiment& experiment);

/// How a network is trained from scratch: the YAML of `espalier-cli train --recipe`.
struct Recipe {
    std::string architecture; ///< see architectureNames()
    std::optional<Shape> input; ///< of one image, where the data does not tell
    DataSpec data;
    std::optional<Normalisation> normalisation;
    SplitSettings splits;
    TrainSettings training;
    std::uint64_t seed = 0;
    DeviceSpec device;
    int threads = 0;
    bool operator==(const Recipe&) const = default;
};
Result<Recipe> loadRecipe(const std::filesystem::path& file);
Result<Recipe> parseRecipe(const std::string& text, const std::string& origin,
                           const std::filesystem::path& folder);

} // namespace espalier
