#include <filesystem>
#include <iostream>
#include <memory>

#include "command.h"
#include "epoch_text.h"
#include "formats/model_file.h"
#include "network/architectures.h"
#include "network/runtime.h"
#include "options.h"
#include "output_file.h"
#include "session/experiment.h"
#include "text.h"
#include "training/evaluate.h"
#include "training/finetune.h"

namespace espalier::cli {

namespace {

struct Options {
    std::string architecture;
    std::string recipe;
    std::string output;
    DataOptions data;
    std::optional<Shape> input;
    std::optional<DeviceSpec> device;
    std::optional<int> threads;
    std::optional<Precision> precision;
    std::optional<std::int64_t> epochs;
    std::optional<double> learningRate;
    std::optional<std::int64_t> batchSize;
    std::optional<std::uint64_t> seed;
};

/// The recipe file, else defaults; what the command line says goes first.
Result<Recipe> recipeFrom(const Options& options)
{
    Recipe recipe;
    if (!options.recipe.empty()) {
        auto loaded = loadRecipe(options.recipe);
        if (!loaded)
            return fail(loaded.error());
        recipe = *std::move(loaded);
    } else if (options.architecture.empty() || !options.data.spec) {
        return fail(ErrorCode::InvalidArgument,
                    "Give ARCH and --data, or a --recipe that holds both.");
    }
    if (!options.architecture.empty())
        recipe.architecture = options.architecture;
    recipe.data = withOptions(options.data.spec.value_or(recipe.data), options.data);
    if (options.input)
        recipe.input = options.input;
    recipe.device = options.device.value_or(recipe.device);
    recipe.threads = options.threads.value_or(recipe.threads);
    recipe.seed = options.seed.value_or(recipe.seed);
    TrainSettings& training = recipe.training;
    training.epochs = options.epochs.value_or(training.epochs);
    training.precision = options.precision.value_or(training.precision);
    training.learningRate = options.learningRate.value_or(training.learningRate);
    training.batchSize = options.batchSize.value_or(training.batchSize);
    const auto normalisation = normalisationFrom(options.data);
    if (!normalisation)
        return fail(normalisation.error());
    if (*normalisation)
        recipe.normalisation = *normalisation;
    return recipe;
}

struct Prepared {
    Network network; ///< random weights, on the device
    DataView::All data;
};

Result<Prepared> prepareTraining(const Recipe& recipe, const Context& context)
{
    const auto device = resolveDevice(recipe.device);
    if (!device)
        return fail(device.error());
    if (const auto works = checkPrecision(recipe.training.precision, *device, context); !works)
        return fail(works.error());
    const auto dataset =
        Dataset::load(recipe.data, recipe.input, context.terminal.sink(), context.stop);
    if (!dataset)
        return fail(dataset.error());
    for (const auto& notice : dataset->notices())
        context.terminal.note(notice);
    const auto classes = static_cast<std::int64_t>(dataset->classes().size());
    const auto made = makeNetwork(recipe.architecture, dataset->imageShape(), classes, recipe.seed);
    if (!made)
        return fail(made.error());
    ModelMetadata metadata;
    metadata.normalisation =
        recipe.normalisation.value_or(dataset->defaultNormalisation(ModelMetadata{}));
    metadata.classes = dataset->classes();
    auto data = DataView::makeAll(*dataset, *metadata.normalisation, recipe.splits, *device);
    if (!data)
        return fail(data.error());
    for (const auto split : {Split::Calibration, Split::Validation})
        if (const auto notice = smallSplitNotice((*data)[split], recipe.splits))
            context.terminal.note(*notice);
    auto network =
        onDevice(Network(made->sharedGraph(), made->sharedWeights(), std::move(metadata)), *device);
    if (!network)
        return fail(network.error());
    return Prepared{*std::move(network), *std::move(data)};
}

/// Training that was stopped leaves the network of its last whole epoch.
Error stoppedAfter(const std::optional<TrainState>& last, const Options& options)
{
    if (!last)
        return {ErrorCode::Stopped, "Stopped in the first epoch; nothing was written."};
    if (const auto written = exportModel(last->network, options.output); !written)
        return written.error();
    return {ErrorCode::Stopped,
            "Stopped; " + options.output + " holds the network after epoch "
                + std::to_string(last->epochsDone) + "."};
}

Status trainNetwork(const Options& options, const Context& context)
{
    if (const auto writable = checkOutputFile(options.output); !writable)
        return writable;
    const auto recipe = recipeFrom(options);
    if (!recipe)
        return fail(recipe.error());
    prepareThread(recipe->threads);
    const auto prepared = prepareTraining(*recipe, context);
    if (!prepared)
        return fail(prepared.error());

    std::optional<TrainState> last;
    TrainHooks hooks;
    hooks.progress = context.terminal.sink();
    hooks.epochFinished = [&](const EpochResult& epoch, const TrainState& state) -> Status {
        last = state;
        context.terminal.note(epochText(epoch));
        return {};
    };
    if (prepared->data.validation.count() > 0)
        hooks.validation = prepared->data.validation;
    const auto trained =
        train({.network = prepared->network, .momentum = nullptr, .epochsDone = 0},
              prepared->data.train, recipe->training, recipe->seed, hooks, context.stop);
    if (!trained)
        return fail(isStopped(trained.error()) ? stoppedAfter(last, options) : trained.error());
    if (const auto written = exportModel(trained->network, options.output); !written)
        return written;

    const auto result = evaluate(trained->network, prepared->data.test, context.terminal.sink(),
                                 context.stop, recipe->training.precision);
    if (!result)
        return fail(result.error());
    context.terminal.endProgress();
    std::cout << "test accuracy " << percentText(result->accuracy) << " ("
              << countText(result->images) << " images), written to " << options.output << '\n';
    return {};
}

std::string architectureHelp()
{
    std::string text = "Built-in architecture:";
    for (const auto& name : architectureNames())
        text += " " + name;
    return text;
}

} // namespace

Command trainCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("train", "Trains a built-in architecture from scratch");
    app->add_option("architecture", options->architecture, architectureHelp())->type_name("ARCH");
    app->add_option("-o,--output", options->output, "Where the network goes")
        ->required()
        ->type_name("FILE.pt");
    app->add_option("--recipe", options->recipe,
                    "How to train, as YAML; options given here override it")
        ->type_name("FILE.yaml");
    addDataOptions(*app, options->data);
    addInputOption(*app, options->input);
    addParsed(*app, "--device", options->device, DeviceSpec::parse, "auto, cpu or cuda[:N]")
        ->type_name("DEVICE");
    app->add_option("--threads", options->threads, "CPU threads; 0 is one per core")
        ->check(CLI::Range(0, 1024))
        ->type_name("N");
    addPrecisionOption(*app, options->precision);
    app->add_option("--epochs", options->epochs, "Passes over the training images")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1000000)))
        ->type_name("N");
    app->add_option("--lr", options->learningRate, "Learning rate at the start")
        ->check(CLI::PositiveNumber)
        ->type_name("X");
    app->add_option("--batch", options->batchSize, "Images in a batch")
        ->check(CLI::Range(std::int64_t(1), std::int64_t(1000000)))
        ->type_name("N");
    app->add_option("--seed", options->seed, "Of weights, order and augmentation")->type_name("S");
    return {app, [options](const Context& context) { return trainNetwork(*options, context); }};
}

} // namespace espalier::cli
