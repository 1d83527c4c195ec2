#pragma once

#include <functional>
#include <stop_token>

#include <CLI/App.hpp>

#include "base/result.h"
#include "terminal.h"

namespace espalier::cli {

/// What scripts rely on.
enum class ExitCode { Done = 0, Failed = 1, WrongUsage = 2, Stopped = 130 };

/// What a command works with beside its options.
struct Context {
    Terminal& terminal;
    std::stop_token stop;
};

/// One subcommand: its options live in `run`, which is called after parsing when `app` was chosen.
/// A Stopped error carries the sentence that says how to go on.
struct Command {
    CLI::App* app = nullptr;
    std::function<Status(const Context&)> run;
};

Command inspectCommand(CLI::App& parent);
Command evaluateCommand(CLI::App& parent);
Command scoreCommand(CLI::App& parent);
Command trainCommand(CLI::App& parent);
Command runCommand(CLI::App& parent);
Command resumeCommand(CLI::App& parent);
Command historyCommand(CLI::App& parent);
Command exportCommand(CLI::App& parent);

} // namespace espalier::cli
