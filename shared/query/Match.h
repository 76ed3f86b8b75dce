// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/query/RowTest.h"

namespace casebase {

class Tables;

/// Who asks, when and where.
struct QueryContext {
    FieldContext fields;
    UserId me;
    Qt::DayOfWeek firstDayOfWeek = Qt::Monday;
    const Tables *tables = nullptr; ///< For formulas that follow links; borrowed.
};

/// Refuses a filter that names a field the table does not have, or compares it with what it cannot
/// hold. “Is not” and “does not contain” include empty cells.
Result<RowTest> compileFilter(
    const Filter &filter, const TableData &table, const QueryContext &context);

/// The records of which some visible field contains the text, in any case. Empty text matches all.
RowTest containsText(const QString &text, const TableData &table, const QList<FieldId> &fields,
    const QueryContext &context);

/// Half-open: from `first` up to, not including, `end`.
struct DayRange {
    qint32 first = 0;
    qint32 end = 0;
};
/// The days that a moving date means; a date stands for itself.
DayRange rangeOf(const RelativeDate &relative, Date today, Qt::DayOfWeek firstDayOfWeek);

/// The operators that make sense for fields of this kind, in the order of menus.
QList<FilterOp> operatorsFor(FieldKind kind);
/// The field as whose value an operand is read: one option of several, a part of an address, a
/// number beyond the limits of a rating.
Field operandField(const Field &field);
/// The name in the API.
QString operatorName(FilterOp op);
std::optional<FilterOp> operatorNamed(const QString &name);

} // namespace casebase
