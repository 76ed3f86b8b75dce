// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/ValueRules.h"
#include "shared/support/IdSource.h"
#include "shared/transfer/Csv.h"

#include <map>

namespace casebase {

/// What one column of a file becomes.
struct ImportColumn {
    bool isUsed = true;
    Field field; ///< With an id: of the table, or new.
};

/// A cell that did not fit; the rest of its row was imported, unless the cell must have a value.
struct ImportFault {
    int line = 0;
    QString column;
    QString text;
    QString why; ///< English; the code picks the client's sentence.
    Error error;
};

/// How a file goes into a table.
struct ImportPlan {
    Table table; ///< New, with the columns' fields; or the one that exists.
    QList<ImportColumn> columns;
};

/// A new table with the kind that each column looks like: numbers, dates, yes or no, few values as
/// a select, else text. "?" and blanks are empty.
ImportPlan guessedImport(
    const CsvTable &csv, const QString &tableName, const FieldContext &context, IdSource &ids);

/// Columns into the fields of the same name of a table that exists; the others are not used.
ImportPlan matchedImport(const CsvTable &csv, const Table &table);

/// The field as another kind, with the options that the column's values need.
Field fieldForColumn(const CsvTable &csv, qsizetype column, Field field, FieldKind kind);

/// What gives the fields of a table that exists the options that the file asks for.
QList<Operation> newOptions(const ImportPlan &plan);

/// Makes records of the rows of a file, some at a time. Cells that do not fit, or against the rules
/// of their field, are left empty and reported; so are whole rows without what has to be filled.
class RowImport {
public:
    /// Borrows the file. `existing` is the table as far as it is there, or null.
    RowImport(const CsvTable &csv, const ImportPlan &plan, const TableData *existing);

    CreateRecords next(
        qsizetype count, const FieldContext &context, IdSource &ids, QList<ImportFault> &faults);
    bool atEnd() const { return m_at >= m_csv.rows.size(); }
    qsizetype at() const { return m_at; } ///< Rows that have been read.
    /// In which line of the file each of the records began that were made last.
    const QList<int> &lines() const { return m_lines; }
    qsizetype made() const { return m_made; } ///< Records that came of them.

private:
    Done check(const Field &field, const Value &value, const FieldContext &context) const;
    void dropWhatFitsNot(NewRecord &record, const FieldContext &, QList<ImportFault> &faults) const;
    const Field *missingField(const NewRecord &record) const;

    const CsvTable &m_csv;
    ImportPlan m_plan;
    std::map<FieldId, ValueCheck> m_checks;
    QHash<FieldId, QSet<QByteArray>> m_taken; ///< What unique fields hold.
    qsizetype m_at = 0;
    qsizetype m_made = 0;
    QList<int> m_lines;
};

inline constexpr qsizetype ImportRowsPerRequest = 500;

} // namespace casebase
