// SPDX-License-Identifier: GPL-3.0-or-later
// The session's connection: what comes from the server and what goes to it.
#include "app/session/LargeChange.h"
#include "app/session/Session.h"

#include <QRandomGenerator>

namespace casebase {

namespace {

constexpr int FirstRetryMs = 500;
constexpr int LastRetryMs = 8000;
constexpr int ResendMs = 2000;
/// What is larger, compressed, is read in the background: it would hold up the interface.
constexpr qsizetype BytesForBackground = 512 * 1024;
constexpr qsizetype DecodedLimit = qsizetype(1) << 28;

QUrl socketUrl(const QUrl &server)
{
    QUrl url = server;
    url.setScheme(server.scheme() == u"https" ? QStringLiteral("wss") : QStringLiteral("ws"));
    url.setPath(QStringLiteral("/sync"));
    return url;
}

/// The base that the message is about, if it is about one.
std::optional<BaseId> baseOf(const Message &message)
{
    return std::visit(
        [](const auto &each) -> std::optional<BaseId> {
            if constexpr (requires { each.base; }) {
                return each.base;
            } else {
                return std::nullopt;
            }
        },
        message);
}

} // namespace

void Session::connectToServer()
{
    m_isWanted = true;
    setConnection(Connection::Connecting);
    m_transport->open(socketUrl(m_settings.server));
}

void Session::disconnectFromServer()
{
    m_isWanted = false;
    m_retry.stop();
    m_transport->close();
    onClosed();
}

void Session::onOpened()
{
    send(Hello{ProtocolVersion, m_outbox->device(), m_settings.token, true, true, true});
}

void Session::onClosed()
{
    ++m_connectionNumber;
    m_arrived.clear();
    for (auto &[base, link] : m_links) {
        link.isOpen = false;
        link.incoming.reset();
        link.held.clear();
        link.unasked.reset();
        link.answered.clear();
        link.wanted.clear();
        if (std::exchange(link.removal, std::nullopt)) {
            Q_EMIT removalChanged(base); // and is asked again with the next connection
        }
        link.presences.clear();
        Q_EMIT presenceChanged(base);
    }
    setConnection(Connection::Offline);
    reconnectLater();
}

void Session::reconnectLater()
{
    if (m_isWanted) {
        const int delay =
            std::min(LastRetryMs, FirstRetryMs << std::min(m_attempts++, MostAttempts));
        // Not all at the same moment when a server comes back.
        m_retry.start(delay / 2 + int(QRandomGenerator::global()->bounded(delay / 2 + 1)));
    }
}

void Session::setConnection(Connection connection)
{
    if (m_connection == Connection::Online && connection != Connection::Online) {
        m_offlineSinceMs = m_clock.nowMs();
    }
    m_connection = connection;
    Q_EMIT connectionChanged();
}

void Session::send(const Message &message)
{
    m_transport->send(encodeMessage(message, true));
}

void Session::onReceived(const QByteArray &bytes)
{
    if (m_arrived.isEmpty() && bytes.size() < BytesForBackground) {
        return read(decodeMessages(bytes, DecodedLimit));
    }
    m_arrived += bytes;
    if (m_arrived.size() == 1) {
        readArrived();
    }
}

/// What has arrived is read in its order, large messages in the background.
void Session::readArrived()
{
    while (!m_arrived.isEmpty() && m_arrived.first().size() < BytesForBackground) {
        read(decodeMessages(m_arrived.takeFirst(), DecodedLimit));
    }
    if (m_arrived.isEmpty()) {
        return;
    }
    m_background->post([this, bytes = m_arrived.first(), connection = m_connectionNumber,
                           home = m_mailbox.address()] {
        home.post([this, connection, messages = decodeMessages(bytes, DecodedLimit)] {
            if (connection == m_connectionNumber) {
                m_arrived.removeFirst();
                read(messages);
                readArrived();
            }
        });
    });
}

void Session::read(const Result<QList<Message>> &messages)
{
    if (!messages) {
        qWarning("a message of the server cannot be read");
        return;
    }
    for (const Message &message : messages.value()) {
        onMessage(message);
    }
    keepConfirmed();
}

void Session::onMessage(const Message &message)
{
    const std::optional<BaseId> base = baseOf(message);
    const auto link = base ? m_links.find(*base) : m_links.end();
    if (base && link == m_links.end()) {
        return; // It was not among the bases that there are.
    }
    const bool mustWait = link != m_links.end()
        && (link->second.removal || link->second.isAdopting
            || (link->second.incoming && link->second.incoming->isFinishing()));
    if (mustWait) {
        hold(*base, message);
    } else {
        std::visit([this](const auto &each) { handle(each); }, message);
    }
}

void Session::handle(const Welcome &welcome)
{
    m_attempts = 0;
    m_outbox->skipTo(welcome.counter);
    m_seenByServer = welcome.counter;
    m_sealing.setServerKey(welcome.sealing);
    const QTimeZone zone(welcome.zone.toLatin1());
    if (zone.isValid() && zone != m_formulaZone) {
        m_formulaZone = zone;
        passTime();
    }
    setConnection(Connection::Online);
    setBases(welcome.bases);
}

void Session::handle(const Bases &bases)
{
    setBases(bases.bases);
}

void Session::setBases(const QList<BaseEntry> &bases)
{
    m_bases = bases;
    for (const auto &[base, link] : m_links) {
        if (!isListed(base)) {
            leave(base);
        }
    }
    for (const BaseEntry &base : bases) {
        replicaFor(base.id);
        if (!m_links[base.id].isOpen) {
            open(base.id);
        }
    }
    Q_EMIT basesChanged();
}

bool Session::isListed(BaseId base) const
{
    return std::any_of(m_bases.cbegin(), m_bases.cend(),
        [base](const BaseEntry &each) { return each.id == base; });
}

/// The base is not there any more, or not for this person: what waits would wait for ever.
void Session::leave(BaseId base)
{
    Link &link = m_links[base];
    link.isOpen = false;
    link.incoming.reset();
    link.held.clear();
    link.unasked.reset();
    link.presences.clear();
    if (std::exchange(link.removal, std::nullopt)) {
        Q_EMIT removalChanged(base);
    }
    QList<quint64> waiting;
    for (const Pending &pending : link.replica->pending()) {
        waiting += pending.refusal ? QList<quint64>() : QList<quint64>{pending.counter};
    }
    if (!waiting.isEmpty()) {
        refuse(base, waiting, {ErrorCode::NotFound, {QStringLiteral("The base")}, {}});
    }
}

/// Sets the requests aside, with the reason.
void Session::refuse(BaseId base, const QList<quint64> &counters, const Error &error)
{
    const Done kept = m_outbox->setRefused(counters, error);
    if (!kept) {
        // They go out again with the next start, and are refused again.
        qWarning("the outbox cannot be written: %s", qUtf8Printable(kept.error().detail));
    }
    Q_EMIT changed(base, m_links[base].replica->refuse(counters, error));
    Q_EMIT refusedByServer(base, error);
    Q_EMIT connectionChanged();
}

void Session::open(BaseId base)
{
    Link &link = m_links[base];
    send(Open{base, link.timeline, link.replica->confirmed().revision()});
}

void Session::handle(const Opened &opened)
{
    Link &link = m_links[opened.base];
    replicaFor(opened.base);
    link.isOpen = true;
    link.openedAt = opened.revision;
    link.window.begin(m_seenByServer);
    if (!link.timeline.isEmpty() && link.timeline != opened.timeline) {
        offerAgain(opened);
    }
    link.openedTimeline = opened.timeline;
    link.incoming.reset();
    if (opened.isSnapshot) {
        link.incoming = std::make_unique<IncomingSnapshot>(*m_background, m_mailbox.address());
    } else {
        link.timeline = opened.timeline;
        sendPending(opened.base);
    }
}

void Session::offerAgain(const Opened &opened)
{
    Link &link = m_links[opened.base];
    // Somebody restored a backup, or this is another store: nothing that was here is wiped.
    keepCopy(QStringLiteral("cache-before-%1.db").arg(link.timeline));
    const bool isKnown = opened.restoredFrom == link.timeline;
    const auto lost = m_outbox->takeBack(opened.base, link.timeline,
        isKnown ? opened.restoredAt : opened.revision, {ErrorCode::Restored, {}, {}});
    if (!lost) {
        qWarning("the outbox cannot be written: %s", qUtf8Printable(lost.error().detail));
    }
    for (const Pending &pending : lost ? lost.value() : QList<Pending>()) {
        link.replica->addPending(pending);
    }
    if (lost && !lost.value().isEmpty()) {
        Q_EMIT refusedByServer(opened.base, {ErrorCode::Restored, {}, {}});
        Q_EMIT connectionChanged();
    }
}

void Session::sendPending(BaseId base)
{
    Link &link = m_links[base];
    if (!link.isOpen || m_resend.isActive()) {
        return;
    }
    // Sent again or not, the server applies each once.
    for (const Pending &pending : link.window.take(link.replica->pending())) {
        send(Submit{base, {m_outbox->device(), pending.counter}, pending.request});
    }
}

void Session::answered(BaseId base)
{
    m_links[base].window.answered();
    giveNewNumbers(base);
    sendPending(base);
}

void Session::giveNewNumbers(BaseId base)
{
    Link &link = m_links[base];
    const QList<quint64> counters = link.window.takeReused(link.replica->pending());
    if (counters.isEmpty()) {
        return;
    }
    const auto renumbered = m_outbox->renumber(counters);
    if (!renumbered) {
        // They stay where they are, and are asked for again with the next connection.
        qWarning("the outbox cannot be written: %s", qUtf8Printable(renumbered.error().detail));
        return;
    }
    Q_EMIT changed(base, link.replica->renumber(counters, renumbered.value()));
}

void Session::handle(const Delta &delta)
{
    Link &link = m_links[delta.base];
    const quint64 known = replicaFor(delta.base).confirmed().revision();
    if (delta.commit.revision <= known) {
        return;
    }
    if (delta.commit.revision != known + 1) {
        return send(Open{delta.base, link.timeline, known}); // Something is missing: catch up.
    }
    const auto removal = m_removals.check(link.replica->confirmed(), delta.commit, link.answered);
    if (removal) {
        link.held += delta;
        return ask(delta.base, *removal);
    }
    if (!isLarge(delta.commit.changes)) {
        return receive(delta, std::nullopt);
    }
    link.isAdopting = true;
    m_background->post([this, delta, home = m_mailbox.address(),
                           adopt = link.replica->adoption(delta.commit)]() mutable {
        home.post([this, delta, adopted = adopt()] {
            Link &now = m_links[delta.base];
            now.isAdopting = false;
            if (delta.commit.revision == now.replica->confirmed().revision() + 1) {
                receive(delta, adopted);
            }
            release(delta.base);
        });
    });
}

void Session::receive(const Delta &delta, const std::optional<Adoption> &adopted)
{
    Link &link = m_links[delta.base];
    // What was stored before this connection cannot be the answer to what went out on it. It has a
    // number of this installation; whether it is the same request, the server says when it gets it.
    const RequestId &request = delta.commit.request;
    const bool isAnswer =
        request.device == m_outbox->device() && delta.commit.revision > link.openedAt;
    const ReplicaChange change = link.replica->receive(
        delta.commit, isAnswer ? std::optional(request.counter) : std::nullopt, adopted);
    if (isAnswer) {
        finished(delta.base, request.counter, delta.commit.revision);
    }
    saveLater(delta.base);
    Q_EMIT changed(delta.base, change);
    tellOverwritten(delta.base, delta.commit);
    tellAdded(delta.base, delta.commit);
}

void Session::tellOverwritten(BaseId base, const Commit &commit)
{
    for (const Change &change : commit.changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            for (const CellChange &cell : records->cells) {
                if (cell.overwroteUnseen) {
                    Q_EMIT overwritten(base, records->table, cell, commit.stamp.actor);
                }
            }
        }
    }
}

