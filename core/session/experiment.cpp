#include "session/experiment.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <system_error>

#include "base/core_text.h"
#include "network/architectures.h"
#include "session/config_fields_p.h"
#include "session/json_fields_p.h"

namespace fs = std::filesystem;

namespace espalier {

template <> struct EnumNames<Contest> {
    static constexpr std::pair<Contest, std::string_view> names[]{
        {Contest::Cka, "cka"},
        {Contest::Coin, "coin"},
        {Contest::LayersOnly, "layers"},
        {Contest::FiltersOnly, "filters"},
    };
};
template <> struct EnumNames<Budget> {
    static constexpr std::pair<Budget, std::string_view> names[]{
        {Budget::Filters, "filters"}, {Budget::Macs, "macs"}, {Budget::Params, "params"}};
};
template <> struct EnumNames<FilterRule> {
    static constexpr std::pair<FilterRule, std::string_view> names[]{
        {FilterRule::FirstOfBlock, "first-of-block"}, {FilterRule::All, "all"}};
};
template <> struct EnumNames<CkaKind> {
    static constexpr std::pair<CkaKind, std::string_view> names[]{
        {CkaKind::Linear, "linear"},
        {CkaKind::Debiased, "debiased"},
        {CkaKind::Minibatch, "minibatch"},
    };
};
template <> struct EnumNames<Schedule> {
    static constexpr std::pair<Schedule, std::string_view> names[]{{Schedule::Steps, "steps"},
                                                                   {Schedule::Cosine, "cosine"}};
};

namespace {

constexpr std::uintmax_t maxFileSize = 1U << 20U;

/// Settings that are possible one by one but not together.
struct Conflict {
    std::string key; ///< "section.key"
    std::string text; ///< a sentence that names it
};

fs::path resolved(const fs::path& path, const fs::path& folder)
{
    return path.is_absolute() ? path : folder / path;
}

// --- What an experiment and a recipe consist of -------------------------------------------------

template <class Fields, class Path>
void describeFile(Fields& fields, const std::string& key, Path& file, const fs::path& folder)
{
    const auto parse = [&](const std::string& text) -> Result<fs::path> {
        if (text.empty())
            return fail(ErrorCode::InvalidArgument, CoreText::tr("give the path of a file."));
        return resolved(text, folder);
    };
    fields.notation(key, file, parse, [](const fs::path& path) { return path.string(); });
}

void describeClasses(ConfigReader& fields, ClassMap& classes, const fs::path& folder);
void describeClasses(ConfigWriter& fields, const ClassMap& classes, const fs::path& folder);
void describeClasses(ConfigChecker&, const ClassMap&, const fs::path&) { }

template <class Fields, SettingsOf<DataSpec> Spec>
void describeData(Fields& fields, Spec& data, const fs::path& folder)
{
    const auto parse = [&](const std::string& text) {
        return DataSpec::parse(text).map([&](const DataSpec& spec) {
            auto changed = data;
            changed.format = spec.format;
            changed.directory = resolved(spec.directory, folder);
            return changed;
        });
    };
    fields.notation("data", data, parse, [](const DataSpec& spec) { return spec.text(); });
    describeClasses(fields, data.classes, folder);
    fields("mapped_only", data.mappedOnly);
    fields("resize", data.resize, between(1, 65536));
}

template <class Fields, SettingsOf<SplitSettings> Settings>
void describeSplits(Fields& fields, Settings& splits)
{
    fields("calibration", splits.calibration, atLeast(0));
    fields("validation", splits.validation, atLeast(0));
    fields("train", splits.train, atLeast(1));
    fields("seed", splits.seed);
}

template <class Fields, SettingsOf<TrainSettings> Settings>
void describeTraining(Fields& fields, Settings& training)
{
    fields("epochs", training.epochs, atLeast(0));
    fields("copies_per_epoch", training.copiesPerEpoch, atLeast(1));
    fields("batch_size", training.batchSize, atLeast(1));
    fields("learning_rate", training.learningRate, above(0));
    fields("momentum", training.momentum, between(0, 1));
    fields("nesterov", training.nesterov);
    fields("weight_decay", training.weightDecay, atLeast(0));
    fields("decay_norm", training.decayNorm);
    fields("schedule", training.schedule);
    fields("milestones", training.milestones, atLeast(1));
    fields("gamma", training.gamma, above(0));
    fields("warmup_epochs", training.warmupEpochs, atLeast(0));
    fields("label_smoothing", training.labelSmoothing, between(0, 1));
    fields("crop_padding", training.augment.cropPadding, between(0, 1024));
    fields("flip", training.augment.flip);
    fields("crop_scale", training.augment.cropScale, Range{.min = 0, .max = 1, .aboveMin = true});
}

template <class Fields, SettingsOf<PruningSettings> Settings>
void describePruning(Fields& fields, Settings& pruning)
{
    fields("contest", pruning.contest);
    fields.notation("criterion", pruning.criterion, parseCriterion, criterionName);
    fields("criterion_images", pruning.criterionImages, atLeast(1));
    fields("budget", pruning.budget);
    fields("filter_rule", pruning.filterRule);
    fields("min_blocks_per_stage", pruning.minBlocksPerStage, atLeast(1));
    fields("keep_first_block_of_stage", pruning.keepFirstBlockOfStage);
    fields("min_filters", pruning.minFilters, atLeast(1));
    fields("similarity", pruning.similarity);
    fields.notation("similarity_split", pruning.similaritySplit, parseSplit, splitName);
    fields("similarity_images", pruning.similarityImages, atLeast(4)); // debiased CKA needs four
    fields("locked", pruning.locked);
}

template <class Fields, SettingsOf<StopRules> Settings>
void describeStop(Fields& fields, Settings& stop)
{
    fields("iterations", stop.iterations, atLeast(1));
    fields("macs_removed", stop.macsRemoved, between(0, 1));
    fields("min_accuracy", stop.minAccuracy, between(0, 1));
}

/// What experiments and recipes share.
template <class Fields, class Settings> void describeMachine(Fields& fields, Settings& settings)
{
    fields("seed", settings.seed);
    fields.notation("device", settings.device, DeviceSpec::parse,
                    [](const DeviceSpec& device) { return device.text(); });
    fields("threads", settings.threads, between(0, 4096));
    fields.notation("precision", settings.training.precision, parsePrecision, precisionName);
}

void describeNormalisation(ConfigReader& fields, std::optional<Normalisation>& normalisation);
void describeNormalisation(ConfigWriter& fields, const std::optional<Normalisation>& normalisation);
void describeNormalisation(ConfigChecker&, const std::optional<Normalisation>&) { }

/// A name of architectureNames(). Errors: InvalidArgument.
Result<std::string> parseArchitecture(const std::string& text)
{
    const auto names = architectureNames();
    if (std::ranges::find(names, text) != names.end())
        return text;
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return fail(ErrorCode::InvalidArgument,
                CoreText::tr("'{1}' is not an architecture; known are {2}.", text, list));
}

template <class Fields, SettingsOf<Experiment> Settings>
void describe(Fields& fields, Settings& experiment, const fs::path& folder)
{
    describeFile(fields, "model", experiment.model, folder);
    fields.notation("input", experiment.input, parseShape, shapeText);
    fields.notation("architecture", experiment.architecture, parseArchitecture, std::identity());
    fields("restore_batch_norm", experiment.restoreBatchNorm);
    describeData(fields, experiment.data, folder);
    describeNormalisation(fields, experiment.normalisation);
    describeMachine(fields, experiment);
    fields.section("splits", [&](auto& inner) { describeSplits(inner, experiment.splits); });
    fields.section("pruning", [&](auto& inner) { describePruning(inner, experiment.pruning); });
    fields.section("fine_tuning", [&](auto& inner) {
        inner("brief_epochs", experiment.briefEpochs, atLeast(0));
        describeTraining(inner, experiment.training);
    });
    fields.section("stop", [&](auto& inner) { describeStop(inner, experiment.stop); });
    fields.section("latency",
                   [&](auto& inner) { inner("batch", experiment.latencyBatch, between(0, 1024)); });
}

template <class Fields, SettingsOf<Recipe> Settings>
void describe(Fields& fields, Settings& recipe, const fs::path& folder)
{
    fields.notation("architecture", recipe.architecture, parseArchitecture, std::identity());
    fields.notation("input", recipe.input, parseShape, shapeText);
    describeData(fields, recipe.data, folder);
    describeNormalisation(fields, recipe.normalisation);
    describeMachine(fields, recipe);
    fields.section("splits", [&](auto& inner) { describeSplits(inner, recipe.splits); });
    fields.section("training", [&](auto& inner) { describeTraining(inner, recipe.training); });
}

// --- Normalisation: `mean: pixel`, or `mean` and `std` as lists ---------------------------------

void describeNormalisation(ConfigReader& fields, std::optional<Normalisation>& normalisation)
{
    const auto* mean = fields.take("mean");
    const auto* deviation = fields.take("std");
    const auto isNull = [](const ConfigNode* node) {
        return !node || node->kind == ConfigNode::Kind::Null;
    };
    if (isNull(mean) && isNull(deviation))
        return;
    Normalisation read;
    std::string word;
    if (!isNull(mean) && ConfigReader::read(*mean, word) && word == "pixel")
        read.kind = Normalisation::Kind::PixelMean;
    else if (!isNull(mean) && !ConfigReader::read(*mean, read.mean))
        return fields.reportType("mean", *mean, CoreText::tr("a list of numbers or 'pixel'"));
    if (!isNull(deviation) && !ConfigReader::read(*deviation, read.deviation))
        return fields.reportType("std", *deviation, CoreText::tr("a list of numbers"));
    normalisation = std::move(read);
}

void describeNormalisation(ConfigWriter& fields, const std::optional<Normalisation>& normalisation)
{
    if (!normalisation) {
        fields.line("mean", "null");
        fields.line("std", "null");
    } else if (normalisation->kind == Normalisation::Kind::PixelMean) {
        fields.line("mean", "pixel");
        fields.line("std", "null");
    } else {
        fields("mean", normalisation->mean);
        fields("std", normalisation->deviation);
    }
}

std::optional<Conflict> conflictIn(const std::optional<Normalisation>& normalisation)
{
    if (!normalisation)
        return std::nullopt;
    const auto& [kind, mean, deviation] = *normalisation;
    if (kind == Normalisation::Kind::PixelMean) {
        if (!mean.empty() || !deviation.empty())
            return Conflict{"std",
                            CoreText::tr("'std' does not go with 'mean: pixel'; leave it out.")};
        return std::nullopt;
    }
    if (mean.empty() || deviation.empty()) {
        const std::string key = mean.empty() ? "std" : "mean";
        return Conflict{
            key, CoreText::tr("'{1}' needs both 'mean' and 'std', one number per channel.", key)};
    }
    if (mean.size() != deviation.size())
        return Conflict{
            "std",
            CoreText::tr(
                "'std' has {1} numbers where 'mean' has {2}; give one per channel in each.",
                deviation.size(), mean.size())};
    if (const auto problem = rangeProblem("mean", mean, {}))
        return Conflict{"mean", *problem};
    if (const auto problem = rangeProblem("std", deviation, above(0)))
        return Conflict{"std", *problem};
    return std::nullopt;
}

// --- Class map: a list, names with outputs, or a text file --------------------------------------

void describeClasses(ConfigReader& fields, ClassMap& classes, const fs::path& folder)
{
    const auto* node = fields.take("classes");
    if (!node)
        return;
    std::vector<std::int64_t> list;
    std::map<std::string, std::int64_t> byName;
    std::string file;
    const auto readEntry = [&](const ConfigNode::Entry& entry) {
        return ConfigReader::read(entry.value, byName[entry.key]);
    };
    if (node->kind == ConfigNode::Kind::Null)
        classes = std::monostate();
    else if (node->kind == ConfigNode::Kind::Map && std::ranges::all_of(node->entries, readEntry))
        classes = std::move(byName);
    else if (ConfigReader::read(*node, list))
        classes = std::move(list);
    else if (ConfigReader::read(*node, file) && !file.empty())
        classes = resolved(file, folder);
    else
        fields.reportType(
            "classes", *node,
            CoreText::tr("a list of outputs, names with outputs, or the path of a text file"));
}

void describeClasses(ConfigWriter& fields, const ClassMap& classes, const fs::path&)
{
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&classes)) {
        fields("classes", *list);
    } else if (const auto* byName = std::get_if<std::map<std::string, std::int64_t>>(&classes)) {
        std::string text;
        for (const auto& [name, output] : *byName)
            text += (text.empty() ? "" : ", ") + configText(name) + ": " + configText(output);
        fields.line("classes", "{" + text + "}");
    } else if (const auto* file = std::get_if<fs::path>(&classes)) {
        fields.line("classes", configText(file->string()));
    } else {
        fields.line("classes", "null");
    }
}

