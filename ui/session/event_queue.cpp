#include "session/event_queue.h"

#include <utility>

namespace espalier::ui {

bool EventQueue::push(Event event)
{
    const std::scoped_lock lock(m_mutex);
    const bool wasEmpty = m_events.empty();
    const bool supersedes = !wasEmpty && std::holds_alternative<ProgressChanged>(event.what)
        && std::holds_alternative<ProgressChanged>(m_events.back().what)
        && m_events.back().run == event.run;
    if (supersedes)
        m_events.back() = std::move(event);
    else
        m_events.push_back(std::move(event));
    return wasEmpty;
}

std::vector<Event> EventQueue::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_events, {});
}

} // namespace espalier::ui
