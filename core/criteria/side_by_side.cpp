#include "criteria/side_by_side_p.h"

#include <exception>
#include <thread>
#include <vector>

#include <ATen/Parallel.h>

namespace espalier {

namespace {

/// LibTorch's thread count belongs to the thread that sets it, and is what later threads start
/// with: so whoever lowers it for a while puts it back.
class SingleThreadedOperators {
public:
    SingleThreadedOperators() { at::set_num_threads(1); }
    ~SingleThreadedOperators() { at::set_num_threads(m_before); }
    SingleThreadedOperators(const SingleThreadedOperators&) = delete;
    SingleThreadedOperators& operator=(const SingleThreadedOperators&) = delete;

private:
    int m_before = at::get_num_threads();
};

} // namespace

void runSideBySide(int threads, const std::function<void()>& work)
{
    if (threads <= 1) {
        work();
        return;
    }
    std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(threads));
    const auto guardedWork = [&](std::size_t thread) {
        try {
            work();
        } catch (...) { // LibTorch's; a thread must not end with it
            thrown[thread] = std::current_exception();
        }
    };
    {
        const SingleThreadedOperators single;
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < thrown.size(); ++i) {
            others.emplace_back([&, i] {
                at::set_num_threads(1);
                guardedWork(i);
            });
        }
        guardedWork(0);
    }
    for (const auto& exception : thrown) {
        if (exception)
            std::rethrow_exception(exception);
    }
}

} // namespace espalier
