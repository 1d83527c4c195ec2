#include "interrupt.h"

#include <csignal>

#include <pthread.h>
#include <unistd.h>

#include "command.h"

namespace espalier::cli {

namespace {

/// Wakes the waiting thread when there is nothing to wait for any more.
constexpr int wakeUp = SIGUSR1;

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, wakeUp})
        sigaddset(&signals, signal);
    return signals;
}

} // namespace

Interrupt::Interrupt(Terminal& terminal)
    : m_terminal(terminal)
{
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_thread = std::thread([this] { wait(); });
}

Interrupt::~Interrupt()
{
    m_ending = true;
    pthread_kill(m_thread.native_handle(), wakeUp);
    m_thread.join();
}

void Interrupt::wait()
{
    const sigset_t signals = watchedSignals();
    while (!m_ending) {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0 || signal == wakeUp)
            continue;
        if (m_source.stop_requested())
            _exit(static_cast<int>(ExitCode::Stopped));
        m_terminal.note("Stopping; once more to end at once.");
        m_source.request_stop();
    }
}

} // namespace espalier::cli
