#include "base/progress.h"

#include <utility>

namespace espalier {

namespace {
constexpr std::chrono::milliseconds reportInterval{50};
}

ProgressMeter::ProgressMeter(ProgressSink sink, std::string task, std::int64_t total,
                             std::string unit)
    : m_sink(std::move(sink))
    , m_progress{.task = std::move(task), .done = 0, .total = total, .unit = std::move(unit)}
    , m_start(Clock::now())
    , m_lastReport(m_start - reportInterval)
{
}

void ProgressMeter::advance(std::int64_t amount)
{
    m_progress.done += amount;
    const auto now = Clock::now();
    if (m_sink && (now - m_lastReport >= reportInterval || m_progress.done == m_progress.total)) {
        m_lastReport = now;
        report();
    }
}

double ProgressMeter::unitsPerSecond() const
{
    const std::chrono::duration<double> elapsed = Clock::now() - m_start;
    return elapsed.count() > 0.0 ? static_cast<double>(m_progress.done) / elapsed.count() : 0.0;
}

void ProgressMeter::report()
{
    m_progress.rate = unitsPerSecond();
    const auto left = m_progress.total - m_progress.done;
    m_progress.secondsLeft = m_progress.total > 0 && m_progress.rate > 0.0
        ? static_cast<double>(left) / m_progress.rate
        : -1.0;
    m_sink(m_progress);
}

} // namespace espalier
