// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/FieldJson.h"
#include "shared/document/Plan.h"

namespace casebase {

/// Definitions in JSON on their way to one edit. They are tried one on top of the other on a copy
/// of the base, since a link needs the table that it leads to, and a formula the fields that it
/// reads.
class SchemaDraft {
public:
    SchemaDraft(Document document, qint64 nowMs, IdSource &ids);

    const Document &document() const { return m_document; }
    const QList<Operation> &operations() const { return m_operations; }
    /// {name, description, fields} with a view of all records; fields that name others follow with
    /// addLaterFields().
    Result<TableId> addTable(const QJsonObject &json);
    /// The links of all tables that were added, then what hangs on other fields, formulas, and what
    /// buttons do. Of a link
    /// options.linkedTableId may be the name of a table here.
    Done addLaterFields();
    /// Makes `field` what the object says, or a new one of it. options.inverseLinkFieldName names
    /// the field that leads back. -1 leaves the field where it is, or puts it last.
    Result<FieldId> putField(TableId table, QJsonObject json, const Field &field, int position);

private:
    struct Later {
        TableId table;
        QJsonObject json;
        qsizetype place; ///< Among the fields of its object.
    };
    /// Where a field of that kind waits; null if it names no other one.
    QList<Later> *waiting(const QJsonObject &field);
    Done apply(const Operation &operation);
    Done addEach(const QList<Later> &fields);

    Document m_document;
    qint64 m_nowMs;
    IdSource &m_ids;
    QList<Operation> m_operations;
    QList<Later> m_links;
    QList<Later> m_tied;
    QList<Later> m_formulas;
    QList<Later> m_buttons;
    QHash<TableId, QList<qsizetype>> m_places; ///< Of the fields that are there.
};

} // namespace casebase
