// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace casebase {

/// Runs jobs one after another. The writer's thread in the server; by hand in tests.
class WorkQueue {
public:
    virtual ~WorkQueue() = default;
    virtual void post(std::function<void()> job) = 0;
    /// Runs the job and waits for it. Not from a job.
    virtual void runAndWait(const std::function<void()> &job) = 0;
};

/// Jobs for threads, handed over under a lock of our own: docs/decisions/0014.
class JobList {
public:
    void post(std::function<void()> job);
    /// False if no thread is waiting for a job; then it is not taken.
    bool postIfIdle(std::function<void()> job);
    /// Runs jobs until stop() was called and none is left.
    void work();
    void stop();
    /// Waits until all jobs have been run and no thread runs one. Not from a job.
    void waitForDone();

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_done;
    std::deque<std::function<void()>> m_jobs;
    size_t m_waiting = 0; ///< Threads that wait for a job.
    size_t m_running = 0; ///< Jobs that are being run.
    bool m_isStopping = false;
};

/// A thread of its own, which stops when all jobs are done and the queue goes away.
class ThreadQueue final : public WorkQueue {
public:
    ThreadQueue();
    ~ThreadQueue() override;
    void post(std::function<void()> job) override { m_jobs.post(std::move(job)); }
    void runAndWait(const std::function<void()> &job) override;

private:
    JobList m_jobs;
    std::thread m_thread;
};

/// Threads for work that may run beside other work, as many as there are processors.
class WorkerPool {
public:
    /// The one of this program for work that somebody waits for.
    static WorkerPool &instance();
    /// Another one for imports, exports and commands, which take seconds: nobody's query waits
    /// behind them.
    static WorkerPool &forLongWork();

    WorkerPool();
    ~WorkerPool();
    Q_DISABLE_COPY_MOVE(WorkerPool)
    void post(std::function<void()> job) { m_jobs.post(std::move(job)); }
    /// False if all threads are busy; then the job is not taken.
    bool postIfIdle(std::function<void()> job) { return m_jobs.postIfIdle(std::move(job)); }
    void waitForDone() { m_jobs.waitForDone(); }
    size_t size() const { return m_threads.size(); }

private:
    JobList m_jobs;
    std::vector<std::thread> m_threads;
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
