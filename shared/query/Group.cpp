// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Group.h"

#include "shared/field/DateFields.h"
#include "shared/query/Aggregates.h"
#include "shared/query/Sort.h"
#include "shared/support/Parallel.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace casebase {

namespace {

constexpr quint32 None = ~quint32(0);
/// Grouped by one thread at a time; the same for any number of threads, and so the figures.
constexpr size_t BlocksPerPart = 32;

/// Numbers pairs of numbers: a group of the upper levels and a value of the next one.
class PairNumbers {
public:
    quint32 number(quint32 first, quint32 second)
    {
        quint32 &number = second < Direct
            ? direct(first, second)
            : m_others.try_emplace(key(first, second), None).first->second;
        if (number == None) {
            number = quint32(m_pairs.size());
            m_pairs.emplace_back(first, second);
        }
        return number;
    }
    const std::pair<quint32, quint32> &pair(quint32 number) const { return m_pairs[number]; }
    quint32 end() const { return quint32(m_pairs.size()); }

private:
    static constexpr quint32 Direct = 64; ///< Few values: no hashing.
    static quint64 key(quint32 first, quint32 second) { return quint64(first) << 32 | second; }
    quint32 &direct(quint32 first, quint32 second)
    {
        const size_t at = size_t(first) * Direct + second;
        if (at >= m_direct.size()) {
            m_direct.resize((size_t(first) + 1) * Direct, None);
        }
        return m_direct[at];
    }
    std::vector<quint32> m_direct;
    std::unordered_map<quint64, quint32> m_others;
    std::vector<std::pair<quint32, quint32>> m_pairs;
};

/// Finds the group of each row, level by level.
class Grouping {
public:
    static Result<Grouping> create(
        const TableData &table, const QList<GroupKey> &keys, const QueryContext &context)
    {
        Grouping grouping;
        for (const GroupKey &key : keys) {
            const Field *field = table.definition().field(key.field);
            if (!field || field->isTrashed) {
                return Error{ErrorCode::UnknownField, {key.field.text()}, {}};
            }
            TRY_SET(auto numbers,
                numberValues(
                    table, *field, key.period, context.fields.zone, context.firstDayOfWeek));
            grouping.m_levels.push_back({std::move(numbers), {}});
        }
        return grouping;
    }

    /// Writes the group of each row of the block that the mask holds.
    void read(size_t block, const RowMask &mask, quint32 *groups)
    {
        if (m_levels.empty()) {
            std::fill_n(groups, RowMask::Rows, 0);
            return;
        }
        m_levels.front().values->read(block, mask, groups);
        for (size_t level = 1; level < m_levels.size(); ++level) {
            std::array<quint32, RowMask::Rows> next;
            m_levels[level].values->read(block, mask, next.data());
            PairNumbers &pairs = m_levels[level].pairs;
            eachRow(mask, [&](size_t i) { groups[i] = pairs.number(groups[i], next[i]); });
        }
    }
    /// Whoever groups finds the same numbers.
    bool isFixed() const
    {
        return m_levels.empty() || (m_levels.size() == 1 && m_levels.front().values->isFixed());
    }
    quint32 end() const
    {
        return m_levels.empty()    ? 1
            : m_levels.size() == 1 ? m_levels.front().values->end()
                                   : m_levels.back().pairs.end();
    }
    /// The number of the group's value at the level.
    quint32 valueOf(quint32 group, size_t level) const
    {
        for (size_t below = m_levels.size() - 1; below > level; --below) {
            group = m_levels[below].pairs.pair(group).first;
        }
        return level == 0 ? group : m_levels[level].pairs.pair(group).second;
    }

private:
    struct Level {
        std::unique_ptr<ValueNumbers> values;
        PairNumbers pairs; ///< Of the groups above with these values; not used at the first.
    };
    std::vector<Level> m_levels;
};

/// Counts and figures of groups, as their records are met.
class Gathering {
public:
    static Result<Gathering> create(
        const TableData &table, const QList<Aggregate> &aggregates, const QueryContext &context)
    {
        Gathering gathering;
        for (const Aggregate &aggregate : aggregates) {
            TRY_SET(auto each, gatherer(aggregate, table, context));
            gathering.m_gatherers.push_back(std::move(each));
        }
        return gathering;
    }

    void add(size_t block, const RowMask &mask, const quint32 *groups, quint32 end)
    {
        m_counts.resize(std::max(m_counts.size(), size_t(end)));
        m_firstRows.resize(m_counts.size());
        eachRow(mask, [&](size_t i) {
            const quint32 group = groups[i];
            if (m_counts[group]++ == 0) {
                m_firstRows[group] = Row(block * RowMask::Rows + i);
                m_met.push_back(group);
            }
        });
        for (const auto &each : m_gatherers) {
            each->add(block, mask, groups, end);
        }
    }

