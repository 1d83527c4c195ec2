#include "training/evaluate.h"

#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "command.h"
#include "model_and_data.h"
#include "network/runtime.h"
#include "text.h"

namespace espalier::cli {

namespace {

struct Options {
    ModelAndDataOptions common;
    Split split = Split::Test;
    Precision precision = Precision::Float32;
    bool json = false;
};

void print(const Evaluation& result, bool json)
{
    if (json) {
        const nlohmann::ordered_json object{{"accuracy", result.accuracy},
                                            {"loss", result.loss},
                                            {"images", result.images},
                                            {"images_per_second", result.imagesPerSecond}};
        std::cout << object.dump(2) << '\n';
        return;
    }
    std::cout << "accuracy " << percentText(result.accuracy) << ", loss "
              << fixedText(result.loss, 4) << ", " << countText(result.images) << " images, "
              << countText(static_cast<std::int64_t>(result.imagesPerSecond)) << " images/s\n";
}

Status evaluateModel(const Options& options, const Context& context)
{
    const auto loaded = loadModelAndData(options.common, options.split, {}, context);
    if (!loaded)
        return fail(loaded.error());
    const auto device = resolveDevice(options.common.runtime.device);
    if (const auto works = checkPrecision(options.precision, *device, context); !works)
        return works;
    const auto result = evaluate(loaded->network, loaded->data, context.terminal.sink(),
                                 context.stop, options.precision);
    if (!result)
        return fail(result.error());
    context.terminal.endProgress();
    print(*result, options.json);
    return {};
}

} // namespace

Command evaluateCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("evaluate", "Accuracy and loss of a model on a data set");
    addModelAndDataOptions(*app, options->common);
    addParsed(*app, "--split", options->split, parseSplit,
              "train, calibration, validation or test (the default)")
        ->type_name("SPLIT");
    addPrecisionOption(*app, options->precision);
    app->add_flag("--json", options->json, "One JSON object");
    return {app, [options](const Context& context) { return evaluateModel(*options, context); }};
}

} // namespace espalier::cli
