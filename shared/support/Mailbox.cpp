// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <deque>
#include <mutex>

namespace casebase {

struct MailAddress::Box {
    explicit Box(Mailbox *mailbox)
        : owner(mailbox)
    {
    }
    std::mutex mutex;
    std::deque<std::function<void()>> jobs;
    Mailbox *owner; ///< Null once it has gone.
    bool isAwake = false; ///< An event is on its way.
};

MailAddress::MailAddress(std::shared_ptr<Box> box)
    : m_box(std::move(box))
{
}

void MailAddress::post(std::function<void()> job) const
{
    const std::lock_guard lock(m_box->mutex);
    if (!m_box->owner) {
        return;
    }
    m_box->jobs.push_back(std::move(job));
    if (!std::exchange(m_box->isAwake, true)) {
        // Under the lock: the owner cannot go meanwhile.
        QCoreApplication::postEvent(m_box->owner, new QEvent(QEvent::User));
    }
}

Mailbox::Mailbox()
    : m_address(std::make_shared<MailAddress::Box>(this))
{
}

Mailbox::~Mailbox()
{
    std::deque<std::function<void()>> dropped;
    const std::lock_guard lock(m_address.m_box->mutex);
    m_address.m_box->owner = nullptr;
    dropped.swap(m_address.m_box->jobs);
}

void Mailbox::customEvent(QEvent *)
{
    const std::shared_ptr<MailAddress::Box> box = m_address.m_box;
    std::deque<std::function<void()>> jobs;
    {
        const std::lock_guard lock(box->mutex);
        box->isAwake = false;
        jobs.swap(box->jobs);
    }
    // A job may end the owner; nobody else may, on this thread.
    while (!jobs.empty() && box->owner) {
        const std::function<void()> job = std::move(jobs.front());
        jobs.pop_front();
        job();
    }
}

} // namespace casebase
