// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/formula/Expression.h"
#include "shared/query/Match.h"

namespace casebase {

/// The records for which the expression is true. Comparisons of a number or a choice with a
/// constant, and AND, OR and NOT of those, run over columns; the rest is evaluated for each record.
/// Borrows the table, and the tables of the context.
RowTest formulaTest(
    const Expression &expression, const TableData &table, const QueryContext &context);

} // namespace casebase
