#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

#include "terminal.h"

namespace espalier::cli {

/// Turns SIGINT and SIGTERM into a stop request, so that work ends at the next operator and what is
/// done is kept; a second signal ends the process at once. One per process. (Blocking the signals
/// and waiting for them would not do: libraries start threads before main that do not block them.)
class Interrupt {
public:
    explicit Interrupt(Terminal& terminal);
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Callbacks registered with it run on a thread of its own, where anything is allowed.
    std::stop_token token() const { return m_source.get_token(); }

private:
    void wait();

    Terminal& m_terminal;
    std::stop_source m_source;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

} // namespace espalier::cli
