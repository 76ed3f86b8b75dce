// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Aggregates.h"

#include "shared/query/ColumnTest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_set>

namespace casebase {

namespace {

class RowCount final : public Gatherer {
public:
    explicit RowCount(RowTest test)
        : m_test(std::move(test))
    {
    }
    void add(size_t block, const RowMask &mask, const quint32 *groups, quint32 end) override
    {
        m_counts.resize(std::max(m_counts.size(), size_t(end)));
        RowMask counted = mask;
        m_test.keep(block, counted);
        eachRow(counted, [&](size_t i) { ++m_counts[groups[i]]; });
    }
    void join(const Gatherer &later) override
    {
        const auto &counts = static_cast<const RowCount &>(later).m_counts;
        m_counts.resize(std::max(m_counts.size(), counts.size()));
        for (size_t group = 0; group < counts.size(); ++group) {
            m_counts[group] += counts[group];
        }
    }
    Value result(std::optional<quint32> group) const override
    {
        return double(group ? m_counts[*group]
                            : std::accumulate(m_counts.cbegin(), m_counts.cend(), qint64(0)));
    }

private:
    RowTest m_test;
    std::vector<qint64> m_counts;
};

class UniqueCount final : public Gatherer {
public:
    explicit UniqueCount(std::unique_ptr<ValueNumbers> numbers)
        : m_numbers(std::move(numbers))
    {
    }
    void add(size_t block, const RowMask &mask, const quint32 *groups, quint32 end) override
    {
        m_counts.resize(std::max(m_counts.size(), size_t(end)));
        std::array<quint32, RowMask::Rows> numbers;
        m_numbers->read(block, mask, numbers.data());
        eachRow(mask, [&](size_t i) {
            if (numbers[i] == 0) {
                return;
            }
            if (m_seen.insert(quint64(groups[i]) << 32 | numbers[i]).second) {
                ++m_counts[groups[i]];
            }
            m_values.insert(numbers[i]);
        });
    }
    void join(const Gatherer &) override { }
    bool canJoin() const override { return false; } // Each numbers the values for itself.
    Value result(std::optional<quint32> group) const override
    {
        return double(group ? m_counts[*group] : qint64(m_values.size()));
    }

private:
    std::unique_ptr<ValueNumbers> m_numbers;
    std::unordered_set<quint64> m_seen;
    std::unordered_set<quint32> m_values;
    std::vector<qint64> m_counts;
};

/// A sum that does not lose small parts beside large ones (Neumaier 1974), for sum and average.
class Sum {
public:
    void add(double value)
    {
        ++m_count;
        addPart(value);
    }
    void join(const Sum &other)
    {
        m_count += other.m_count;
        addPart(other.m_sum);
        addPart(other.m_rest);
    }
    std::optional<double> result(AggregateFunction function) const
    {
        const double sum = m_sum + m_rest;
        if (function == AggregateFunction::Sum) {
            return sum;
        }
        return m_count == 0 ? std::nullopt : std::optional(sum / double(m_count));
    }

private:
    void addPart(double value)
    {
        const double sum = m_sum + value;
        const bool isSmaller = std::abs(value) <= std::abs(m_sum);
        m_rest += ((isSmaller ? m_sum : value) - sum) + (isSmaller ? value : m_sum);
        m_sum = sum;
    }
    double m_sum = 0;
    double m_rest = 0;
    qint64 m_count = 0;
};

class Extremes {
public:
    void add(double value)
    {
        m_min = std::min(m_min, value);
        m_max = std::max(m_max, value);
    }
    void join(const Extremes &other)
    {
        m_min = std::min(m_min, other.m_min);
        m_max = std::max(m_max, other.m_max);
    }
    std::optional<double> result(AggregateFunction function) const
    {
        return m_min > m_max ? std::nullopt
                             : std::optional(function == AggregateFunction::Min ? m_min : m_max);
    }

private:
    double m_min = std::numeric_limits<double>::infinity();
    double m_max = -std::numeric_limits<double>::infinity();
};

class AllValues {
public:
    void add(double value) { m_values.push_back(value); }
    void join(const AllValues &other)
    {
        m_values.insert(m_values.end(), other.m_values.cbegin(), other.m_values.cend());
    }
    /// The median.
    std::optional<double> result(AggregateFunction) const
    {
        if (m_values.empty()) {
            return std::nullopt;
        }
        std::vector<double> values = m_values;
        const auto middle = values.begin() + qsizetype(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        return values.size() % 2 == 1 ? *middle
                                      : (*middle + *std::max_element(values.begin(), middle)) / 2;
    }

private:
    std::vector<double> m_values;
};

/// A figure over numbers, or over dates as numbers.
template <class T, class Total> class Totals final : public Gatherer {
public:
    /// `asValue` turns the figure into what the field holds.
    Totals(const FixedColumn<T> &column, AggregateFunction function, Value (*asValue)(double))
        : m_column(column)
        , m_function(function)
        , m_asValue(asValue)
    {
    }
    void add(size_t block, const RowMask &mask, const quint32 *groups, quint32 end) override
    {
        m_totals.resize(std::max(m_totals.size(), size_t(end)));
        if (const auto *chunk = m_column.chunks().chunk(block)) {
            RowMask filled = mask;
            filled &= RowMask{chunk->present.words};
            Total *totals = m_totals.data();
            eachRow(filled, [&](size_t i) { totals[groups[i]].add(double(chunk->values[i])); });
        }
    }
    void join(const Gatherer &later) override
    {
        const auto &totals = static_cast<const Totals &>(later).m_totals;
        m_totals.resize(std::max(m_totals.size(), totals.size()));
        for (size_t group = 0; group < totals.size(); ++group) {
            m_totals[group].join(totals[group]);
        }
    }
    Value result(std::optional<quint32> group) const override
    {
        Total all;
        if (!group) {
            for (const Total &total : m_totals) {
                all.join(total);
            }
        }
        const auto figure = (group ? m_totals[*group] : all).result(m_function);
        return figure ? m_asValue(*figure) : Value();
    }

private:
    const FixedColumn<T> &m_column;
    AggregateFunction m_function;
    Value (*m_asValue)(double);
    std::vector<Total> m_totals;
};

template <class T>
std::unique_ptr<Gatherer> totals(
    const FixedColumn<T> &column, AggregateFunction function, Value (*asValue)(double))
{
    switch (function) {
    case AggregateFunction::Sum:
    case AggregateFunction::Average:
        return std::make_unique<Totals<T, Sum>>(column, function, asValue);
    case AggregateFunction::Median:
        return std::make_unique<Totals<T, AllValues>>(column, function, asValue);
    default:
        return std::make_unique<Totals<T, Extremes>>(column, function, asValue);
    }
}

} // namespace

Result<std::unique_ptr<Gatherer>> gatherer(
    const Aggregate &aggregate, const TableData &table, const QueryContext &context)
{
    using Made = std::unique_ptr<Gatherer>;
    if (aggregate.function == AggregateFunction::Count) {
        return Made(std::make_unique<RowCount>(always()));
    }
    const Field *field = table.definition().field(aggregate.field);
    if (!field || field->isTrashed) {
        return Error{ErrorCode::UnknownField, {aggregate.field.text()}, {}};
    }
    const bool isExtreme = aggregate.function == AggregateFunction::Min
        || aggregate.function == AggregateFunction::Max;
    switch (aggregate.function) {
    case AggregateFunction::Filled:
        return Made(std::make_unique<RowCount>(filledTest(table, *field)));
    case AggregateFunction::Empty:
        return Made(std::make_unique<RowCount>(inverseOf(filledTest(table, *field))));
    case AggregateFunction::Unique: {
        TRY_SET(auto numbers,
            numberValues(
                table, *field, Period::Exact, context.fields.zone, context.firstDayOfWeek));
        return Made(std::make_unique<UniqueCount>(std::move(numbers)));
    }
    default:
        break;
    }
    const Column *column = table.column(field->id);
    if (const auto *numbers = column ? std::get_if<NumberColumn>(column) : nullptr) {
        return totals<double>(
            *numbers, aggregate.function, [](double number) { return Value(number); });
    }
    if (const IntegerColumn *dates = table.integers(*field); dates && isExtreme) {
        return totals<qint64>(
            *dates, aggregate.function,
            valueTypeOf(field->kind) == ValueType::Date
                ? [](double number) { return Value(Date{qint32(number)}); }
                : [](double number) { return Value(Moment{qint64(number)}); });
    }
    return wrongType(*field, QStringLiteral("aggregate"),
        isExtreme ? QStringLiteral("numbers or dates") : QStringLiteral("numbers"));
}

} // namespace casebase
