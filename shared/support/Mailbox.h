// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace casebase {

class Mailbox;

/// Where jobs for another thread are posted: from any thread, also after the mailbox has gone, when
/// they are dropped. Copies lead to the same mailbox.
class MailAddress {
public:
    void post(std::function<void()> job) const;

private:
    friend class Mailbox;
    struct Box;
    explicit MailAddress(std::shared_ptr<Box> box);
    std::shared_ptr<Box> m_box;
};

/// Runs what is posted to it in the event loop of its thread, in the order of posting. Belongs to
/// the object that the jobs work on, so that none runs once that has gone.
class Mailbox final : public QObject {
public:
    Mailbox();
    ~Mailbox() override;
    const MailAddress &address() const { return m_address; }
    void post(std::function<void()> job) const { m_address.post(std::move(job)); }
    void customEvent(QEvent *event) override;

private:
    MailAddress m_address;
};

} // namespace casebase