// --- What must hold between settings ------------------------------------------------------------

std::optional<Conflict> conflictIn(const TrainSettings& training, const std::string& section)
{
    const auto milestones = section + ".milestones";
    if (!std::ranges::is_sorted(training.milestones, std::ranges::less_equal{}))
        return Conflict{milestones, CoreText::tr("'{1}' must ascend.", milestones)};
    const auto warmup = section + ".warmup_epochs";
    if (training.warmupEpochs > training.epochs)
        return Conflict{warmup, CoreText::tr("'{1}' must not be more than 'epochs'.", warmup)};
    return std::nullopt;
}

std::optional<Conflict> missing(const DataSpec& data)
{
    if (data.directory.empty())
        return Conflict{
            "data", CoreText::tr("'data' is missing; give a data set such as cifar10:DIRECTORY.")};
    return std::nullopt;
}

/// YAML holds UTF-8 only: another path would not come back as it was.
std::optional<Conflict> notUtf8(const fs::path& path, const std::string& key)
{
    if (!isUtf8(path.string()))
        return Conflict{key,
                        CoreText::tr("'{1}' is not a UTF-8 path; rename the file or folder.", key)};
    return std::nullopt;
}

std::optional<Conflict> conflictIn(const Experiment& experiment)
{
    if (experiment.model.empty())
        return Conflict{"model",
                        CoreText::tr("'model' is missing; give the file of the network to prune.")};
    if (auto conflict = missing(experiment.data))
        return conflict;
    if (auto conflict = notUtf8(experiment.model, "model"))
        return conflict;
    if (auto conflict = notUtf8(experiment.data.directory, "data"))
        return conflict;
    if (auto conflict = conflictIn(experiment.normalisation))
        return conflict;
    if (experiment.splits.validation.images < 1)
        return Conflict{
            "splits.validation",
            CoreText::tr(
                "'splits.validation' must be at least 1: networks are judged by these images.")};
    if (experiment.splits.calibration.images < 4
        && experiment.pruning.similaritySplit == Split::Calibration)
        return Conflict{"splits.calibration",
                        CoreText::tr("'splits.calibration' must be at least 4: candidates are "
                                     "compared on these images.")};
    return conflictIn(experiment.training, "fine_tuning");
}

