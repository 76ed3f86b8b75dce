// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"
#include "shared/query/ValueNumbers.h"

namespace casebase {

/// One level of grouping: records belong together that hold the same value, or a date in the same
/// period.
struct GroupKey {
    FieldId field;
    Period period = Period::Exact;
    Qt::SortOrder order = Qt::AscendingOrder;
};

/// What may be told of the records of a group. Empty cells take no part, except in Count, Empty.
enum class AggregateFunction : quint8 {
    Count, ///< Records, whatever the field.
    Filled,
    Empty,
    Unique, ///< Different values.
    Sum,
    Average,
    Median,
    Min, ///< Of dates: the earliest.
    Max
};

struct Aggregate {
    AggregateFunction function = AggregateFunction::Count;
    FieldId field; ///< None for Count.
};

/// Records that belong together, or all of them.
struct Group {
    QList<Value> keys; ///< One for each level; of a period, the date of its first day.
    qint64 count = 0;
    QList<Value> values; ///< One for each aggregate. Empty where there is nothing to tell.
};

struct Groups {
    std::vector<Group> groups; ///< In the order of their keys, as records are sorted: empty last.
    Group all;
};

/// Records in rows and columns of groups.
struct Pivot {
    std::vector<Group> rows;
    std::vector<Group> columns;
    QHash<std::pair<quint32, quint32>, Group> cells; ///< By row and column; without keys.
    Group all;
};

/// Groups the records that match. UnknownField; WrongType for what the field does not allow. Stops
/// where it is once the deadline has expired; the caller asks the deadline.
Result<Groups> groupRows(const TableData &table, const RowTest &test, const QList<GroupKey> &keys,
    const QList<Aggregate> &aggregates, const QueryContext &context,
    const QDeadlineTimer &deadline = QDeadlineTimer(QDeadlineTimer::Forever));
Result<Pivot> pivotRows(const TableData &table, const RowTest &test, const QList<GroupKey> &rows,
    const QList<GroupKey> &columns, const QList<Aggregate> &aggregates, const QueryContext &context,
    const QDeadlineTimer &deadline = QDeadlineTimer(QDeadlineTimer::Forever));

/// The names in the API.
std::optional<Period> periodNamed(const QString &name);
std::optional<AggregateFunction> aggregateNamed(const QString &name);

} // namespace casebase
