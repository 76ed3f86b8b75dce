// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/WorkQueue.h"

#include <QSemaphore>

namespace casebase {

ThreadQueue::ThreadQueue()
    : m_thread(QThread::create([this] { work(); }))
{
    m_thread->setObjectName(QStringLiteral("writer"));
    m_thread->start();
}

ThreadQueue::~ThreadQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread->wait();
}

void ThreadQueue::post(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ThreadQueue::runAndWait(const std::function<void()> &job)
{
    QSemaphore done;
    post([&] {
        job();
        done.release();
    });
    done.acquire();
}

void ThreadQueue::work()
{
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_jobs.empty()) {
                return;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
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
