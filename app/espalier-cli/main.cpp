// espalier-cli: everything Espalier does, without a display. Composition only: options in, text or
// JSON out; the work is core's.

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "command.h"
#include "interrupt.h"

namespace {

using namespace espalier;
using namespace espalier::cli;

ExitCode report(Terminal& terminal, const Status& status)
{
    terminal.endProgress();
    std::cout.flush();
    if (!status) {
        terminal.error(status.error().message);
        return isStopped(status.error()) ? ExitCode::Stopped : ExitCode::Failed;
    }
    if (!std::cout) {
        terminal.error("The output could not be written.");
        return ExitCode::Failed;
    }
    return ExitCode::Done;
}

ExitCode runChosen(const std::vector<Command>& commands)
{
    Terminal terminal;
    const Interrupt interrupt(terminal);
    for (const auto& command : commands) {
        if (command.app->parsed())
            return report(terminal, command.run({terminal, interrupt.token()}));
    }
    return ExitCode::WrongUsage;
}

/// CLI11 answers an unknown command with "A subcommand is required".
std::string usageText(const CLI::App& app, const CLI::ParseError& error)
{
    const auto extras = app.remaining();
    if (app.get_subcommands().empty() && !extras.empty())
        return "There is no command '" + extras.front() + "'.";
    return error.what();
}

ExitCode parseAndRun(int argc, char** argv)
{
    CLI::App app(
        "Prunes trained neural networks, layers and filters, by representation similarity.",
        "espalier-cli");
    app.set_version_flag("--version", ESPALIER_VERSION);
    app.require_subcommand(1);
    const std::vector<Command> commands{
        inspectCommand(app), evaluateCommand(app), scoreCommand(app),   trainCommand(app),
        runCommand(app),     resumeCommand(app),   historyCommand(app), exportCommand(app)};
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return static_cast<ExitCode>(app.exit(help));
    } catch (const CLI::ParseError& error) {
        std::cerr << "espalier-cli: " << usageText(app, error)
                  << " (espalier-cli --help tells more)\n";
        return ExitCode::WrongUsage;
    }
    return runChosen(commands);
}

} // namespace

int main(int argc, char** argv)
{
    // A file that may not grow is then a failed write, with a sentence, and not the end of the
    // process.
    std::signal(SIGXFSZ, SIG_IGN);
    // The last resort for what a library throws through: a sentence instead of an abort.
    try {
        return static_cast<int>(parseAndRun(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "espalier-cli: An unexpected failure: " << error.what() << '\n';
    }
    return static_cast<int>(ExitCode::Failed);
}
