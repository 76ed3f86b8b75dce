// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/FollowUps.h"

#include "shared/field/SelectFields.h"

namespace casebase {

namespace {

/// What follows in one table.
class FollowingCells {
public:
    FollowingCells(const TableData &table, WrittenCells written, const Stamp &stamp)
        : m_table(table)
        , m_written(std::move(written))
        , m_stamp(stamp)
    {
    }

    QList<CellChange> take()
    {
        const QList<Field> &fields = m_table.definition().fields;
        for (const Field &field : fields) {
            takeWhatFitsNot(field);
        }
        for (const Field &field : fields) {
            if (!field.isTrashed && !field.watched.isEmpty()) {
                stamp(field);
            }
        }
        return std::move(m_changes);
    }

private:
    Value value(Row row, const Field &field) const
    {
        const auto became = m_became.constFind({row, field.id});
        return became == m_became.cend() ? m_table.value(row, field) : *became;
    }

    void change(Row row, const Field &field, const Value &after)
    {
        const RecordId record = m_table.recordId(row);
        const Value before = value(row, field);
        if (after != before) {
            m_changes += CellChange{record, field.id, before, after};
            m_became.insert({row, field.id}, after);
            m_written.cells[record].insert(field.id);
        }
    }

    /// Somebody has said what the field is to hold: it is theirs to say something that fits.
    bool isSaid(Row row, const Field &field) const
    {
        const RecordId record = m_table.recordId(row);
        return m_written.born.contains(record)
            ? field.defaultValue.kind != DefaultValue::Kind::Fixed
                || value(row, field) != field.defaultValue.value
            : m_written.cells.value(record).contains(field.id);
    }

    /// Parents first: what they lose counts for their children.
    void takeWhatFitsNot(const Field &field)
    {
        const Field *parent = m_table.definition().field(field.parent);
        if (field.isTrashed || !parent || parent->isTrashed || m_isDone.contains(field.id)) {
            return;
        }
        m_isDone.insert(field.id);
        takeWhatFitsNot(*parent);
        for (const Row row : m_written.rows(m_table, {parent->id})) {
            if (!isSaid(row, field)) {
                change(row, field, fittingUnder(value(row, field), field, value(row, *parent)));
            }
        }
    }

    void stamp(const Field &field)
    {
        const Table &table = m_table.definition();
        const auto holdsAny = [&](Row row) {
            return std::any_of(field.watched.cbegin(), field.watched.cend(), [&](FieldId id) {
                const Field *watched = table.field(id);
                return watched && !isEmpty(value(row, *watched));
            });
        };
        const QSet<FieldId> watched(field.watched.cbegin(), field.watched.cend());
        const Value now = valueTypeOf(field.kind) == ValueType::Moment
            ? Value(Moment{m_stamp.timeMs})
            : Value(m_stamp.actor);
        for (const Row row : m_written.rows(m_table, watched)) {
            if (!m_written.born.contains(m_table.recordId(row)) || holdsAny(row)) {
                change(row, field, now);
            }
        }
    }

    const TableData &m_table;
    WrittenCells m_written;
    const Stamp &m_stamp;
    QSet<FieldId> m_isDone;
    QHash<std::pair<Row, FieldId>, Value> m_became;
    QList<CellChange> m_changes;
};

} // namespace

QList<Change> followUps(const Document &after, const ChangeSet &written, const Stamp &stamp)
{
    const auto tables = writtenCells(after, written);
    QList<Change> changes;
    for (const TableId id : after.tables()) {
        const auto found = tables.constFind(id);
        if (found == tables.cend()) {
            continue;
        }
        QList<CellChange> cells = FollowingCells(*after.table(id), *found, stamp).take();
        if (!cells.isEmpty()) {
            changes += RecordChanges{id, {}, std::move(cells)};
        }
    }
    return changes;
}

} // namespace casebase
