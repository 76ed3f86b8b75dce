// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/query/RowTest.h"

#include <atomic>

namespace casebase {

class Tables;

/// Until when the answers of a test hold, as far as it has been asked. Noted by several threads.
class Horizon {
public:
    static constexpr qint64 Never = std::numeric_limits<qint64>::max();
    void note(qint64 ms);
    qint64 ms() const { return m_ms; }

private:
    std::atomic<qint64> m_ms = Never;
};

/// Who asks, when and where.
struct QueryContext {
    FieldContext fields;
    UserId me;
    Qt::DayOfWeek firstDayOfWeek = Qt::Monday;
    const Tables *tables = nullptr; ///< For formulas that follow links; borrowed.
    std::shared_ptr<Horizon> horizon = nullptr; ///< Null for those who ask once.
};

/// Refuses a filter that names a field the table does not have, or compares it with what it cannot
/// hold. “Is not” and “does not contain” include empty cells. Borrows
/// the table, and the tables of the context.
Result<RowTest> compileFilter(
    const Filter &filter, const TableData &table, const QueryContext &context);

/// The same for a filter that a view keeps: conditions that cannot be asked any more, as when their
/// field is gone, are out of force, and the others stay.
RowTest compileKeptFilter(
    const Filter &filter, const TableData &table, const QueryContext &context);

/// A formula in the filter reads records of other tables.
bool followsLinks(const Filter &filter, const Table &table, const Tables *tables);

/// Whether a record is met may change with others of its table: it occurs more than once.
bool comparesRecords(const Filter &filter, const Table &table, const Tables *tables);

/// The records of which some visible field contains the text, in any case. Empty text matches all.
RowTest containsText(const QString &text, const TableData &table, const QList<FieldId> &fields,
    const QueryContext &context);

/// The operators that make sense for fields of this kind, in the order of menus.
QList<FilterOp> operatorsFor(FieldKind kind);
/// The field as whose value an operand is read: one option of several, a part of an address, a
/// number beyond the limits of a rating.
Field operandField(const Field &field);
/// The name in the API.
QString operatorName(FilterOp op);
std::optional<FilterOp> operatorNamed(const QString &name);

} // namespace casebase
