// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/RemovalWatch.h"

#include "shared/document/Document.h"
#include "shared/operation/ChangeSet.h"

namespace casebase {

namespace {

constexpr qsizetype MostUnasked = 100;
constexpr qint64 TogetherMs = 10 * 60 * 1000;

bool isTooMuch(qsizetype removed, qsizetype of)
{
    return removed > MostUnasked && removed * 2 > of;
}

/// Of one timeline, records stay in their rows: the first look is usually the last.
std::optional<Row> rowOf(RecordId record, Row likely, const TableData *table)
{
    if (!table) {
        return std::nullopt;
    }
    return likely < table->rowCount() && table->recordId(likely) == record ? likely
                                                                           : table->row(record);
}

} // namespace

void Removal::count(const RecordChanges &changes)
{
    for (const RecordChange &change : changes.records) {
        of += change.isNew ? 1 : 0;
        if (change.isAlive) {
            records.remove(change.record);
        } else {
            records.insert(change.record);
        }
    }
}

std::optional<Removal> RemovalWatch::check(
    const Document &before, const Commit &commit, const QSet<TableId> &answered)
{
    if (commit.stamp.actor == m_me) {
        return std::nullopt;
    }
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records ? before.table(records->table) : nullptr;
        if (!table || records->records.isEmpty() || answered.contains(records->table)) {
            continue;
        }
        Removal &recent = m_recent[records->table];
        if (recent.records.isEmpty() || commit.stamp.timeMs > recent.timeMs + TogetherMs) {
            recent = {records->table, table->definition().name, {}, table->aliveCount(),
                commit.stamp.actor, commit.stamp.timeMs, true};
        }
        recent.count(*records);
        if (isTooMuch(recent.records.size(), recent.of)) {
            recent.by = commit.stamp.actor;
            return recent;
        }
    }
    return std::nullopt;
}

void RemovalWatch::addTo(Removal &removal, const Commit &commit) const
{
    if (commit.stamp.actor == m_me) {
        return;
    }
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        if (records && records->table == removal.table) {
            removal.count(*records);
        }
    }
}

void RemovalWatch::forget(TableId table)
{
    m_recent.remove(table);
}

std::optional<Removal> RemovalWatch::check(
    const Document &before, const Document &after, const QSet<TableId> &answered)
{
    for (const TableId id : before.tables()) {
        const TableData &table = *before.table(id);
        const TableData *now = after.table(id);
        if (table.aliveCount() <= MostUnasked || answered.contains(id)) {
            continue;
        }
        Removal removal{id, table.definition().name, {}, table.aliveCount(), {}, 0, false};
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (!table.isAlive(row)) {
                continue;
            }
            const RecordId record = table.recordId(row);
            const auto there = rowOf(record, row, now);
            if (!there || !now->isAlive(*there)) {
                removal.records.insert(record);
                removal.isInTrash = removal.isInTrash || there;
            }
        }
        if (isTooMuch(removal.records.size(), removal.of)) {
            return removal;
        }
    }
    return std::nullopt;
}

} // namespace casebase
