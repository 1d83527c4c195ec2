#include <memory>

#include "command.h"
#include "session_runner.h"

namespace espalier::cli {

namespace {

struct Options {
    std::string session;
    LoopOptions loop;
};

Status resumeSession(const Options& options, const Context& context)
{
    if (const auto writable = checkLoopOptions(options.loop); !writable)
        return writable;
    SessionRunner runner(context);
    const auto opened = runner.await(runner.engine().openSession(options.session));
    if (!opened && isStopped(opened.error()))
        return fail(ErrorCode::Stopped,
                    "Stopped; go on with: espalier-cli resume " + options.session);
    if (!opened)
        return opened;
    return runLoop(runner, options.session, options.loop, context);
}

} // namespace

Command resumeCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand("resume", "Goes on where a session stopped");
    app->add_option("session", options->session, "Session file")->required()->type_name("SESSION");
    addLoopOptions(*app, options->loop);
    return {app, [options](const Context& context) { return resumeSession(*options, context); }};
}

} // namespace espalier::cli
