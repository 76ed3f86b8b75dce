// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/WorkQueue.h"

#include <semaphore>

namespace casebase {

void JobList::post(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

bool JobList::postIfIdle(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting <= m_jobs.size()) {
            return false;
        }
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void JobList::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        ++m_waiting;
        m_wake.wait(lock, [this] { return m_isStopping || !m_jobs.empty(); });
        --m_waiting;
        if (m_jobs.empty()) {
            return;
        }
        std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        ++m_running;
        lock.unlock();
        job();
        job = nullptr; // What it holds goes before it counts as done.
        lock.lock();
        --m_running;
        if (m_jobs.empty() && m_running == 0) {
            m_done.notify_all();
        }
    }
}

void JobList::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
}

void JobList::waitForDone()
{
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return m_jobs.empty() && m_running == 0; });
}

ThreadQueue::ThreadQueue()
    : m_thread([this] { m_jobs.work(); })
{
}

ThreadQueue::~ThreadQueue()
{
    m_jobs.stop();
    m_thread.join();
}

void ThreadQueue::runAndWait(const std::function<void()> &job)
{
    std::binary_semaphore done(0);
    post([&] {
        job();
        done.release();
    });
    done.acquire();
}

WorkerPool &WorkerPool::instance()
{
    static WorkerPool pool;
    return pool;
}

WorkerPool &WorkerPool::forLongWork()
{
    static WorkerPool pool;
    return pool;
}

WorkerPool::WorkerPool()
{
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
        m_threads.emplace_back([this] { m_jobs.work(); });
    }
}

WorkerPool::~WorkerPool()
{
    m_jobs.stop();
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

void ManualQueue::runAndWait(const std::function<void()> &job)
{
    run();
    job();
}

bool ManualQueue::run()
{
    bool ran = false;
    while (!m_jobs.empty()) {
        const std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        job();
        ran = true;
    }
    return ran;
}

} // namespace casebase