    bool canJoin() const
    {
        return std::all_of(m_gatherers.cbegin(), m_gatherers.cend(),
            [](const auto &each) { return each->canJoin(); });
    }
    /// Takes what was gathered from later rows, by the same groups.
    void join(const Gathering &later)
    {
        m_counts.resize(std::max(m_counts.size(), later.m_counts.size()));
        m_firstRows.resize(m_counts.size());
        for (const quint32 group : later.m_met) {
            if (m_counts[group] == 0) {
                m_firstRows[group] = later.m_firstRows[group];
                m_met.push_back(group);
            }
            m_counts[group] += later.m_counts[group];
        }
        for (size_t i = 0; i < m_gatherers.size(); ++i) {
            m_gatherers[i]->join(*later.m_gatherers[i]);
        }
    }

    /// Those with records, in the order in which they were met.
    const std::vector<quint32> &met() const { return m_met; }
    Row firstRow(quint32 group) const { return m_firstRows[group]; }
    /// Without keys.
    Group group(quint32 number) const { return {{}, m_counts[number], values(number)}; }
    Group all() const
    {
        return {{}, std::accumulate(m_counts.cbegin(), m_counts.cend(), qint64(0)),
            values(std::nullopt)};
    }

private:
    QList<Value> values(std::optional<quint32> group) const
    {
        QList<Value> values;
        for (const auto &each : m_gatherers) {
            values += each->result(group);
        }
        return values;
    }
    std::vector<std::unique_ptr<Gatherer>> m_gatherers;
    std::vector<quint32> m_met;
    std::vector<qint64> m_counts; ///< By group, as the next.
    std::vector<Row> m_firstRows;
};

/// For each group, the place of its value at this level in the order of values.
std::vector<quint32> placesAt(size_t level, const Grouping &grouping, const Gathering &gathering,
    const TableData &table, const GroupKey &key, const QueryContext &context)
{
    std::vector<quint32> values;
    std::vector<Row> rows;
    std::unordered_map<Row, quint32> valueAt;
    std::vector<quint32> placeOf;
    for (const quint32 group : gathering.met()) {
        const quint32 value = grouping.valueOf(group, level);
        values.push_back(value);
        placeOf.resize(std::max(placeOf.size(), size_t(value) + 1), None);
        if (placeOf[value] == None) {
            // One row of each value is sorted as records are: a period holds dates next to each
            // other, so any of them will do.
            placeOf[value] = 0;
            rows.push_back(gathering.firstRow(group));
            valueAt.emplace(rows.back(), value);
        }
    }
    sortRows(rows, table, {SortKey{key.field, key.order}}, context);
    for (size_t place = 0; place < rows.size(); ++place) {
        placeOf[valueAt.at(rows[place])] = quint32(place);
    }
    std::transform(values.cbegin(), values.cend(), values.begin(),
        [&](quint32 value) { return placeOf[value]; });
    return values;
}

/// The groups that have records, in the order of their keys.
std::vector<quint32> sortedGroups(const Grouping &grouping, const Gathering &gathering,
    const TableData &table, const QList<GroupKey> &keys, const QueryContext &context)
{
    std::vector<std::vector<quint32>> places;
    for (qsizetype level = 0; level < keys.size(); ++level) {
        places.push_back(placesAt(size_t(level), grouping, gathering, table, keys[level], context));
    }
    std::vector<size_t> order(gathering.met().size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        for (const std::vector<quint32> &level : places) {
            if (level[a] != level[b]) {
                return level[a] < level[b];
            }
        }
        return false;
    });
    std::vector<quint32> sorted(order.size());
    std::transform(order.cbegin(), order.cend(), sorted.begin(),
        [&](size_t at) { return gathering.met()[at]; });
    return sorted;
}

Value keyValue(const TableData &table, Row row, const GroupKey &key, const QueryContext &context)
{
    const Field &field = *table.definition().field(key.field);
    const Value value = table.value(row, field);
    if (key.period == Period::Exact) {
        return value;
    }
    if (const auto *moment = std::get_if<Moment>(&value)) {
        const Date day = fromQDate(toQDateTime(*moment, zoneOf(field, context.fields.zone)).date());
        return firstDayOf(key.period, day, context.firstDayOfWeek);
    }
    const auto *date = std::get_if<Date>(&value);
    return date ? Value(firstDayOf(key.period, *date, context.firstDayOfWeek)) : Value();
}

/// Where each number stands in the list.
std::vector<quint32> placesIn(const std::vector<quint32> &numbers)
{
    std::vector<quint32> places;
    for (size_t place = 0; place < numbers.size(); ++place) {
        places.resize(std::max(places.size(), size_t(numbers[place]) + 1));
        places[numbers[place]] = quint32(place);
    }
    return places;
}

