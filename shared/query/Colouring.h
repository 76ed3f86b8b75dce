// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"
#include "shared/schema/View.h"

namespace casebase {

/// The colours that the rules of a view give to the records of a table. Borrows the table, and the
/// tables of the context.
class Colouring {
public:
    /// Rules that cannot be read, as when their field is gone, colour nothing.
    Colouring(const QList<ColourRule> &rules, const TableData &table, const QueryContext &context);

    /// Of that part of the record; empty if no rule is met. The field is that of a cell.
    QString colour(Row row, ColourRule::Part part, FieldId field = {}) const;

private:
    struct Rule {
        ColourRule rule;
        RowTest isMet;
    };
    QList<Rule> m_rules;
};

} // namespace casebase
