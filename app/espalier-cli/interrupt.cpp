#include "interrupt.h"

#include <cerrno>
#include <csignal>
#include <initializer_list>

#include <sys/eventfd.h>
#include <unistd.h>

#include "command.h"

namespace espalier::cli {

namespace {

/// What the handler writes to: it may run on any thread, at any point, so it does nothing else.
int signalEvents = -1;

void count()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(signalEvents, &one, sizeof one);
}

void handleSignal(int)
{
    const int error = errno;
    count();
    errno = error;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM})
        sigaction(signal, &action, nullptr);
}

} // namespace

Interrupt::Interrupt(Terminal& terminal)
    : m_terminal(terminal)
{
    signalEvents = eventfd(0, EFD_CLOEXEC);
    m_thread = std::thread([this] { wait(); });
    setHandler(handleSignal);
}

Interrupt::~Interrupt()
{
    setHandler(SIG_DFL);
    m_ending = true;
    count();
    m_thread.join();
    close(signalEvents);
}

void Interrupt::wait()
{
    while (true) {
        std::uint64_t signals = 0;
        const bool interrupted = read(signalEvents, &signals, sizeof signals) < 0;
        if (m_ending || (interrupted && errno != EINTR))
            return;
        if (interrupted)
            continue;
        if (m_source.stop_requested() || signals > 1)
            _exit(static_cast<int>(ExitCode::Stopped));
        m_terminal.note("Stopping; once more to end at once.");
        m_source.request_stop();
    }
}

} // namespace espalier::cli
