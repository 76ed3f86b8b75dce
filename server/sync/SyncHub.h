// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sync/ClientLink.h"
#include "shared/support/Mailbox.h"

#include <QObject>

namespace casebase {

/// All sync connections: passes commits and presence on to those who may see them. Hears of commits
/// on the writer's thread and works on its own.
class SyncHub final : public QObject, public CommitListener {
    Q_OBJECT
public:
    /// Runs a job elsewhere, or at once.
    using Workers = std::function<void(std::function<void()>)>;
    /// Without workers of its own it uses the thread pool.
    SyncHub(BaseHost &host, Accounts &accounts, Workers workers = {});

    void add(ClientLink *link) { m_links += link; }
    void remove(ClientLink *link);
    bool has(ClientLink *link) const { return m_links.contains(link); }
    /// Connections that this person has.
    int linkCount(UserId user) const;
    /// Ends the connections of those tokens. From any thread.
    void revoked(const QStringList &tokenIds);
    /// Ends other connections of the link's installation: it is there once, and what was left of a
    /// connection that broke goes. A copy of an installation finds out here that it is one.
    void closeEarlier(const ClientLink *link);
    void closeAll();
    void relay(const ClientLink *from, const Presence &presence);
    /// Tells the newcomer where the others are.
    void introduce(ClientLink *link, BaseId base);
    /// Runs the job on the hub's thread, if what holds the lifeline is still there then. From any
    /// thread.
    void later(const std::weak_ptr<const void> &lifeline, std::function<void()> job);

    /// Runs a job that takes long off the hub's thread.
    void work(std::function<void()> job) { m_workers(std::move(job)); }

    void committed(const StoredCommits &stored) override;

    BaseHost &host() { return m_host; }
    Accounts &accounts() { return m_accounts; }

private:
    void closeTokens(const QStringList &tokenIds);
    void distribute(const StoredCommits &stored);
    void notify(const StoredCommits &stored);

    BaseHost &m_host;
    Accounts &m_accounts;
    Workers m_workers;
    QList<ClientLink *> m_links;
    Mailbox m_mailbox;
};

} // namespace casebase
