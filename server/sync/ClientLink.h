// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/Accounts.h"
#include "server/sync/SnapshotStream.h"

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

/// How many requests one connection may send: docs/decisions/0012.
inline constexpr double SubmitsPerSecond = 2000;
inline constexpr double SubmitBurst = 2000;

class SyncHub;

/// The server's end of one client's sync connection: a state machine that allows nothing before
/// hello. Lives on the hub's thread.
class ClientLink {
public:
    ClientLink(SyncHub &hub, LinkTransport &transport);
    ~ClientLink();
    Q_DISABLE_COPY_MOVE(ClientLink)

    void onMessage(const QByteArray &bytes);
    /// Passes on what was stored, if the client has everything before it.
    void deliver(const StoredCommits &stored, DeltaFrames &frames);
    /// Something that was sent is on its way: there is room for more.
    void onRoom();
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
    void reply(BaseId base, const RequestId &id, const Result<Outcome> &outcome);
    void sendMoreOf(BaseId base);
    void catchUp(BaseId base);
    void sendCommits(BaseId base, const QList<Commit> &commits);
    bool maySubmitNow();

    /// How far the client is with one base.
    struct Position {
        quint64 revision = 0; ///< Up to which the client has everything.
        bool isLive = false; ///< Gets what is stored as it is stored.
        bool isBusy = false; ///< The next part is being made.
        std::shared_ptr<SnapshotStream> snapshot; ///< Shared with the worker that makes a part.
    };

    SyncHub &m_hub;
    LinkTransport &m_transport;
    /// Goes with the link. Whoever brings something for it later asks this and not its address,
    /// which may be another link's by then.
    std::shared_ptr<const void> m_lifeline = std::make_shared<int>();
    bool m_isSignedIn = false;
    bool m_isClosed = false;
    FrameFormat m_format;
    Caller m_caller;
    DeviceId m_device;
    QHash<BaseId, Position> m_open;
    std::optional<Presence> m_presence;
    double m_budget = SubmitBurst; ///< Submits that may be sent now.
    qint64 m_budgetMs = 0;
};

} // namespace casebase
