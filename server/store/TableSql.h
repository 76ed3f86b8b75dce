// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableData.h"
#include "shared/sql/Database.h"

namespace casebase {

/// Users' tables as real tables: a column for each stored field, named by id, and a view with the
/// names that people gave, for reports and other tools.
class TableSql {
public:
    TableSql(Database &database, const Table &table);

    Done create();
    Done addColumn(const Field &field);
    /// After a field changed its kind, in dialects that are strict about types.
    Done retypeColumn(const Field &field);
    /// After a formula took the place of what people typed.
    Done clearColumn(const Field &field);
    /// Makes the view anew. `before` is the name it had, empty if it had none.
    Done replaceView(const QString &baseName, const QString &before);

    Result<TableData> load();
    /// Writes a record that was not there.
    Done insert(const TableData &table, Row row);
    /// Writes those cells of one record, and who touched it when.
    Done update(const TableData &table, Row row, const QList<FieldId> &fields);

private:
    Database &m_database;
    Table m_table;
    QString m_name;
    std::shared_ptr<Statement> m_insert; ///< Shared with the connection, as all statements.
    QHash<FieldId, std::shared_ptr<Statement>> m_updates; ///< Of single cells, the usual case.
    Result<std::shared_ptr<Statement>> updateStatement(const QList<const Field *> &fields);
};

} // namespace casebase
