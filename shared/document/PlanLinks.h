// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/PlanStep.h"

#include <deque>

namespace casebase {

/// The links that one operation changes, whichever end it names: facts are the cells of the field
/// that keeps them.
class LinkPlan {
public:
    explicit LinkPlan(const PlanStep &step)
        : m_document(step.document)
        , m_bornBefore(step.born)
    {
    }

    /// A record that the operation makes.
    void addRecord(RecordId record) { m_born.insert(record); }
    /// Makes the links of the record's field those of a value that the field has accepted.
    /// `isRestored` lets links lead to deleted records, of which nothing is seen until they are
    /// back, and to any from a field that links only new ones.
    Done set(const TableData &table, RecordId record, const Field &field, const Value &value,
        bool isRestored = false);
    /// The cells that become different: those of `own` are added to its changes, the others follow
    /// as changes of their tables.
    QList<Change> take(RecordChanges own);

private:
    struct Cell {
        TableId table;
        RecordId record;
        FieldId field;
        Links before;
        Links after;
    };
    struct Ends {
        const TableData &near;
        const TableData &far;
        const Field &reverse; ///< In the far table.
    };
    Result<Ends> ends(const TableData &table, const Field &field) const;
    bool isAlive(const TableData &table, RecordId record) const;
    Links shown(const Links &links, const TableData &far) const;
    Cell &kept(const TableData &table, RecordId record, const Field &field);
    std::vector<RecordId> linkedFrom(
        const TableData &far, RecordId record, const Field &reverse, const Field &kept) const;
    Done checkNew(const Ends &ends, RecordId record, const Field &field, const Links &links) const;
    Error taken(const TableData &table, RecordId record, const Field &field) const;
    Done setKept(
        const Ends &ends, RecordId record, const Field &field, const Links &links, bool isRestored);
    Done setReverse(const Ends &ends, RecordId record, const Field &field, const Links &links);

    const Document &m_document;
    const QSet<RecordId> m_bornBefore; ///< By the same request.
    QSet<RecordId> m_born;
    std::vector<Cell> m_cells;
    QHash<std::pair<FieldId, RecordId>, size_t> m_cellOf;
    /// By kept field and the record that it leads to: who came to lead there.
    QHash<std::pair<FieldId, RecordId>, QList<RecordId>> m_gained;
};

/// Of the records that are to go: others that go with them, by table; StillLinked if a field
/// forbids it.
Result<QList<std::pair<TableId, QList<RecordId>>>> recordsThatGo(
    const PlanStep &step, TableId table, const QList<RecordId> &records);
/// Cells of links that restored records lose because the other end has found another meanwhile.
QList<CellChange> linksGivenUp(
    const PlanStep &step, const TableData &table, const QList<RecordId> &restored);

/// Definitions of tables, as far as they become different.
class TableEdits {
public:
    explicit TableEdits(const Document &document)
        : m_document(document)
    {
    }
    const Document &document() const { return m_document; }
    /// The table as it is to be; null if there is none.
    Table *table(TableId id);
    QList<Change> take();

private:
    const Document &m_document;
    std::deque<Table> m_tables; ///< Pointers to them stay good.
};

/// Brings the other end in line with a link field of the table: makes it, takes it to the trash or
/// back. `before` is what the field was, or null.
Done settleReverse(TableEdits &edits, const Table &table, const Field &field, const Field *before);
/// Fields that lead to a table go to the trash with it, and come back. `edits` has the table as it
/// is to be.
Done settleAllReverses(TableEdits &edits, TableId table);

} // namespace casebase
