// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/ClientLink.h"

#include "server/sync/SyncHub.h"
namespace casebase {

namespace {

constexpr qint64 QueueLimit = 4 * 1024 * 1024;
constexpr qint64 RoomBelow = 1024 * 1024; // of what waits, for the next part of a snapshot
constexpr qsizetype PartBytes = 512 * 1024;
constexpr quint64 CatchUpLimit = 2000;
constexpr int CommitsPerPart = 200;
constexpr int LinksPerPerson = 20;

} // namespace

ClientLink::ClientLink(SyncHub &hub, LinkTransport &transport)
    : m_hub(hub)
    , m_transport(transport)
{
    m_hub.add(this);
}

ClientLink::~ClientLink()
{
    m_hub.remove(this);
}

void ClientLink::send(const Message &message)
{
    if (!m_isClosed) {
        m_transport.send(m_transport.isJson() ? encodeJsonMessage(message)
                                              : encodeMessage(message, m_format.mayCompress));
    }
}

void ClientLink::close(int code, const QString &reason)
{
    if (!m_isClosed) {
        m_isClosed = true;
        m_transport.close(code, reason);
    }
}

void ClientLink::refuse(const Error &error)
{
    send(Failure{error});
    if (!m_isSignedIn) {
        close(1008, QStringLiteral("hello first"));
    }
}

void ClientLink::onMessage(const QByteArray &bytes)
{
    if (m_isClosed) {
        return;
    }
    const qsizetype limit = m_isSignedIn ? MessageLimit * 16 : MessageLimitBeforeHello;
    const auto message =
        m_transport.isJson() ? decodeJsonMessage(bytes) : decodeMessage(bytes, limit);
    if (!message) {
        return refuse(message.error());
    }
    const Message &m = message.value();
    if (!m_isSignedIn) {
        const auto *hello = std::get_if<Hello>(&m);
        return hello ? handle(*hello) : refuse({ErrorCode::Unauthenticated, {}, {}});
    }
    if (const auto *open = std::get_if<Open>(&m)) {
        handle(*open);
    } else if (const auto *submit = std::get_if<Submit>(&m)) {
        handle(*submit);
    } else if (const auto *presence = std::get_if<Presence>(&m)) {
        handle(*presence);
    } else {
        refuse({ErrorCode::Protocol, {QStringLiteral("not expected from a client")}, {}});
    }
}

QList<BaseEntry> ClientLink::bases() const
{
    QList<BaseEntry> entries;
    for (const BaseRow &base : m_hub.host().bases()) {
        const Role role = roleOf(*m_hub.host().snapshot(base.id), m_caller.actor());
        if (role != Role::None) {
            entries += BaseEntry{base.id, base.name, role};
        }
    }
    return entries;
}

void ClientLink::handle(const Hello &hello)
{
    if (hello.protocol != ProtocolVersion || hello.device.isNull()) {
        return refuse({ErrorCode::Protocol,
            {QStringLiteral("protocol %1 is not spoken here").arg(hello.protocol)}, {}});
    }
    auto caller = m_hub.accounts().caller(hello.token);
    if (!caller) {
        return refuse(caller.error());
    }
    if (m_hub.linkCount(caller.value().account.id) >= LinksPerPerson) {
        return refuse({ErrorCode::Throttled, {QStringLiteral("60")}, {}});
    }
    m_caller = std::move(caller).value();
    m_device = hello.device;
    m_hub.closeEarlier(this);
    const bool isJson = m_transport.isJson();
    m_format = {isJson, hello.zstd, hello.sequences && !isJson,
        hello.packedPieces && hello.zstd && hello.sequences && !isJson};
    m_isSignedIn = true;
    m_hub.host().writer().post(
        [this, lifeline = std::weak_ptr(m_lifeline), &hub = m_hub, device = m_device] {
            const auto counter = hub.host().store().lastCounter(device);
            hub.later(lifeline, [this, &hub, counter = counter ? counter.value() : 0] {
                send(Welcome{m_caller.account.id, m_caller.account.name, hub.host().clock().nowMs(),
                    counter, bases(), QString::fromLatin1(hub.host().zone().id()),
                    hub.host().vault() ? hub.host().vault()->publicKey() : QByteArray()});
            });
        });
}

void ClientLink::handle(const Open &open)
{
    const Snapshot current = m_hub.host().snapshot(open.base);
    const auto visible = current ? VisibleDocument::of(*current, m_caller.actor()) : std::nullopt;
    if (!visible) {
        return refuse({ErrorCode::NotFound, {QStringLiteral("The base")}, {}});
    }
    const QString timeline = m_hub.host().timeline();
    const bool knows = open.since > 0 && open.timeline == timeline
        && open.since <= current->revision() && current->revision() - open.since <= CatchUpLimit;
    Position position{knows ? open.since : current->revision(), false, false, {}};
    if (!knows) {
        position.snapshot = std::make_shared<SnapshotStream>(open.base, *visible, m_format);
    }
    m_open.insert(open.base, position);
    send(Opened{open.base, timeline, current->revision(), !knows, m_hub.host().restoredFrom(),
        m_hub.host().restoredAt(open.base)});
    m_hub.introduce(this, open.base);
    knows ? catchUp(open.base) : sendMoreOf(open.base);
}

void ClientLink::onRoom()
{
    QList<BaseId> behind;
    for (auto each = m_open.cbegin(); each != m_open.cend(); ++each) {
        if (!each->isLive) {
            behind += each.key();
        }
    }
    for (const BaseId base : std::as_const(behind)) {
        m_open[base].snapshot ? sendMoreOf(base) : catchUp(base);
    }
}

void ClientLink::sendMoreOf(BaseId base)
{
    Position &position = m_open[base];
    if (position.isBusy || m_transport.waitingBytes() > RoomBelow) {
        return;
    }
    position.isBusy = true;
    m_hub.work([this, lifeline = std::weak_ptr(m_lifeline), &hub = m_hub, base,
                   stream = position.snapshot] {
        const QList<QByteArray> frames = stream->next(PartBytes);
        hub.later(lifeline, [this, base, stream, frames] {
            if (m_open.value(base).snapshot != stream || m_isClosed) {
                return; // opened anew, or not readable any more
            }
            m_open[base].isBusy = false;
            for (const QByteArray &frame : frames) {
                m_transport.send(frame);
            }
            if (!frames.isEmpty()) {
                return sendMoreOf(base);
            }
            m_open[base].snapshot.reset();
            catchUp(base);
        });
    });
}

void ClientLink::catchUp(BaseId base)
{
    Position &position = m_open[base];
    const Snapshot current = m_hub.host().snapshot(base);
    if (position.isBusy || m_transport.waitingBytes() > RoomBelow) {
        return;
    }
    position.isLive = position.revision >= current->revision();
    if (position.isLive) {
        return;
    }
    position.isBusy = true;
    m_hub.host().writer().post([this, lifeline = std::weak_ptr(m_lifeline), &hub = m_hub, base,
                                   since = position.revision] {
        const auto commits = hub.host().store().commitsSince(base, since, CommitsPerPart);
        hub.later(lifeline, [this, base, since, commits] {
            if (!m_open.contains(base) || m_open[base].revision != since || m_isClosed) {
                return;
            }
            m_open[base].isBusy = false;
            if (!commits) {
                return refuse(commits.error());
            }
            if (commits.value().isEmpty()) {
                // The log lacks what the base has: passing over it would hide changes.
                return close(1011, QStringLiteral("the log has a gap; tell an administrator"));
            }
            sendCommits(base, commits.value());
        });
    });
}

void ClientLink::sendCommits(BaseId base, const QList<Commit> &commits)
{
    const StoredCommits stored{base, commits, m_hub.host().snapshot(base)};
    const auto frames = DeltaFrames(stored).framesFor(m_caller.actor(), 0, m_format);
    if (!frames) {
        m_open.remove(base);
        return;
    }
    for (const QByteArray &frame : *frames) {
        m_transport.send(frame);
    }
    m_open[base].revision = commits.last().revision;
    catchUp(base);
}

void ClientLink::deliver(const StoredCommits &stored, DeltaFrames &frames)
{
    const auto known = m_open.find(stored.base);
    if (known == m_open.end() || !known->isLive || m_isClosed) {
        return;
    }
    const auto visible = frames.framesFor(m_caller.actor(), known->revision, m_format);
    if (!visible) {
        m_open.erase(known);
        return;
    }
    if (m_transport.waitingBytes() > QueueLimit) {
        // A client that does not read costs no more than this; it comes back and catches up.
        return close(1013, QStringLiteral("too slow; connect again"));
    }
    known->revision = std::max(known->revision, stored.commits.last().revision);
    for (const QByteArray &frame : *visible) {
        m_transport.send(frame);
    }
}

bool ClientLink::maySubmitNow()
{
    const qint64 now = m_hub.host().clock().nowMs();
    const qint64 passedMs = std::max<qint64>(0, now - m_budgetMs); // the clock may be set back
    m_budget = std::min(SubmitBurst, m_budget + double(passedMs) * SubmitsPerSecond / 1000);
    m_budgetMs = now;
    if (m_budget < 1) {
        return false;
    }
    m_budget -= 1;
    return true;
}

void ClientLink::handle(const Submit &submit)
{
    if (submit.id.device != m_device || submit.id.counter == 0) {
        return send(Rejected{submit.base, submit.id, {ErrorCode::OperationReused, {}, {}}});
    }
    if (!maySubmitNow()) {
        return send(
            Rejected{submit.base, submit.id, {ErrorCode::Throttled, {QStringLiteral("2")}, {}}});
    }
    m_hub.host().submit(m_caller.actor(), submit.base, submit.id, submit.request,
        [this, lifeline = std::weak_ptr(m_lifeline), &hub = m_hub, base = submit.base,
            id = submit.id](const Result<Outcome> &outcome) {
            if (outcome && !outcome.value().isRepeated
                && !outcome.value().changes.changes.isEmpty()) {
                return; // The delta is the acknowledgement.
            }
            hub.later(lifeline, [this, base, id, outcome] {
                if (outcome) {
                    send(Accepted{base, id, outcome.value().revision});
                } else {
                    send(Rejected{base, id, outcome.error()});
                }
            });
        });
}

void ClientLink::handle(const Presence &presence)
{
    if (hasOpen(presence.base)) {
        m_presence = presence.table.isNull() ? std::nullopt : std::optional(presence);
        m_hub.relay(this, presence);
    }
}

} // namespace casebase
