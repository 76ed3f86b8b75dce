// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace casebase {

/// Runs jobs one after another. The writer's thread in the server; by hand in tests.
class WorkQueue {
public:
    virtual ~WorkQueue() = default;
    virtual void post(std::function<void()> job) = 0;
    /// Runs the job and waits for it. Not from a job.
    virtual void runAndWait(const std::function<void()> &job) = 0;
};

/// A thread of its own, which stops when all jobs are done and the queue goes away.
class ThreadQueue final : public WorkQueue {
public:
    ThreadQueue();
    ~ThreadQueue() override;
    void post(std::function<void()> job) override;
    void runAndWait(const std::function<void()> &job) override;

private:
    void work();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::unique_ptr<QThread> m_thread;
};

/// Jobs wait until run() is called, in the thread that calls it.
class ManualQueue final : public WorkQueue {
public:
    void post(std::function<void()> job) override { m_jobs.push_back(std::move(job)); }
    void runAndWait(const std::function<void()> &job) override;
    /// Runs all jobs, those included that they post. True if there was one.
    bool run();

private:
    std::deque<std::function<void()>> m_jobs;
};

} // namespace casebase