void Session::tellAdded(BaseId base, const Commit &commit)
{
    const auto isMe = [this](const Value &value) {
        const auto *one = std::get_if<UserId>(&value);
        const auto *several = std::get_if<Persons>(&value);
        return (one && *one == me()) || (several && several->contains(me()));
    };
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records && commit.stamp.actor != me()
            ? m_links[base].replica->confirmed().table(records->table)
            : nullptr;
        QHash<FieldId, QList<RecordId>> added;
        for (const CellChange &cell : table ? records->cells : QList<CellChange>()) {
            if (isMe(cell.after) && !isMe(cell.before)) {
                added[cell.field] += cell.record;
            }
        }
        for (auto each = added.cbegin(); each != added.cend(); ++each) {
            const Field *field = table->definition().field(each.key());
            if (field && field->tellsPersons && !field->isTrashed) {
                Q_EMIT addedTo(base, records->table, *each, field->id, commit.stamp.actor);
            }
        }
    }
}

void Session::finished(BaseId base, quint64 counter, quint64 revision)
{
    m_confirmed += Confirmed{counter, m_links[base].openedTimeline, revision};
    answered(base);
}

void Session::keepConfirmed()
{
    if (m_confirmed.isEmpty()) {
        return;
    }
    const Done kept = m_outbox->acknowledge(std::exchange(m_confirmed, {}), m_clock.nowMs());
    if (!kept) {
        // They go out again with the next start, and the server knows them.
        qWarning("the outbox cannot be written: %s", qUtf8Printable(kept.error().detail));
    }
    m_lastSavedMs = m_clock.nowMs();
    Q_EMIT connectionChanged();
}

