#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/log.h"
#include "base/progress.h"

namespace espalier::cli {

/// What espalier-cli says on stderr while it works; results go to stdout. On a terminal progress is
/// a bar redrawn in place; elsewhere it is a plain line now and then. All members are thread-safe.
class Terminal {
public:
    Terminal();

    /// One line of text, above the bar if there is one.
    void note(const std::string& line);
    /// "espalier-cli: MESSAGE", the form of every failure.
    void error(const std::string& message);
    void log(const LogLine& line);

    void progress(const Progress& progress);
    /// Takes the bar away, before something is written to stdout.
    void endProgress();
    /// progress() as a sink; this object must outlive it.
    ProgressSink sink();

private:
    using Clock = std::chrono::steady_clock;
    void clearBar();
    void drawBar(const Progress& progress);
    void writePlain(const Progress& progress);

    std::mutex m_mutex;
    const bool m_isTerminal;
    bool m_barShown = false;
    Clock::time_point m_lastPlain;
};

} // namespace espalier::cli
