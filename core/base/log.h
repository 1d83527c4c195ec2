#pragma once

#include <functional>
#include <string>

namespace espalier {

enum class LogLevel { Info, Warning, Error };

struct LogLine {
    LogLevel level = LogLevel::Info;
    std::string text;
};

/// Called on the thread that has something to say. May be empty.
using LogSink = std::function<void(const LogLine&)>;

} // namespace espalier
