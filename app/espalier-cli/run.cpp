#include <filesystem>
#include <memory>

#include "command.h"
#include "options.h"
#include "output_file.h"
#include "session_runner.h"

namespace espalier::cli {

namespace fs = std::filesystem;

namespace {

struct Options {
    std::string experiment;
    std::string session;
    std::optional<DeviceSpec> device;
    std::optional<int> threads;
    std::optional<Precision> precision;
    LoopOptions loop;
};

/// NAME.espalier in the current folder, for NAME.yaml anywhere.
fs::path sessionFile(const Options& options)
{
    if (!options.session.empty())
        return options.session;
    return fs::path(options.experiment).filename().replace_extension(".espalier");
}

Status checkSessionFile(const fs::path& file)
{
    std::error_code error;
    if (fs::exists(file, error))
        return fail(ErrorCode::Io,
                    file.string() + " exists already; go on with it: espalier-cli resume "
                        + file.string() + ", or name another file with --session.");
    return checkOutputFile(file);
}

Status runExperiment(const Options& options, const Context& context)
{
    auto experiment = loadExperiment(options.experiment);
    if (!experiment)
        return fail(experiment.error());
    experiment->device = options.device.value_or(experiment->device);
    experiment->threads = options.threads.value_or(experiment->threads);
    experiment->training.precision = options.precision.value_or(experiment->training.precision);
    const fs::path session = sessionFile(options);
    if (const auto free = checkSessionFile(session); !free)
        return free;
    if (const auto writable = checkLoopOptions(options.loop); !writable)
        return writable;

    SessionRunner runner(context);
    const auto created = runner.await(runner.engine().createSession(*experiment, session));
    if (!created && isStopped(created.error()))
        return fail(ErrorCode::Stopped,
                    "Stopped before the session began; start again with the same command.");
    if (!created)
        return created;
    return runLoop(runner, session, options.loop, context);
}

} // namespace

Command runCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("run", "Prunes by an experiment file, from its start");
    app->add_option("experiment", options->experiment, "Experiment file")
        ->required()
        ->type_name("EXPERIMENT.yaml");
    app->add_option("--session", options->session,
                    "Where everything is kept; NAME.espalier in this folder by default")
        ->type_name("FILE");
    addParsed(*app, "--device", options->device, DeviceSpec::parse, "auto, cpu or cuda[:N]")
        ->type_name("DEVICE");
    app->add_option("--threads", options->threads, "CPU threads; 0 is one per core")
        ->check(CLI::Range(0, 1024))
        ->type_name("N");
    addPrecisionOption(*app, options->precision);
    addLoopOptions(*app, options->loop);
    return {app, [options](const Context& context) { return runExperiment(*options, context); }};
}

} // namespace espalier::cli
