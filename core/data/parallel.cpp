#include "data/parallel.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace espalier {

namespace {

/// Hands out the numbers and hears of their end; thread-safe.
class Tasks {
public:
    explicit Tasks(std::int64_t count)
        : m_count(count)
    {
    }

    void workOn(const std::function<void(std::int64_t)>& work, const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_next < m_count && !stop.stop_requested()) {
            const auto mine = m_next++;
            lock.unlock();
            work(mine);
            lock.lock();
            ++m_done;
            m_changed.notify_one();
        }
    }

    /// False when it was stopped.
    bool watch(const std::function<void(std::int64_t)>& advance, const std::stop_token& stop)
    {
        std::int64_t seen = 0;
        std::unique_lock lock(m_mutex);
        while (seen < m_count) {
            if (!m_changed.wait(lock, stop, [&] { return m_done > seen; }))
                return false;
            const auto more = m_done - seen;
            seen = m_done;
            lock.unlock();
            advance(more);
            lock.lock();
        }
        return true;
    }

private:
    const std::int64_t m_count;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::int64_t m_next = 0;
    std::int64_t m_done = 0;
};

} // namespace

bool forEachInParallel(std::int64_t count, int threads,
                       const std::function<void(std::int64_t)>& work,
                       const std::function<void(std::int64_t)>& advance,
                       const std::stop_token& stop)
{
    Tasks tasks(count);
    std::vector<std::jthread> workers; // joined when this scope is left
    const auto wanted = std::min<std::int64_t>(std::max(threads, 1), count);
    for (std::int64_t i = 0; i < wanted; ++i)
        workers.emplace_back([&] { tasks.workOn(work, stop); });
    return tasks.watch(advance, stop);
}

} // namespace espalier
