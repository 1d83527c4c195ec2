#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace espalier {

/// How far a long function is. `total` of 0 means unknown.
struct Progress {
    std::string task; ///< in the user's words: "fine-tuning", "scoring filters"
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string unit; ///< what is counted: "images", "epochs"
    double rate = 0.0; ///< units per second, since the start
    double secondsLeft = -1.0; ///< negative: unknown
};

/// Called on the thread that does the work. May be empty.
using ProgressSink = std::function<void(const Progress&)>;

/// Reports at most 20 times a second, works out rate and time left. Not thread-safe.
class ProgressMeter {
public:
    ProgressMeter(ProgressSink sink, std::string task, std::int64_t total, std::string unit);

    /// Counts `amount` further units and reports when 50 ms have passed or the total is reached.
    void advance(std::int64_t amount = 1);

    double unitsPerSecond() const;

private:
    void report();

    using Clock = std::chrono::steady_clock;
    ProgressSink m_sink;
    Progress m_progress;
    Clock::time_point m_start;
    Clock::time_point m_lastReport;
};

} // namespace espalier
