// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/WrittenCells.h"

#include <algorithm>

namespace casebase {

namespace {

bool isLookedAt(const Table &table)
{
    return !table.isTrashed
        && std::any_of(table.fields.cbegin(), table.fields.cend(), [](const Field &field) {
               return field.isRuled() || (!field.isTrashed && !field.watched.isEmpty());
           });
}

QSet<RecordId> recordsOf(const Value &value)
{
    QSet<RecordId> records;
    if (const auto *links = std::get_if<Links>(&value)) {
        for (const Link &link : *links) {
            records.insert(link.record);
        }
    }
    return records;
}

class Collector {
public:
    explicit Collector(const Document &document)
        : m_document(document)
    {
    }

    void add(const RecordChanges &changes)
    {
        const TableData *table = m_document.table(changes.table);
        if (!table) {
            return;
        }
        const bool counts = isLookedAt(table->definition());
        QSet<RecordId> whole;
        for (const RecordChange &each : changes.records) {
            whole.insert(each.record);
            if (counts && each.isAlive) {
                WrittenCells &written = m_tables[changes.table];
                (each.isNew ? written.born : written.restored).insert(each.record);
            }
        }
        for (const CellChange &cell : changes.cells) {
            if (counts && !whole.contains(cell.record)) {
                m_tables[changes.table].cells[cell.record].insert(cell.field);
            }
            addOtherEnd(table->definition(), cell);
        }
    }

    QHash<TableId, WrittenCells> take() { return std::move(m_tables); }

private:
    void addOtherEnd(const Table &table, const CellChange &cell)
    {
        const Field *field = table.field(cell.field);
        const TableData *far = field && field->kind == FieldKind::Links
            ? m_document.table(field->link.table)
            : nullptr;
        if (far && isLookedAt(far->definition())) {
            for (const RecordId record : recordsOf(cell.before) + recordsOf(cell.after)) {
                m_tables[field->link.table].cells[record].insert(field->link.reverse);
            }
        }
    }

    const Document &m_document;
    QHash<TableId, WrittenCells> m_tables;
};

} // namespace

QList<Row> WrittenCells::rows(const TableData &table, const QSet<FieldId> &fields) const
{
    QList<Row> rows;
    const auto add = [&](RecordId record) {
        if (const auto row = table.aliveRow(record)) {
            rows += *row;
        }
    };
    std::for_each(born.cbegin(), born.cend(), add);
    for (auto each = cells.cbegin(); each != cells.cend(); ++each) {
        if (each->intersects(fields) && !born.contains(each.key())) {
            add(each.key());
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

QHash<TableId, WrittenCells> writtenCells(const Document &after, const ChangeSet &changes)
{
    Collector cells(after);
    for (const Change &change : changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            cells.add(*records);
        }
    }
    return cells.take();
}

bool hasConsequences(const Document &document, const ChangeSet &changes)
{
    const auto counts = [&](TableId id) {
        const TableData *table = document.table(id);
        return table && isLookedAt(table->definition());
    };
    return std::any_of(changes.changes.cbegin(), changes.changes.cend(), [&](const Change &change) {
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records ? document.table(records->table) : nullptr;
        if (!table) {
            return false;
        }
        const QList<Field> &fields = table->definition().fields;
        return counts(records->table)
            || std::any_of(fields.cbegin(), fields.cend(), [&](const Field &field) {
                   return field.kind == FieldKind::Links && counts(field.link.table);
               });
    });
}

} // namespace casebase
