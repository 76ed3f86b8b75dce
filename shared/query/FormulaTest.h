// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/formula/Expression.h"
#include "shared/query/RowTest.h"

namespace casebase {

/// The records for which the expression is true. Comparisons of a number or a choice with a
/// constant, and AND, OR and NOT of those, run over columns; the rest is evaluated for each record.
/// Borrows the table and the people.
RowTest formulaTest(const Expression &expression, const TableData &table, const People &people,
    const FormulaContext &context);

} // namespace casebase
