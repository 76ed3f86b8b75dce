// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/support/IdSource.h"
#include "shared/transfer/Csv.h"

namespace casebase {

/// What one column of a file becomes.
struct ImportColumn {
    bool isUsed = true;
    Field field; ///< With an id: of the table, or new.
};

/// A cell that did not fit; the rest of its row was imported.
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

/// Rows [first, first + count) as records; cells that do not fit are left empty and reported.
CreateRecords importedRecords(const CsvTable &csv, const ImportPlan &plan, qsizetype first,
    qsizetype count, const FieldContext &context, IdSource &ids, QList<ImportFault> &faults);

inline constexpr qsizetype ImportRowsPerRequest = 500;

} // namespace casebase
