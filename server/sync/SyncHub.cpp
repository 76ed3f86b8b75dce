// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/SyncHub.h"

#include "shared/workflow/Advance.h"

namespace casebase {

SyncHub::SyncHub(BaseHost &host, Accounts &accounts, Workers workers)
    : m_host(host)
    , m_accounts(accounts)
    , m_workers(std::move(workers))
{
    if (!m_workers) {
        m_workers = [](std::function<void()> job) { WorkerPool::instance().post(std::move(job)); };
    }
}

void SyncHub::remove(ClientLink *link)
{
    if (m_links.removeOne(link) && link->isSignedIn()) {
        for (const BaseEntry &base : link->bases()) {
            relay(link, Presence{base.id, {}, {}, {}, {}, {}, false});
        }
    }
}

int SyncHub::linkCount(UserId user) const
{
    return int(std::count_if(m_links.cbegin(), m_links.cend(), [user](const ClientLink *link) {
        return link->isSignedIn() && link->caller().account.id == user;
    }));
}

void SyncHub::revoked(const QStringList &tokenIds)
{
    m_mailbox.post([this, tokenIds] { closeTokens(tokenIds); });
}

void SyncHub::closeTokens(const QStringList &tokenIds)
{
    const QList<ClientLink *> links = m_links;
    for (ClientLink *link : links) {
        if (link->isSignedIn() && tokenIds.contains(link->caller().token.id)) {
            link->close(4001, QStringLiteral("signed out"));
        }
    }
}

void SyncHub::closeEarlier(const ClientLink *link)
{
    const QList<ClientLink *> links = m_links;
    for (ClientLink *other : links) {
        if (other != link && other->isSignedIn() && other->device() == link->device()
            && other->caller().account.id == link->caller().account.id) {
            other->close(4002, QStringLiteral("this installation connected again"));
        }
    }
}

void SyncHub::closeAll()
{
    const QList<ClientLink *> links = m_links;
    for (ClientLink *link : links) {
        link->close(1001, QStringLiteral("the server stops"));
    }
}

namespace {

Presence stampedBy(const ClientLink &from, const Presence &presence)
{
    Presence stamped = presence;
    stamped.user = from.caller().account.id;
    stamped.device = from.device();
    return stamped;
}

} // namespace

void SyncHub::introduce(ClientLink *link, BaseId base)
{
    for (const ClientLink *other : std::as_const(m_links)) {
        if (other != link && other->presence() && other->presence()->base == base) {
            link->send(stampedBy(*other, *other->presence()));
        }
    }
}

void SyncHub::relay(const ClientLink *from, const Presence &presence)
{
    const Presence stamped = stampedBy(*from, presence);
    for (ClientLink *link : std::as_const(m_links)) {
        if (link != from && link->hasOpen(presence.base)) {
            link->send(stamped);
        }
    }
}

void SyncHub::later(const std::weak_ptr<const void> &lifeline, std::function<void()> job)
{
    m_mailbox.post([lifeline, job = std::move(job)] {
        if (!lifeline.expired()) {
            job();
        }
    });
}

void SyncHub::committed(const StoredCommits &stored)
{
    m_mailbox.post([this, stored] { distribute(stored); });
}

void SyncHub::distribute(const StoredCommits &stored)
{
    DeltaFrames frames(stored);
    const QList<ClientLink *> links = m_links;
    for (ClientLink *link : links) {
        if (has(link) && link->isSignedIn()) {
            link->deliver(stored, frames);
        }
    }
    notify(stored);
}

void SyncHub::notify(const StoredCommits &stored)
{
    bool membersChanged = false;
    QList<Notice> notices;
    for (const Commit &commit : stored.commits) {
        for (const Change &change : commit.changes.changes) {
            membersChanged = membersChanged || std::holds_alternative<PersonChange>(change);
            if (const auto *instance = std::get_if<InstanceChange>(&change)) {
                notices += noticesOf(*instance, commit.stamp.actor);
            }
        }
    }
    if (!membersChanged && notices.isEmpty()) {
        return;
    }
    const QList<ClientLink *> links = m_links;
    for (ClientLink *link : links) {
        if (!has(link) || !link->isSignedIn()) {
            continue;
        }
        if (membersChanged) {
            link->send(Bases{link->bases()});
        }
        for (const Notice &notice : std::as_const(notices)) {
            if (notice.person == link->caller().account.id) {
                link->send(NoticeMessage{
                    stored.base, notice.instance, notice.kind == Notice::Kind::TaskAssigned});
            }
        }
    }
}

} // namespace casebase