void Session::handle(const Accepted &accepted)
{
    if (accepted.request.device != m_outbox->device()) {
        return; // Numbers mean something together with their device only.
    }
    const ReplicaChange change =
        m_links[accepted.base].replica->acknowledge(accepted.request.counter);
    finished(accepted.base, accepted.request.counter, accepted.revision);
    Q_EMIT changed(accepted.base, change);
}

void Session::handle(const Rejected &rejected)
{
    if (rejected.request.device != m_outbox->device()) {
        return;
    }
    Link &link = m_links[rejected.base];
    const quint64 counter = rejected.request.counter;
    if (isOfTheStore(rejected.error.code) || rejected.error.code == ErrorCode::Throttled
        || rejected.error.code == ErrorCode::Unavailable) {
        // Not the request's fault: it stays pending and goes out again, before those after it.
        link.window.goBackTo(counter);
        if (!m_resend.isActive()) {
            m_resend.start(ResendMs);
        }
        return;
    }
    if (rejected.error.code == ErrorCode::OperationReused) {
        link.window.noteReused(counter);
        return answered(rejected.base);
    }
    answered(rejected.base);
    refuse(rejected.base, {counter}, rejected.error);
}

void Session::handle(const Presence &presence)
{
    Link &link = m_links[presence.base];
    if (presence.table.isNull()) {
        link.presences.remove(presence.device);
    } else {
        link.presences.insert(presence.device, presence);
    }
    Q_EMIT presenceChanged(presence.base);
}

void Session::handle(const NoticeMessage &notice)
{
    Q_EMIT noticed(notice.base, notice.instance, notice.isTask);
}

void Session::handle(const Failure &failure)
{
    if (failure.error.code == ErrorCode::Unauthenticated
        || failure.error.code == ErrorCode::Protocol) {
        m_isWanted = false;
        Q_EMIT signedOut(failure.error);
    }
}

} // namespace casebase
