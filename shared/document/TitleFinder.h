// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/LinkField.h"

namespace casebase {

/// Finds records of the document by their titles. Looks through a table when it is first asked for
/// one of it, as the document is now.
class TitleFinder final : public LinkFinder {
public:
    explicit TitleFinder(Document document)
        : m_document(std::move(document))
    {
    }
    std::optional<RecordId> find(const LinkOptions &link, const QString &title) const override;

private:
    Document m_document;
    /// Of each table and the field that links show, the records by title in lower case.
    mutable QHash<std::pair<TableId, FieldId>, QHash<QString, RecordId>> m_records;
};

/// What the record is called, in the base's own way of writing; empty if it has no name. By links
/// that show that field, if it is not null.
QString recordTitle(const TableData &table, Row row, const People &people,
    const QTimeZone &zone = QTimeZone::utc(), FieldId shown = {});

} // namespace casebase