std::optional<Conflict> conflictIn(const Recipe& recipe)
{
    if (recipe.architecture.empty())
        return Conflict{"architecture", CoreText::tr("'architecture' is missing; give its name.")};
    if (auto conflict = missing(recipe.data))
        return conflict;
    if (auto conflict = conflictIn(recipe.normalisation))
        return conflict;
    return conflictIn(recipe.training, "training");
}

// --- Files ------------------------------------------------------------------------------------

Result<std::string> readText(const fs::path& file)
{
    std::error_code error;
    const auto status = fs::status(file, error);
    if (!fs::exists(status))
        return fail(ErrorCode::NotFound, CoreText::tr("There is no file '{1}'.", file.string()));
    if (!fs::is_regular_file(status))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is not a file; give a YAML file.", file.string()));
    if (fs::file_size(file, error) > maxFileSize)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' is too large to be settings; give a YAML file.", file.string()));
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream)
        return fail(ErrorCode::Io, CoreText::tr("'{1}' cannot be read.", file.string()));
    return text;
}

/// The tree's settings laid over `settings`.
template <class Settings>
Result<Settings> applied(ConfigReader& reader, Settings settings, const std::string& origin,
                         const fs::path& folder)
{
    std::error_code error;
    const auto absolute = fs::absolute(folder.empty() ? fs::path(".") : folder, error);
    describe(reader, settings, (error ? folder : absolute).lexically_normal());
    if (auto status = reader.finish(); !status)
        return fail(status.error());
    if (const auto conflict = conflictIn(settings)) {
        const auto line = reader.lineOf(conflict->key);
        return fail(ErrorCode::InvalidArgument,
                    line ? configProblem(origin, *line, conflict->text)
                         : CoreText::tr("{1}: {2}", origin, conflict->text));
    }
    return settings;
}

