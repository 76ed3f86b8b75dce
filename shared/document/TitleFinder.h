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
    std::optional<RecordId> find(TableId table, const QString &title) const override;

private:
    Document m_document;
    mutable QHash<TableId, QHash<QString, RecordId>> m_records; ///< By title in lower case.
};

/// What the record is called, in the base's own way of writing; empty if it has no name.
QString recordTitle(const TableData &table, Row row, const People &people,
    const QTimeZone &zone = QTimeZone::utc());

} // namespace casebase
