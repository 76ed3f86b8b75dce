// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/formula/Asker.h"
#include "shared/formula/Expression.h"
#include "shared/operation/ChangeSet.h"
#include "shared/query/Match.h"

namespace casebase {

/// Which records the links of a field may lead to: those that its view shows, and that meet its
/// condition. What the limit needs and is gone limits nothing. Borrows the document and the table.
class LinkLimit {
public:
    /// `near` holds the field; `asker` is who links.
    LinkLimit(const Document &document, const TableData &near, const Field &field, UserId asker,
        const FieldContext &context);

    /// From that record. For one that is yet to be made, only the view says no.
    bool allows(std::optional<Row> from, Row to) const;

private:
    const TableData &m_near;
    const TableData *m_far;
    const People &m_people;
    Asker m_asker;
    FormulaContext m_context;
    std::optional<RowTest> m_view;
    std::optional<Expression> m_condition;
};

/// Refuses links that were made to where their fields do not lead, with LinkNotOffered. `after` is
/// the document with the changes.
Done checkLinkLimits(
    const Document &after, const ChangeSet &changes, UserId author, const FieldContext &context);

} // namespace casebase
