// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/LogIndex.h"

#include "shared/protocol/Message.h"

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype MostInMemory = 4000;

/// Keys in the order of the table, so that one page after another is filled.
template <class Key, class Value> QList<Key> sortedKeys(const QHash<Key, Value> &hash)
{
    QList<Key> keys = hash.keys();
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace

LogIndex::LogIndex(Database &database)
    : m_database(database)
{
}

void LogIndex::forget()
{
    m_latest.clear();
    m_written.clear();
    m_added.clear();
    m_hasAll = false;
}

Done LogIndex::load(BaseId base)
{
    if (m_latest.contains(base)) {
        return Ok;
    }
    TRY_SET(Rows rows,
        m_database.query(
            QStringLiteral("SELECT revision, device, counter, changes FROM commits WHERE base = ? "
                           "AND revision > (SELECT indexed FROM base WHERE id = ?) "
                           "ORDER BY revision"),
            {base.text(), base.text()}));
    Latest latest;
    while (rows.next()) {
        Commit commit;
        commit.revision = quint64(rows->integer(0));
        commit.request = {
            DeviceId::fromText(rows->text(1)).value_or(DeviceId()), quint64(rows->integer(2))};
        TRY_SET(commit.changes, decodeChanges(rows->bytes(3)));
        add(latest, commit);
    }
    TRY(rows.done());
    m_latest.emplace(base, std::move(latest)); // all of it, or the next who asks reads again
    return Ok;
}

Done LogIndex::loadAll()
{
    if (m_hasAll) {
        return Ok;
    }
    QList<BaseId> bases;
    TRY_SET(Rows rows, m_database.query(QStringLiteral("SELECT id FROM base")));
    while (rows.next()) {
        bases += BaseId::fromText(rows->text(0)).value_or(BaseId());
    }
    TRY(rows.done());
    for (const BaseId base : bases) {
        TRY(load(base));
    }
    m_hasAll = true;
    return Ok;
}

void LogIndex::add(BaseId base, const Commit &commit)
{
    add(m_latest[base], commit);
}

void LogIndex::add(Latest &latest, const Commit &commit)
{
    latest.revision = commit.revision;
    latest.requests.insert(commit.request, commit.revision);
    ++latest.weight;
    quint64 &counter = m_added[commit.request.device];
    counter = std::max(counter, commit.request.counter);
    const auto touch = [&](RecordId record) {
        QList<quint64> &revisions = latest.touched[record];
        if (revisions.isEmpty() || revisions.last() != commit.revision) {
            revisions += commit.revision;
        }
    };
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        if (!records) {
            continue;
        }
        latest.weight += records->records.size() + records->cells.size();
        QSet<RecordId> born;
        for (const RecordChange &each : records->records) {
            if (each.isNew) {
                born.insert(each.record); // The table of births knows it.
            } else {
                touch(each.record);
            }
        }
        RecordId last; // Cells of one record follow one another.
        for (const CellChange &cell : records->cells) {
            if (cell.record != last && !born.contains(cell.record)) {
                touch(cell.record);
            }
            last = cell.record;
        }
    }
}

Done LogIndex::write(BaseId base)
{
    const auto found = m_latest.find(base);
    if (found == m_latest.end() || found->second.weight < MostInMemory) {
        return Ok;
    }
    const Latest &latest = found->second;
    const IdText baseText(base);
    TRY_SET(const auto request,
        m_database.statement(QStringLiteral(
            "INSERT INTO request (device, counter, base, revision) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING")));
    for (const RequestId &id : sortedKeys(latest.requests)) {
        const IdText deviceText(id.device);
        request->bindText(0, deviceText);
        request->bindInteger(1, qint64(id.counter));
        request->bindText(2, baseText);
        request->bindInteger(3, qint64(latest.requests.value(id)));
        TRY(request->run());
    }
    TRY_SET(const auto touched,
        m_database.statement(
            QStringLiteral("INSERT INTO touched (base, record, revision) VALUES (?, ?, ?) "
                           "ON CONFLICT DO NOTHING")));
    for (const RecordId record : sortedKeys(latest.touched)) {
        const IdText recordText(record);
        for (const quint64 revision : latest.touched.value(record)) {
            touched->bindText(0, baseText);
            touched->bindText(1, recordText);
            touched->bindInteger(2, qint64(revision));
            TRY(touched->run());
        }
    }
    TRY(m_database.run(QStringLiteral("UPDATE base SET indexed = ? WHERE id = ?"),
        {qint64(latest.revision), base.text()}));
    m_latest[base] = {};
    return Ok;
}

Result<std::optional<quint64>> LogIndex::revisionOf(BaseId base, const RequestId &request)
{
    TRY(load(base));
    TRY_SET(const quint64 last, lastCounter(request.device));
    if (request.counter > last) {
        return std::optional<quint64>(); // Newer than all; the usual case.
    }
    const QHash<RequestId, quint64> &latest = m_latest[base].requests;
    const auto known = latest.constFind(request);
    if (known != latest.cend()) {
        return std::optional(*known);
    }
    TRY_SET(Rows row,
        m_database.query(QStringLiteral("SELECT revision FROM request WHERE device = ? AND "
                                        "counter = ? AND base = ?"),
            {request.device.text(), qint64(request.counter), base.text()}));
    const auto revision =
        row.next() ? std::optional(quint64(row->integer(0))) : std::optional<quint64>();
    TRY(row.done());
    return revision;
}

Result<quint64> LogIndex::lastCounter(DeviceId device)
{
    TRY(loadAll());
    if (!m_written.contains(device)) {
        TRY_SET(const qint64 counter,
            m_database.integer(
                QStringLiteral("SELECT COALESCE(MAX(counter), 0) FROM request WHERE device = ?"),
                {device.text()}));
        m_written.insert(device, quint64(counter));
    }
    return std::max(m_written.value(device), m_added.value(device));
}

Result<QList<quint64>> LogIndex::touching(BaseId base, RecordId record)
{
    TRY(load(base));
    QList<quint64> revisions = m_latest[base].touched.value(record);
    TRY_SET(Rows rows,
        m_database.query(
            QStringLiteral("SELECT revision FROM touched WHERE base = ? AND record = ?"),
            {base.text(), record.text()}));
    while (rows.next()) {
        revisions += quint64(rows->integer(0));
    }
    TRY(rows.done());
    return revisions;
}

} // namespace casebase
