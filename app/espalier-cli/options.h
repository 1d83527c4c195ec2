#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "base/device.h"
#include "base/precision.h"
#include "command.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier::cli {

// Options that several commands share, and what they become.

/// An option whose text `parse` (std::string -> Result<T>) turns into `value`; a text it refuses is
/// wrong usage. `value` must outlive parsing.
template <class T, class Parse>
CLI::Option* addParsed(CLI::App& app, const std::string& name, T& value, Parse parse,
                       const std::string& description)
{
    const auto store = [&value, parse](const std::string& text) { value = *parse(text); };
    const auto check = [parse](const std::string& text) {
        const auto parsed = parse(text);
        return parsed ? std::string() : parsed.error().message;
    };
    return app.add_option_function<std::string>(name, store, description)->check(check);
}

struct RuntimeOptions {
    DeviceSpec device;
    int threads = 0;
};
/// --device, --threads
void addRuntimeOptions(CLI::App& app, RuntimeOptions& options);

/// --precision; `precision` is a Precision or optional.
template <class T> void addPrecisionOption(CLI::App& app, T& precision)
{
    addParsed(app, "--precision", precision, parsePrecision,
              "Of passes through the network: float32, tf32 (CUDA) or bfloat16")
        ->type_name("PRECISION");
}
/// Whether networks can run in it on `device`, which must be resolved; a notice goes to the
/// terminal. Errors: Unsupported.
Status checkPrecision(Precision precision, DeviceSpec device, const Context& context);

/// --input 3x32x32
void addInputOption(CLI::App& app, std::optional<Shape>& input);

/// --architecture resnet20
void addArchitectureOption(CLI::App& app, std::string& architecture);

struct DataOptions {
    std::optional<DataSpec> spec;
    std::optional<std::vector<double>> mean; ///< absent with pixelMean
    bool pixelMean = false;
    std::optional<std::vector<double>> deviation;
    std::optional<ClassMap> classes;
    bool mappedOnly = false;
    std::optional<std::int64_t> resize;
};
/// --data, --mean, --std, --classes, --mapped-only, --resize. Returns the option --data, to be made
/// required or not.
CLI::Option* addDataOptions(CLI::App& app, DataOptions& options);

/// `spec` with what the other options say about it.
DataSpec withOptions(DataSpec spec, const DataOptions& options);

/// What --mean and --std say; nothing without them. Errors: InvalidArgument.
Result<std::optional<Normalisation>> normalisationFrom(const DataOptions& options);

/// The data of `split` for a network of `metadata`, on `device`.
Result<DataView> loadSplit(const Dataset& dataset, const DataOptions& options,
                           const ModelMetadata& metadata, Split split,
                           const SplitSettings& settings, DeviceSpec device);

} // namespace espalier::cli
