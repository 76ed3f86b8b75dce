// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/formula/FormulaValue.h"
#include "shared/operation/ChangeSet.h"

namespace casebase {

/// Refuses what has been written against the rules of a field: MissingValue, ValueTaken,
/// ValueRefused, OptionElsewhere, ReasonMissing. `after` is the document with the changes: records
/// are looked at as they have become in the end, and only for what was written. What is restored
/// has to be unique again, and no more.
Done checkRules(const Document &after, const ChangeSet &changes, const FieldContext &fields,
    const FormulaContext &formulas);

/// What stands in a record against the rules of a field.
struct BrokenRule {
    RecordId record;
    FieldId field;
    Error error; ///< MissingValue, ValueTaken, ValueRefused
};

/// Of each of the records and fields, the first rule that is broken.
QList<BrokenRule> brokenRules(const Document &document, const TableData &table,
    const QList<Row> &rows, const QList<Field> &fields, const FieldContext &context);

/// Of two records with the same value in a field that is to be unique, that value; nothing if there
/// are none. `become` has the values that differ from those in the table.
std::optional<Value> valueOfTwo(
    const TableData &table, const Field &field, const QHash<RecordId, Value> &become);

} // namespace casebase
