#include "options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <CLI/Validators.hpp>

#include "network/architectures.h"
#include "network/runtime.h"

namespace espalier::cli {

namespace {

Result<std::vector<double>> parseNumbers(const std::string& text)
{
    std::vector<double> numbers;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        double number = 0.0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc() || !std::isfinite(number))
            break;
        numbers.push_back(number);
        if (next == end)
            return numbers;
        if (*next != ',')
            break;
        at = next + 1;
    }
    return fail(ErrorCode::InvalidArgument,
                "'" + text + "' is not a list of numbers such as 0.485,0.456,0.406.");
}

} // namespace

void addRuntimeOptions(CLI::App& app, RuntimeOptions& options)
{
    addParsed(app, "--device", options.device, DeviceSpec::parse, "auto, cpu or cuda[:N]")
        ->type_name("DEVICE");
    app.add_option("--threads", options.threads, "CPU threads; 0 is one per core")
        ->check(CLI::Range(0, 1024))
        ->type_name("N");
}

Status checkPrecision(Precision precision, DeviceSpec device, const Context& context)
{
    if (auto works = espalier::checkPrecision(precision, device); !works)
        return works;
    if (const auto notice = precisionNotice(precision, device))
        context.terminal.note(*notice);
    return {};
}

void addInputOption(CLI::App& app, std::optional<Shape>& input)
{
    addParsed(app, "--input", input, parseShape,
              "Shape of one sample, such as 3x32x32, where files do not tell")
        ->type_name("SHAPE");
}

void addArchitectureOption(CLI::App& app, std::string& architecture)
{
    app.add_option("--architecture", architecture,
                   "Built-in architecture of a file that holds weights alone; else what fits")
        ->check(CLI::IsMember(architectureNames()))
        ->type_name("NAME");
}

CLI::Option* addDataOptions(CLI::App& app, DataOptions& options)
{
    const auto storeMean = [&options](const std::string& text) {
        options.pixelMean = text == "pixel";
        if (!options.pixelMean)
            options.mean = *parseNumbers(text);
    };
    const auto checkMean = [](const std::string& text) {
        const auto numbers = parseNumbers(text);
        return text == "pixel" || numbers ? std::string() : numbers.error().message;
    };
    app.add_option_function<std::string>(
           "--mean", storeMean,
           "Per-channel mean after /255 (with --std), or 'pixel': the training set's mean image")
        ->check(checkMean)
        ->type_name("A,B,C");
    addParsed(app, "--std", options.deviation, parseNumbers, "Per-channel deviation after /255")
        ->needs("--mean")
        ->type_name("A,B,C");
    addParsed(app, "--classes", options.classes, parseClassMap,
              "The network's output for each class, where they are not 0, 1, ...: a list in the "
              "order of the classes, NAME=OUTPUT,..., or a text file")
        ->type_name("MAP");
    app.add_flag("--mapped-only", options.mappedOnly,
                 "Accuracy among the outputs of the data's own classes only");
    app.add_option("--resize", options.resize,
                   "Length of a picture's shorter side before the centre crop: for folder:DIR the "
                   "network's input size by default; other images keep their size without it")
        ->check(CLI::Range(1, 65536))
        ->type_name("N");
    return addParsed(app, "--data", options.spec, DataSpec::parse,
                     "cifar10:DIR, cifar100:DIR, idx:DIR, folder:DIR or npy:DIR")
        ->type_name("SPEC");
}

DataSpec withOptions(DataSpec spec, const DataOptions& options)
{
    spec.classes = options.classes.value_or(spec.classes);
    spec.mappedOnly = options.mappedOnly || spec.mappedOnly;
    spec.resize = options.resize ? options.resize : spec.resize;
    return spec;
}

Result<std::optional<Normalisation>> normalisationFrom(const DataOptions& options)
{
    if (options.pixelMean) {
        if (options.deviation)
            return fail(ErrorCode::InvalidArgument, "--mean pixel goes without --std.");
        return Normalisation{.kind = Normalisation::Kind::PixelMean, .mean = {}, .deviation = {}};
    }
    if (!options.mean)
        return std::nullopt;
    if (!options.deviation || options.deviation->size() != options.mean->size())
        return fail(ErrorCode::InvalidArgument, "--mean needs --std with as many numbers.");
    if (std::ranges::any_of(*options.deviation, [](double value) { return value <= 0.0; }))
        return fail(ErrorCode::InvalidArgument, "--std holds a number that is not above 0.");
    return Normalisation{.kind = Normalisation::Kind::Constants,
                         .mean = *options.mean,
                         .deviation = *options.deviation};
}

namespace {

/// --samples is "at most so many": what there is beside the other split.
SplitSettings withinReach(const SplitSettings& settings, Split split, const Dataset& dataset)
{
    auto fitted = fittedSplits(settings, dataset);
    const bool owned = dataset.ownValidationCount() > 0; // and not held out of the training images
    if (split == Split::Calibration)
        fitted.calibration =
            std::min(fitted.calibration.images,
                     dataset.trainCount() - (owned ? 0 : fitted.validation.images));
    if (split == Split::Validation && !owned)
        fitted.validation =
            std::min(fitted.validation.images, dataset.trainCount() - fitted.calibration.images);
    return fitted;
}

} // namespace

Result<DataView> loadSplit(const Dataset& dataset, const DataOptions& options,
                           const ModelMetadata& metadata, Split split,
                           const SplitSettings& settings, DeviceSpec device)
{
    const auto asked = normalisationFrom(options);
    if (!asked)
        return fail(asked.error());
    const Normalisation normalisation = asked->value_or(dataset.defaultNormalisation(metadata));
    const auto views =
        DataView::makeAll(dataset, normalisation, withinReach(settings, split, dataset), device);
    if (!views)
        return fail(views.error());
    return (*views)[split];
}

} // namespace espalier::cli
