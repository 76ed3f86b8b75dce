// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/SchemaJson.h"
#include "shared/field/DateFields.h"
#include "shared/query/FormulaTest.h"
#include "shared/query/Group.h"

#include <algorithm>
#include <numeric>

namespace casebase {

namespace {

constexpr std::chrono::seconds QueryTime(2);
constexpr int MostGroups = 10000; ///< In one reply.
constexpr size_t MostColumns = 500; ///< Of a pivot.
constexpr qsizetype MostLevels = 5;
constexpr qsizetype MostAggregates = 20;

/// Orders groups by one of their figures.
struct FigureOrder {
    qsizetype aggregate;
    Qt::SortOrder order;
};

/// What a caller wants to know: groups, or rows and columns of a pivot.
struct StatisticsQuery {
    bool isPivot = false;
    Filter filter;
    QString formula;
    QList<GroupKey> rows; ///< The levels of groups where it is no pivot.
    QList<GroupKey> columns;
    QList<Aggregate> aggregates;
    QList<FigureOrder> sort;
    int limit = 1000;
    QTimeZone zone = QTimeZone::utc();
};

Error invalid(const QString &what)
{
    return {ErrorCode::Invalid, {what}, {}};
}

Result<QJsonArray> arrayAt(const QJsonObject &json, const char *key, qsizetype most)
{
    const QJsonValue value = json.value(QLatin1String(key));
    if (!value.isUndefined() && !value.isArray()) {
        return invalid(QStringLiteral("%1 must be a list").arg(QLatin1String(key)));
    }
    if (value.toArray().size() > most) {
        return Error{ErrorCode::TooMany, {QLatin1String(key), QString::number(most)}, {}};
    }
    return value.toArray();
}

Result<FieldId> fieldAt(const QJsonObject &json, const Table &table)
{
    const QString name = json.value(QLatin1String("field")).toString();
    const Field *field = table.fieldNamed(name);
    if (!field) {
        return Error{ErrorCode::UnknownField, {name}, {}};
    }
    return field->id;
}

Result<Qt::SortOrder> orderAt(const QJsonObject &json)
{
    const QString direction =
        json.value(QLatin1String("direction")).toString(QStringLiteral("asc"));
    if (direction != u"asc" && direction != u"desc") {
        return invalid(QStringLiteral("direction “%1” must be asc or desc").arg(direction));
    }
    return direction == u"desc" ? Qt::DescendingOrder : Qt::AscendingOrder;
}

Result<QList<GroupKey>> keysAt(const QJsonObject &json, const char *name, const Table &table)
{
    QList<GroupKey> keys;
    TRY_SET(const QJsonArray array, arrayAt(json, name, MostLevels));
    for (const QJsonValue &each : array) {
        const QJsonObject level = each.toObject();
        TRY(onlyKeys(level, {"field", "by", "direction"}, QLatin1String(name)));
        GroupKey key;
        TRY_SET(key.field, fieldAt(level, table));
        TRY_SET(key.order, orderAt(level));
        if (level.contains(QLatin1String("by"))) {
            const QString by = level.value(QLatin1String("by")).toString();
            const auto period = periodNamed(by);
            if (!period) {
                return invalid(
                    QStringLiteral("by “%1” must be day, week, month, quarter or year").arg(by));
            }
            key.period = *period;
        }
        keys += key;
    }
    return keys;
}

Result<QList<Aggregate>> aggregatesAt(const QJsonObject &json, const Table &table)
{
    QList<Aggregate> aggregates;
    TRY_SET(const QJsonArray array, arrayAt(json, "aggregate", MostAggregates));
    for (const QJsonValue &each : array) {
        const QJsonObject object = each.toObject();
        TRY(onlyKeys(object, {"field", "fn"}, QStringLiteral("aggregate")));
        const QString name = object.value(QLatin1String("fn")).toString();
        const auto function = aggregateNamed(name);
        if (!function) {
            return invalid(QStringLiteral("fn “%1” must be count, filled, empty, unique, sum, "
                                          "average, median, min or max")
                               .arg(name));
        }
        Aggregate aggregate{*function, {}};
        if (*function != AggregateFunction::Count) {
            TRY_SET(aggregate.field, fieldAt(object, table));
        }
        aggregates += aggregate;
    }
    return aggregates;
}

Result<QList<FigureOrder>> sortAt(const QJsonObject &json, qsizetype aggregates)
{
    QList<FigureOrder> sort;
    TRY_SET(const QJsonArray array, arrayAt(json, "sort", MostAggregates));
    for (const QJsonValue &each : array) {
        const QJsonObject object = each.toObject();
        TRY(onlyKeys(object, {"aggregate", "direction"}, QStringLiteral("sort")));
        const int aggregate = object.value(QLatin1String("aggregate")).toInt(-1);
        if (aggregate < 0 || aggregate >= aggregates) {
            return invalid(
                QStringLiteral("sort.aggregate must be from 0 to %1, a place in aggregate")
                    .arg(aggregates - 1));
        }
        TRY_SET(const Qt::SortOrder order, orderAt(object));
        sort += FigureOrder{aggregate, order};
    }
    return sort;
}

Result<StatisticsQuery> statisticsQuery(
    const QJsonObject &json, const Table &table, const FieldContext &context)
{
    TRY(onlyKeys(json,
        {"filter", "filterByFormula", "group", "rows", "columns", "aggregate", "sort", "limit",
            "timeZone"}));
    StatisticsQuery query;
    query.isPivot = json.contains(QLatin1String("rows")) || json.contains(QLatin1String("columns"));
    if (query.isPivot && json.contains(QLatin1String("group"))) {
        return invalid(QStringLiteral("group does not go with rows and columns"));
    }
    TRY_SET(query.filter,
        filterFromJson(json.value(QLatin1String("filter")).toObject(), table, context));
    query.formula = json.value(QLatin1String("filterByFormula")).toString();
    TRY_SET(query.rows, keysAt(json, query.isPivot ? "rows" : "group", table));
    TRY_SET(query.columns, keysAt(json, "columns", table));
    TRY_SET(query.aggregates, aggregatesAt(json, table));
    TRY_SET(query.sort, sortAt(json, query.aggregates.size()));
    query.limit = json.value(QLatin1String("limit")).toInt(query.limit);
    if (query.limit < 1 || query.limit > MostGroups) {
        return invalid(QStringLiteral("limit must be from 1 to %1").arg(MostGroups));
    }
    if (json.contains(QLatin1String("timeZone"))) {
        TRY_SET(query.zone, zoneNamed(json.value(QLatin1String("timeZone")).toString()));
    }
    return query;
}

std::optional<double> asNumber(const Value &value)
{
    const auto *number = std::get_if<double>(&value);
    const auto *date = std::get_if<Date>(&value);
    const auto *moment = std::get_if<Moment>(&value);
    return number ? std::optional(*number)
        : date    ? std::optional(double(date->day))
        : moment  ? std::optional(double(moment->ms))
                  : std::nullopt;
}

/// The order in which the groups are given: by figures where the caller asks for it, then by keys.
std::vector<quint32> orderOf(const std::vector<Group> &groups, const QList<FigureOrder> &sort)
{
    std::vector<quint32> order(groups.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](quint32 a, quint32 b) {
        for (const FigureOrder &each : sort) {
            const auto left = asNumber(groups[a].values[each.aggregate]);
            const auto right = asNumber(groups[b].values[each.aggregate]);
            if (left.has_value() != right.has_value()) {
                return left.has_value(); // Nothing to tell comes last both ways.
            }
            if (left != right) {
                return (left < right) == (each.order == Qt::AscendingOrder);
            }
        }
        return false;
    });
    return order;
}

/// Writes groups for one query.
class StatisticsJson {
public:
    StatisticsJson(
        const StatisticsQuery &query, const TableData &table, const QueryContext &context)
        : m_query(query)
        , m_table(table)
        , m_context(context)
    {
    }

