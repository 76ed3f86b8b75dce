// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Parallel.h"

#include "shared/support/WorkQueue.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace casebase {

namespace {

/// Hands out numbers; outlives the call for threads that come too late.
struct Numbers {
    explicit Numbers(size_t count)
        : end(count)
    {
    }

    void workOff(const std::function<bool(size_t)> &work)
    {
        std::unique_lock lock(mutex);
        while (next < end) {
            const size_t mine = next++;
            ++working;
            lock.unlock();
            const bool goesOn = work(mine);
            lock.lock();
            --working;
            if (!goesOn) {
                end = next;
            }
        }
        if (working == 0) {
            idle.notify_all();
        }
    }

    void wait()
    {
        std::unique_lock lock(mutex);
        idle.wait(lock, [this] { return working == 0; });
    }

    std::mutex mutex;
    std::condition_variable idle;
    size_t next = 0;
    size_t end;
    int working = 0;
};

} // namespace

void inParallel(size_t count, const std::function<bool(size_t)> &work)
{
    const auto numbers = std::make_shared<Numbers>(count);
    const size_t helpers = std::min(count, WorkerPool::instance().size());
    for (size_t i = 1; i < helpers; ++i) {
        // One that begins after all is done finds no number, and does not touch the work.
        if (!WorkerPool::instance().postIfIdle([numbers, &work] { numbers->workOff(work); })) {
            break;
        }
    }
    numbers->workOff(work);
    numbers->wait();
}

} // namespace casebase
