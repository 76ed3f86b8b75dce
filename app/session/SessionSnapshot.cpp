// SPDX-License-Identifier: GPL-3.0-or-later
// What a Session does with bases that arrive as a whole, and with records that would go all at
// once: until somebody has said what to do, the base stands still and what follows waits.
#include "app/session/Session.h"

#include <QFile>

namespace casebase {

namespace {

constexpr qsizetype RestoredAtOnce = 100000;

} // namespace

void Session::handle(const SnapshotTable &table)
{
    if (const auto &incoming = m_links[table.base].incoming) {
        incoming->add(table);
    }
}

void Session::handle(const SnapshotPiece &piece)
{
    if (const auto &incoming = m_links[piece.base].incoming) {
        incoming->add(piece);
    }
}

void Session::handle(const SnapshotEnd &end)
{
    if (const auto &incoming = m_links[end.base].incoming) {
        incoming->finish(end, m_links[end.base].replica->confirmed(), formulaContext(),
            [this, base = end.base](const auto &arrived) { take(base, arrived); });
    }
}

void Session::take(BaseId base, const Result<IncomingSnapshot::Arrived> &snapshot)
{
    Link &link = m_links[base];
    link.incoming.reset();
    if (!snapshot) {
        qWarning("a snapshot cannot be read: %s", qUtf8Printable(snapshot.error().detail));
        m_transport->close();
        m_attempts = MostAttempts; // Another is asked for after a while: it may be as large again.
        return onClosed();
    }
    if (const auto &removal = snapshot.value().removal) {
        link.unasked = snapshot.value().document;
        return ask(base, *removal);
    }
    show(base, snapshot.value().document);
    release(base);
}

void Session::show(BaseId base, const Document &snapshot)
{
    Link &link = m_links[base];
    link.replica->setConfirmed(snapshot);
    link.timeline = link.openedTimeline;
    saveLater(base);
    sendPending(base);
    Q_EMIT changed(base, {{}, true});
}

void Session::hold(BaseId base, const Message &message)
{
    Link &link = m_links[base];
    link.held += message;
    const auto *delta = std::get_if<Delta>(&message);
    if (link.removal && delta) {
        m_removals.addTo(*link.removal, delta->commit);
        Q_EMIT removalChanged(base);
    }
}

/// Reads what waited.
void Session::release(BaseId base)
{
    const QList<Message> held = std::exchange(m_links[base].held, {});
    for (const Message &message : held) {
        onMessage(message);
    }
    keepConfirmed();
}

void Session::ask(BaseId base, const Removal &removal)
{
    m_links[base].removal = removal;
    Q_EMIT removalChanged(base);
}

Done Session::answerRemoval(BaseId base, RemovalAnswer answer)
{
    Link &link = m_links[base];
    const auto removal = std::exchange(link.removal, std::nullopt);
    if (!removal) {
        return Ok;
    }
    m_removals.forget(removal->table);
    if (link.answered.isEmpty()) {
        flushCache();
        keepCopy(QStringLiteral("cache-before-removal-%1.db").arg(m_clock.nowMs()));
    }
    link.answered.insert(removal->table);
    if (answer == RemovalAnswer::BringBack) {
        link.wanted += *removal;
    }
    if (link.unasked) {
        const auto next =
            RemovalWatch::check(link.replica->confirmed(), *link.unasked, link.answered);
        if (next) {
            ask(base, *next);
            return Ok;
        }
        show(base, *std::exchange(link.unasked, std::nullopt));
    }
    release(base);
    if (link.removal) {
        return Ok; // Another table is asked about.
    }
    link.answered.clear();
    Q_EMIT removalChanged(base);
    for (const Removal &each : std::exchange(link.wanted, {})) {
        TRY(bringBack(base, each));
    }
    return Ok;
}

Done Session::bringBack(BaseId base, const Removal &removal)
{
    const TableData *table = document(base)->table(removal.table);
    RestoreRecords restore{removal.table, {}};
    for (const RecordId record : removal.records) {
        const auto row = table ? table->row(record) : std::nullopt;
        if (row && !table->isAlive(*row)) {
            restore.records += record;
        }
    }
    for (qsizetype at = 0; at < restore.records.size(); at += RestoredAtOnce) {
        TRY(submit(
            base, Edit{{RestoreRecords{removal.table, restore.records.mid(at, RestoredAtOnce)}}}));
    }
    return Ok;
}

void Session::keepCopy(const QString &name)
{
    m_background->post([this, aside = m_settings.folder + u'/' + name] {
        const Done copied = m_cache && !QFile::exists(aside) ? m_cache->copyTo(aside) : Done(Ok);
        if (!copied) {
            qWarning("the cache cannot be put aside: %s", qUtf8Printable(copied.error().detail));
        }
    });
}

} // namespace casebase