    QJsonObject groups(const Groups &found) const
    {
        QJsonArray groups;
        for (const quint32 at : limited(orderOf(found.groups, m_query.sort))) {
            groups += groupJson(found.groups[at], m_query.rows);
        }
        return {{QStringLiteral("groups"), groups},
            {QStringLiteral("groupCount"), qint64(found.groups.size())},
            {QStringLiteral("all"), groupJson(found.all, {})}};
    }

    QJsonObject pivot(const Pivot &found) const
    {
        QJsonArray columns;
        for (const Group &column : found.columns) {
            columns += groupJson(column, m_query.columns);
        }
        QJsonArray rows;
        QJsonArray cells;
        for (const quint32 row : limited(orderOf(found.rows, m_query.sort))) {
            rows += groupJson(found.rows[row], m_query.rows);
            QJsonArray line;
            for (quint32 column = 0; column < found.columns.size(); ++column) {
                const auto cell = found.cells.constFind({row, column});
                line +=
                    cell == found.cells.cend() ? QJsonValue() : QJsonValue(groupJson(*cell, {}));
            }
            cells += line;
        }
        return {{QStringLiteral("rows"), rows},
            {QStringLiteral("rowCount"), qint64(found.rows.size())},
            {QStringLiteral("columns"), columns}, {QStringLiteral("cells"), cells},
            {QStringLiteral("all"), groupJson(found.all, {})}};
    }

private:
    std::vector<quint32> limited(std::vector<quint32> order) const
    {
        order.resize(std::min(order.size(), size_t(m_query.limit)));
        return order;
    }

