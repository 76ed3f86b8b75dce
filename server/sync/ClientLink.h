// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/Accounts.h"
#include "server/host/BaseHost.h"
#include "shared/protocol/Message.h"

#include <QSet>

namespace casebase {

/// Carries messages to one client, whatever lies beneath.
class LinkTransport {
public:
    virtual ~LinkTransport() = default;
    virtual void send(const QByteArray &bytes) = 0;
    virtual void close(int code, const QString &reason) = 0;
    /// Bytes that were sent and are not on their way yet.
    virtual qint64 waitingBytes() const = 0;
    virtual bool isJson() const = 0;
};

class SyncHub;

/// The server's end of one client's sync connection: a state machine that allows nothing before
/// hello. Lives on the hub's thread.
class ClientLink {
public:
    ClientLink(SyncHub &hub, LinkTransport &transport);
    ~ClientLink();
    Q_DISABLE_COPY_MOVE(ClientLink)

    void onMessage(const QByteArray &bytes);
    void deliver(BaseId base, const Commit &commit, const Snapshot &after);
    void send(const Message &message);
    void close(int code, const QString &reason);

    bool isSignedIn() const { return m_isSignedIn; }
    bool hasOpen(BaseId base) const { return m_open.contains(base); }
    const Caller &caller() const { return m_caller; }
    DeviceId device() const { return m_device; }
    QList<BaseEntry> bases() const;
    /// Where the person was last, if anywhere.
    const std::optional<Presence> &presence() const { return m_presence; }

private:
    void handle(const Hello &hello);
    void handle(const Open &open);
    void handle(const Submit &submit);
    void handle(const Presence &presence);
    void refuse(const Error &error);
    void sendSnapshot(BaseId base, const VisibleDocument &visible);
    void sendCommits(BaseId base, const QList<Commit> &commits, const Snapshot &after);
    bool maySubmitNow();

    SyncHub &m_hub;
    LinkTransport &m_transport;
    bool m_isSignedIn = false;
    bool m_isClosed = false;
    bool m_mayCompress = false;
    Caller m_caller;
    DeviceId m_device;
    QHash<BaseId, quint64> m_open; ///< Revision up to which the client has everything.
    QSet<BaseId> m_catchingUp;
    std::optional<Presence> m_presence;
    double m_budget = 2000; ///< Submits that may be sent now; refills by 500 a second.
    qint64 m_budgetMs = 0;
};

} // namespace casebase