template <class Settings>
Result<Settings> loaded(const fs::path& file,
                        Result<Settings> (*parse)(const std::string&, const std::string&,
                                                  const fs::path&))
{
    return readText(file).and_then(
        [&](const std::string& text) { return parse(text, file.string(), file.parent_path()); });
}

} // namespace

Result<Experiment> loadExperiment(const fs::path& file)
{
    return loaded<Experiment>(file, &parseExperiment);
}

Result<Experiment> parseExperiment(const std::string& text, const std::string& origin,
                                   const fs::path& folder)
{
    const auto tree = parseConfig(text, origin);
    if (!tree)
        return fail(tree.error());
    ConfigReader reader(*tree, origin);
    std::optional<Experiment> start;
    reader.notation("preset", start, presetExperiment, [](const Experiment&) { return ""; });
    return applied(reader, start.value_or(Experiment{}), origin, folder);
}

std::string experimentText(const Experiment& experiment)
{
    ConfigWriter writer;
    describe(writer, experiment, {});
    return writer.text();
}

Status checkExperiment(const Experiment& experiment)
{
    if (const auto conflict = conflictIn(experiment))
        return fail(ErrorCode::InvalidArgument, conflict->text);
    ConfigChecker checker;
    describe(checker, experiment, "/");
    return checker.status();
}

Result<Recipe> loadRecipe(const fs::path& file)
{
    return loaded<Recipe>(file, &parseRecipe);
}

Result<Recipe> parseRecipe(const std::string& text, const std::string& origin,
                           const fs::path& folder)
{
    const auto tree = parseConfig(text, origin);
    if (!tree)
        return fail(tree.error());
    ConfigReader reader(*tree, origin);
    return applied(reader, Recipe{}, origin, folder);
}

} // namespace espalier
