#pragma once

#include <mutex>
#include <vector>

#include "session/events.h"

namespace espalier::ui {

/// Events on their way from the engine's thread to the GUI thread, in order. Of a row of progress
/// events of one run only the last is kept, so a busy GUI thread finds one value, not a backlog.
/// Thread-safe.
class EventQueue {
public:
    /// True when the queue was empty: somebody has to be told to come and take().
    bool push(Event event);
    std::vector<Event> take();

private:
    std::mutex m_mutex;
    std::vector<Event> m_events;
};

} // namespace espalier::ui
