#include "terminal.h"

#include <algorithm>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

namespace espalier::cli {

namespace {

/// Between two plain lines of progress: a log of an hour stays readable.
constexpr auto plainInterval = std::chrono::seconds(10);
constexpr std::size_t barWidth = 24;

std::size_t terminalWidth()
{
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

void write(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

/// "1,842 images/s, 3:12 left"
std::string speedText(const Progress& progress)
{
    std::string text;
    if (progress.rate >= 10.0)
        text = countText(static_cast<std::int64_t>(progress.rate));
    else if (progress.rate > 0.0)
        text = smallText(progress.rate);
    if (!text.empty())
        text += " " + progress.unit + "/s";
    if (progress.secondsLeft >= 0.0)
        text += (text.empty() ? "" : ", ") + durationText(progress.secondsLeft) + " left";
    return text;
}

} // namespace

Terminal::Terminal()
    : m_isTerminal(isatty(STDERR_FILENO) == 1)
    , m_lastPlain(Clock::now())
{
}

void Terminal::note(const std::string& line)
{
    const std::lock_guard lock(m_mutex);
    clearBar();
    write(line + '\n');
}

void Terminal::error(const std::string& message)
{
    note("espalier-cli: " + message);
}

void Terminal::log(const LogLine& line)
{
    note(line.level == LogLevel::Warning ? "warning: " + line.text : line.text);
}

void Terminal::progress(const Progress& progress)
{
    const std::lock_guard lock(m_mutex);
    if (m_isTerminal)
        drawBar(progress);
    else
        writePlain(progress);
}

void Terminal::endProgress()
{
    const std::lock_guard lock(m_mutex);
    clearBar();
}

ProgressSink Terminal::sink()
{
    return [this](const Progress& value) { progress(value); };
}

void Terminal::clearBar()
{
    if (m_barShown)
        write("\r\033[K");
    m_barShown = false;
}

void Terminal::drawBar(const Progress& progress)
{
    std::string line = progress.task;
    if (progress.total > 0) {
        const double part = std::clamp(
            static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0);
        const auto filled = static_cast<std::size_t>(part * static_cast<double>(barWidth));
        line += "  [" + std::string(filled, '=') + std::string(barWidth - filled, ' ') + "] "
            + percentText(part, 0);
    } else {
        line += "  " + countText(progress.done) + " " + progress.unit;
    }
    line += "  " + speedText(progress);
    // A line that wraps could not be redrawn in place.
    line = line.substr(0, terminalWidth() - 1);
    write("\r" + line + "\033[K");
    m_barShown = true;
}

void Terminal::writePlain(const Progress& progress)
{
    const auto now = Clock::now();
    if (now - m_lastPlain < plainInterval)
        return;
    m_lastPlain = now;
    std::string line = progress.task + ": " + countText(progress.done);
    if (progress.total > 0)
        line += " of " + countText(progress.total);
    line += " " + progress.unit;
    if (const auto speed = speedText(progress); !speed.empty())
        line += ", " + speed;
    write(line + '\n');
}

} // namespace espalier::cli
