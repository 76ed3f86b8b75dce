// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/ClientLink.h"

#include "server/sync/SyncHub.h"
#include "shared/document/TableChunks.h"

namespace casebase {

namespace {

constexpr qint64 QueueLimit = 4 * 1024 * 1024;
constexpr qint64 SnapshotQueueLimit = 1024LL * 1024 * 1024;
constexpr int CatchUpLimit = 2000;
constexpr int LinksPerPerson = 20;
constexpr qsizetype JsonRecordsPerMessage = 500;

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
                                              : encodeMessage(message, m_mayCompress));
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
    m_mayCompress = hello.zstd;
    m_isSignedIn = true;
    m_hub.host().writer().post([this, &hub = m_hub, device = m_device] {
        const auto counter = hub.host().store().lastCounter(device);
        hub.later(this, [this, &hub, counter = counter ? counter.value() : 0] {
            send(Welcome{m_caller.account.id, m_caller.account.name, hub.host().clock().nowMs(),
                counter, bases()});
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
        && open.since <= current->revision()
        && current->revision() - open.since <= quint64(CatchUpLimit);
    m_open.insert(open.base, current->revision());
    send(Opened{open.base, timeline, current->revision(), !knows});
    m_hub.introduce(this, open.base);
    if (!knows) {
        return sendSnapshot(open.base, *visible);
    }
    if (open.since == current->revision()) {
        return;
    }
    // Deltas since then come from the log; what is committed meanwhile waits behind them.
    m_open.insert(open.base, open.since);
    m_catchingUp.insert(open.base);
    m_hub.host().writer().post([this, &hub = m_hub, open] {
        const auto commits =
            hub.host().store().commitsSince(open.base, open.since, CatchUpLimit * 2);
        hub.later(this, [this, open, commits, after = hub.host().snapshot(open.base)] {
            m_catchingUp.remove(open.base);
            if (!commits) {
                return refuse(commits.error());
            }
            sendCommits(open.base, commits.value(), after);
        });
    });
}

void ClientLink::sendSnapshot(BaseId base, const VisibleDocument &visible)
{
    const Document &document = visible.document();
    for (const TableId id : document.tables()) {
        const TableData &table = *document.table(id);
        send(SnapshotTable{base, table.definition(), table.rowCount()});
        if (!m_transport.isJson()) {
            for (const ChunkKey &key : TableChunks::keys(table)) {
                send(
                    SnapshotPiece{base, id, key.column, key.index, TableChunks::bytes(table, key)});
            }
            continue;
        }
        SnapshotRecords part{base, id, {}};
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (!table.isAlive(row)) {
                continue;
            }
            NewRecord record{table.recordId(row), {}};
            for (const Field &field : table.definition().fields) {
                const Value value = table.value(row, field);
                if (!isEmpty(value)) {
                    record.values += FieldValue{field.id, value};
                }
            }
            part.records += record;
            if (part.records.size() == JsonRecordsPerMessage) {
                send(part);
                part.records.clear();
            }
        }
        send(part);
    }
    send(SnapshotEnd{
        base, document.revision(), document.people().all(), document.instances().values()});
}

void ClientLink::sendCommits(BaseId base, const QList<Commit> &commits, const Snapshot &after)
{
    for (const Commit &commit : commits) {
        deliver(base, commit, after);
    }
}

void ClientLink::deliver(BaseId base, const Commit &commit, const Snapshot &after)
{
    const auto known = m_open.constFind(base);
    if (known == m_open.cend() || m_catchingUp.contains(base) || commit.revision <= *known) {
        return;
    }
    const auto visible = VisibleChanges::of(*after, commit.changes, m_caller.actor());
    if (!visible) {
        m_open.remove(base);
        return;
    }
    const qint64 limit = m_open.value(base) == 0 ? SnapshotQueueLimit : QueueLimit;
    if (m_transport.waitingBytes() > limit) {
        // A client that does not read costs no more than this; it comes back and catches up.
        return close(1013, QStringLiteral("too slow; connect again"));
    }
    m_open.insert(base, commit.revision);
    Commit seen = commit;
    seen.changes = visible->changes();
    send(Delta{base, seen});
}

bool ClientLink::maySubmitNow()
{
    const qint64 now = m_hub.host().clock().nowMs();
    m_budget = std::min(2000.0, m_budget + double(now - m_budgetMs) * 0.5);
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
        [this, &hub = m_hub, base = submit.base, id = submit.id](const Result<Outcome> &outcome) {
            if (outcome && !outcome.value().isRepeated
                && !outcome.value().changes.changes.isEmpty()) {
                return; // The delta is the acknowledgement.
            }
            hub.later(this, [this, base, id, outcome] {
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
