// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/formula/Expression.h"

namespace casebase {

/// The formula of one field, parsed.
struct CompiledFormula {
    FieldId field;
    Expression expression;
    QSet<FieldId> reads;
    bool readsRecord = false; ///< When and by whom the record was made or changed.
};

/// The formulas of one table, those that others read before those that read them.
struct Formulas : QList<CompiledFormula> { };

/// Formulas that cannot be parsed, as when what they compute with is gone, yield a fault; so do
/// those that read themselves.
Formulas compileFormulas(const Table &table);
/// The names of the fields through which the field reads itself, from it to it; empty if it does
/// not.
QStringList cycleThrough(const Table &table, FieldId field);

} // namespace casebase