    QJsonObject groupJson(const Group &group, const QList<GroupKey> &keys) const
    {
        QJsonObject json{{QStringLiteral("count"), group.count}};
        if (!keys.isEmpty()) {
            QJsonArray values;
            for (qsizetype i = 0; i < keys.size(); ++i) {
                const Field &field = *m_table.definition().field(keys[i].field);
                const auto *date = std::get_if<Date>(&group.keys[i]);
                values += isEmpty(group.keys[i]) ? QJsonValue()
                    : date                       ? QJsonValue(toQDate(*date).toString(Qt::ISODate))
                           : fieldType(field.kind).toJson(group.keys[i], field, m_context.fields);
            }
            json.insert(QStringLiteral("key"), values);
        }
        if (!m_query.aggregates.isEmpty()) {
            QJsonArray values;
            for (const Value &value : group.values) {
                const auto *number = std::get_if<double>(&value);
                const auto *date = std::get_if<Date>(&value);
                const auto *moment = std::get_if<Moment>(&value);
                values += number ? QJsonValue(*number)
                    : date       ? QJsonValue(toQDate(*date).toString(Qt::ISODate))
                    : moment     ? QJsonValue(isoMoment(*moment))
                                 : QJsonValue();
            }
            json.insert(QStringLiteral("values"), values);
        }
        return json;
    }

    const StatisticsQuery &m_query;
    const TableData &m_table;
    const QueryContext &m_context;
};

Result<QJsonObject> statistics(
    const StatisticsQuery &query, const TableData &table, const QueryContext &context)
{
    TRY_SET(RowTest test, compileFilter(query.filter, table, context));
    if (!query.formula.isEmpty()) {
        TRY_SET(const Expression expression,
            parseExpression(query.formula, table.definition(), context.tables));
        test = allOf({test, formulaTest(expression, table, context)});
    }
    const QDeadlineTimer deadline(QueryTime);
    const StatisticsJson json(query, table, context);
    const Error tooSlow{ErrorCode::TooSlow, {QString::number(QueryTime.count())}, {}};
    if (!query.isPivot) {
        TRY_SET(const Groups groups,
            groupRows(table, test, query.rows, query.aggregates, context, deadline));
        return deadline.hasExpired() ? Result<QJsonObject>(tooSlow) : json.groups(groups);
    }
    TRY_SET(const Pivot pivot,
        pivotRows(table, test, query.rows, query.columns, query.aggregates, context, deadline));
    if (pivot.columns.size() > MostColumns) {
        return invalid(QStringLiteral("columns have %1 different values, at most %2 can be shown")
                           .arg(pivot.columns.size())
                           .arg(MostColumns));
    }
    return deadline.hasExpired() ? Result<QJsonObject>(tooSlow) : json.pivot(pivot);
}

void query(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    const auto body = jsonBody(call.request);
    if (!table || !body) {
        return call.fail(table ? body.error() : table.error());
    }
    // On a worker, over the immutable snapshot, as lists are.
    WorkerPool::instance().post([call, base = base.value(), table = table.value(),
                                    body = body.value(), now = s.host.clock().nowMs()] {
        const auto run = [&]() -> Result<QJsonObject> {
            const FieldContext reading{
                base.snapshot->people(), QLocale::c(), QTimeZone::utc(), now};
            TRY_SET(
                const StatisticsQuery query, statisticsQuery(body, table->definition(), reading));
            const QueryContext context{{base.snapshot->people(), QLocale::c(), query.zone, now},
                call.caller.account.id, Qt::Monday, base.snapshot.get()};
            return statistics(query, *table, context);
        };
        const auto reply = run();
        reply ? call.reply(reply.value()) : call.fail(reply.error());
    });
}

} // namespace

QList<Route> queryRoutes(ApiServices &s)
{
    return {{"POST", QStringLiteral("/api/:base/:table/query"), false,
        [&s](const ApiCall &c) { query(s, c); }}};
}

} // namespace casebase
