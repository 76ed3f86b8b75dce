// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Tables.h"
#include "shared/formula/Expression.h"

namespace casebase {

/// A record that a formula finds by a key.
struct KeyedRead {
    TableId table;
    FieldId field; ///< Of that table: what has to say the key.
    Expression key;
};

/// What computes one field: a formula or, of a link field, what the linked records are called.
struct CompiledFormula {
    TableId table;
    FieldId field;
    bool isTitles = false; ///< Then the expression is empty.
    Expression expression;
    QSet<FieldId> reads; ///< In the same record.
    QSet<FieldId>
        enters; ///< Those of `reads` that are links, of which only counts where they lead.
    bool readsRecord = false; ///< When and by whom the record was made or changed.
    QList<FieldRead> foreign; ///< In other records.
    /// All that it says comes from where this link of the record leads; null if it does not.
    FieldId onlyLink = {};
    QList<KeyedRead> keyed = {}; ///< By FieldRead::keyed.
};

/// The formulas of a base, those that others read before those that read them.
struct Formulas : QList<CompiledFormula> { };

/// Formulas that cannot be parsed, as when what they compute with is gone, yield a fault; so do
/// those that read themselves.
Formulas compileFormulas(const Tables &tables, const QList<TableId> &ids);
/// The names of the fields through which a field of the table reads itself, from it to it; empty if
/// it does not. The table counts as it is given, the others as they are.
QStringList cycleThrough(const Table &table, FieldId field, const Tables &tables);

} // namespace casebase
