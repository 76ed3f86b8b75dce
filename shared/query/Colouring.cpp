// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Colouring.h"

namespace casebase {

Colouring::Colouring(
    const QList<ColourRule> &rules, const TableData &table, const QueryContext &context)
{
    for (const ColourRule &rule : rules) {
        if (const auto test = compileFilter(rule.condition, table, context)) {
            m_rules += Rule{rule, test.value()};
        }
    }
}

QString Colouring::colour(Row row, ColourRule::Part part, FieldId field) const
{
    const auto found = std::find_if(m_rules.cbegin(), m_rules.cend(), [&](const Rule &each) {
        return each.rule.part == part && each.rule.field == field && each.isMet(row);
    });
    return found == m_rules.cend() ? QString() : found->rule.colour;
}

} // namespace casebase