std::vector<Group> madeGroups(const std::vector<quint32> &numbers, const Gathering &gathering,
    const TableData &table, const QList<GroupKey> &keys, const QueryContext &context)
{
    std::vector<Group> groups;
    groups.reserve(numbers.size());
    for (const quint32 number : numbers) {
        Group group = gathering.group(number);
        for (const GroupKey &key : keys) {
            group.keys += keyValue(table, gathering.firstRow(number), key, context);
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace

Result<Groups> groupRows(const TableData &table, const RowTest &test, const QList<GroupKey> &keys,
    const QList<Aggregate> &aggregates, const QueryContext &context, const QDeadlineTimer &deadline)
{
    struct Part {
        Grouping grouping;
        Gathering gathering;
    };
    const size_t blocks = blockCount(table);
    size_t perPart = BlocksPerPart;
    std::vector<Part> parts;
    do {
        TRY_SET(Grouping each, Grouping::create(table, keys, context));
        TRY_SET(Gathering figures, Gathering::create(table, aggregates, context));
        if (!each.isFixed() || !figures.canJoin()) {
            perPart =
                std::max<size_t>(blocks, 1); // The numbers of one part mean nothing to others.
        }
        parts.push_back({std::move(each), std::move(figures)});
    } while (parts.size() * perPart < blocks);
    inParallel(parts.size(), [&](size_t part) {
        Part &own = parts[part];
        std::array<quint32, RowMask::Rows> groups;
        const size_t end = std::min(blocks, (part + 1) * perPart);
        for (size_t block = part * perPart; block < end && !deadline.hasExpired(); ++block) {
            const RowMask mask = matchingInBlock(table, test, block);
            own.grouping.read(block, mask, groups.data());
            own.gathering.add(block, mask, groups.data(), own.grouping.end());
        }
        return !deadline.hasExpired();
    });
    const Grouping &grouping = parts.front().grouping;
    Gathering &gathering = parts.front().gathering;
    for (size_t part = 1; part < parts.size(); ++part) {
        gathering.join(parts[part].gathering);
    }
    const auto sorted = sortedGroups(grouping, gathering, table, keys, context);
    return Groups{madeGroups(sorted, gathering, table, keys, context), gathering.all()};
}

Result<Pivot> pivotRows(const TableData &table, const RowTest &test, const QList<GroupKey> &rows,
    const QList<GroupKey> &columns, const QList<Aggregate> &aggregates, const QueryContext &context,
    const QDeadlineTimer &deadline)
{
    TRY_SET(Grouping rowGrouping, Grouping::create(table, rows, context));
    TRY_SET(Grouping columnGrouping, Grouping::create(table, columns, context));
    TRY_SET(Gathering ofRows, Gathering::create(table, aggregates, context));
    TRY_SET(Gathering ofColumns, Gathering::create(table, aggregates, context));
    TRY_SET(Gathering ofCells, Gathering::create(table, aggregates, context));
    PairNumbers cells;
    std::array<quint32, RowMask::Rows> rowOf;
    std::array<quint32, RowMask::Rows> columnOf;
    std::array<quint32, RowMask::Rows> cellOf;
    for (size_t block = 0; block < blockCount(table) && !deadline.hasExpired(); ++block) {
        const RowMask mask = matchingInBlock(table, test, block);
        rowGrouping.read(block, mask, rowOf.data());
        columnGrouping.read(block, mask, columnOf.data());
        eachRow(mask, [&](size_t i) { cellOf[i] = cells.number(rowOf[i], columnOf[i]); });
        ofRows.add(block, mask, rowOf.data(), rowGrouping.end());
        ofColumns.add(block, mask, columnOf.data(), columnGrouping.end());
        ofCells.add(block, mask, cellOf.data(), cells.end());
    }
    const auto sortedRows = sortedGroups(rowGrouping, ofRows, table, rows, context);
    const auto sortedColumns = sortedGroups(columnGrouping, ofColumns, table, columns, context);
    Pivot pivot{madeGroups(sortedRows, ofRows, table, rows, context),
        madeGroups(sortedColumns, ofColumns, table, columns, context), {}, ofCells.all()};
    const auto rowPlaces = placesIn(sortedRows);
    const auto columnPlaces = placesIn(sortedColumns);
    for (const quint32 cell : ofCells.met()) {
        const auto [row, column] = cells.pair(cell);
        pivot.cells.insert({rowPlaces[row], columnPlaces[column]}, ofCells.group(cell));
    }
    return pivot;
}

std::optional<Period> periodNamed(const QString &name)
{
    static const QHash<QString, Period> periods{{QStringLiteral("day"), Period::Day},
        {QStringLiteral("week"), Period::Week}, {QStringLiteral("month"), Period::Month},
        {QStringLiteral("quarter"), Period::Quarter}, {QStringLiteral("year"), Period::Year}};
    const auto found = periods.constFind(name);
    return found == periods.cend() ? std::nullopt : std::optional(*found);
}

std::optional<AggregateFunction> aggregateNamed(const QString &name)
{
    using enum AggregateFunction;
    static const QHash<QString, AggregateFunction> functions{{QStringLiteral("count"), Count},
        {QStringLiteral("filled"), Filled}, {QStringLiteral("empty"), Empty},
        {QStringLiteral("unique"), Unique}, {QStringLiteral("sum"), Sum},
        {QStringLiteral("average"), Average}, {QStringLiteral("median"), Median},
        {QStringLiteral("min"), Min}, {QStringLiteral("max"), Max}};
    const auto found = functions.constFind(name);
    return found == functions.cend() ? std::nullopt : std::optional(*found);
}

} // namespace casebase
