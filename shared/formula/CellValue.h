// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/formula/Function.h"

/// Between what cells hold and what formulas compute with.
namespace casebase {

/// The type of what a field gives to formulas.
FormulaType formulaTypeOf(const Field &field);
/// What the cell gives to a formula: texts as they show, lists of the names of options and files.
FormulaValue readCell(const TableData &table, Row row, const Field &field, const People &people,
    const FormulaContext &context);
/// What a computed field of that kind holds of the result; a fault if it cannot be shown so.
Value cellOf(const FormulaValue &result, FieldKind kind, FormulaRun &run);
/// What a formula of that type may be shown as; the first is what it is shown as unless asked.
QList<FieldKind> resultKinds(FormulaType type);

} // namespace casebase
