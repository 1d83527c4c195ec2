#include "model_and_data.h"

#include "formats/model_file.h"
#include "network/runtime.h"

namespace espalier::cli {

void addModelAndDataOptions(CLI::App& app, ModelAndDataOptions& options)
{
    app.add_option("model", options.model, "Model file")->required()->type_name("MODEL");
    addInputOption(app, options.input);
    addArchitectureOption(app, options.architecture);
    addDataOptions(app, options.data)->required();
    addRuntimeOptions(app, options.runtime);
}

Result<ModelAndData> loadModelAndData(const ModelAndDataOptions& options, Split split,
                                      const SplitSettings& splits, const Context& context)
{
    prepareThread(options.runtime.threads);
    const auto device = resolveDevice(options.runtime.device);
    if (!device)
        return fail(device.error());
    const auto imported = importModel(options.model, options.input, options.architecture);
    if (!imported)
        return fail(imported.error());
    for (const auto& notice : imported->metadata().notices)
        context.terminal.note(notice);
    const auto dataset =
        Dataset::load(withOptions(*options.data.spec, options.data), imported->graph().inputShape(),
                      context.terminal.sink(), context.stop);
    if (!dataset)
        return fail(dataset.error());
    auto data = loadSplit(*dataset, options.data, imported->metadata(), split, splits, *device);
    if (!data)
        return fail(data.error());
    if (const auto fits = checkFits(*imported, *data); !fits)
        return fail(fits.error());
    for (const auto& notice : dataset->notices())
        context.terminal.note(notice);
    if (const auto notice = smallSplitNotice(*data, splits))
        context.terminal.note(*notice);
    if (const auto notice = unmappedNotice(*imported, *data))
        context.terminal.note(*notice);
    auto network = onDevice(*imported, *device);
    if (!network)
        return fail(network.error());
    return ModelAndData{*std::move(network), *std::move(data)};
}

} // namespace espalier::cli
