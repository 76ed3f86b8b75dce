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
    m_lastCounters.clear();
}

Done LogIndex::load(BaseId base)
{
    if (m_latest.contains(base)) {
        return Ok;
    }
    TRY_SET(Rows rows,
        m_database.query(
            QStringLiteral("SELECT revision, device, counter, changes FROM commits WHERE base = ? "
                           "AND revision > (SELECT indexed FROM base WHERE id = ?)"),
            {base.text(), base.text()}));
    m_latest[base] = {};
    while (rows.next()) {
        Commit commit;
        commit.revision = quint64(rows->integer(0));
        commit.request = {
            DeviceId::fromText(rows->text(1)).value_or(DeviceId()), quint64(rows->integer(2))};
        auto changes = decodeChanges(rows->bytes(3));
        if (!changes) {
            m_latest.erase(base);
            return changes.error();
        }
        commit.changes = std::move(changes.value());
        add(base, commit);
    }
    return rows.done();
}

void LogIndex::add(BaseId base, const Commit &commit)
{
    Latest &latest = m_latest[base];
    latest.revision = commit.revision;
    latest.requests.insert(commit.request, commit.revision);
    ++latest.weight;
    const auto known = m_lastCounters.find(commit.request.device);
    if (known != m_lastCounters.end()) {
        *known = std::max(*known, commit.request.counter);
    }
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
    const auto known = m_lastCounters.constFind(device);
    if (known != m_lastCounters.cend()) {
        return *known;
    }
    TRY_SET(const qint64 written,
        m_database.integer(
            QStringLiteral("SELECT COALESCE(MAX(counter), 0) FROM request WHERE device = ?"),
            {device.text()}));
    TRY_SET(Rows bases, m_database.query(QStringLiteral("SELECT id FROM base")));
    QList<BaseId> ids;
    while (bases.next()) {
        ids += BaseId::fromText(bases->text(0)).value_or(BaseId());
    }
    TRY(bases.done());
    auto counter = quint64(written);
    for (const BaseId base : ids) {
        TRY(load(base));
        const QHash<RequestId, quint64> &latest = m_latest[base].requests;
        for (auto each = latest.keyBegin(); each != latest.keyEnd(); ++each) {
            if (each->device == device) {
                counter = std::max(counter, each->counter);
            }
        }
    }
    m_lastCounters.insert(device, counter);
    return counter;
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
