#pragma once

#include <optional>
#include <string>

#include "command.h"
#include "options.h"

namespace espalier::cli {

/// What evaluate and score begin with: MODEL, --input, --architecture, --data, --mean, --std,
/// --device, --threads.
struct ModelAndDataOptions {
    std::string model;
    std::optional<Shape> input;
    std::string architecture;
    DataOptions data;
    RuntimeOptions runtime;
};
void addModelAndDataOptions(CLI::App& app, ModelAndDataOptions& options);

struct ModelAndData {
    Network network; ///< on the device of `data`
    DataView data;
};

/// Prepares this thread, opens both and checks that they fit; notices go to the terminal.
Result<ModelAndData> loadModelAndData(const ModelAndDataOptions& options, Split split,
                                      const SplitSettings& splits, const Context& context);

} // namespace espalier::cli
