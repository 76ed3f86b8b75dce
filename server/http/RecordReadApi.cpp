// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/RecordJson.h"
#include "server/http/SchemaJson.h"
#include "shared/field/DateFields.h"
#include "shared/query/FormulaTest.h"
#include "shared/query/Sort.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace casebase {

namespace {

constexpr std::chrono::seconds QueryTime(2);

/// What a caller wants listed, from the query of a GET or the body of listRecords.
struct ListQuery {
    QString formula;
    QList<std::pair<QString, QString>> sort;
    QStringList fields;
    QString view;
    int pageSize = 100;
    int maxRecords = -1;
    QString offset;
    RecordFormat format;
    QTimeZone zone = QTimeZone::utc();
};

Result<int> boundedInt(const QString &text, const char *name, int most)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < 1 || number > most) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("%1 must be from 1 to %2").arg(QLatin1String(name)).arg(most)}, {}};
    }
    return number;
}

Done setOption(ListQuery &query, const QString &key, const QString &value, int pageLimit)
{
    if (key == u"filterByFormula") {
        query.formula = value;
    } else if (key == u"view") {
        query.view = value;
    } else if (key == u"offset") {
        query.offset = value;
    } else if (key == u"pageSize") {
        TRY_SET(query.pageSize, boundedInt(value, "pageSize", pageLimit));
    } else if (key == u"maxRecords") {
        TRY_SET(query.maxRecords, boundedInt(value, "maxRecords", 1 << 30));
    } else if (key == u"cellFormat") {
        query.format.asText = value == u"string";
    } else if (key == u"returnFieldsByFieldId") {
        query.format.byFieldId = value == u"true" || value == u"1";
    } else if (key == u"timeZone") {
        TRY_SET(query.zone, zoneNamed(value));
    } else if (key != u"userLocale" && key != u"recordMetadata[]") {
        return Error{ErrorCode::UnknownKey, {key}, {}};
    }
    return Ok;
}

Result<ListQuery> queryFromUrl(const QUrlQuery &url)
{
    static const QRegularExpression sortKey(
        QStringLiteral("^sort\\[(\\d+)\\]\\[(field|direction)\\]$"));
    static const QRegularExpression fieldKey(QStringLiteral("^fields(\\[\\d*\\])?$"));
    ListQuery query;
    QMap<int, std::pair<QString, QString>> sort;
    for (const auto &[key, value] : url.queryItems(QUrl::FullyDecoded)) {
        if (const auto match = sortKey.match(key); match.hasMatch()) {
            auto &entry = sort[match.captured(1).toInt()];
            (match.captured(2) == u"field" ? entry.first : entry.second) = value;
        } else if (fieldKey.match(key).hasMatch()) {
            query.fields += value;
        } else {
            TRY(setOption(query, key, value, 100));
        }
    }
    query.sort = sort.values();
    return query;
}

Result<ListQuery> queryFromJson(const QJsonObject &json)
{
    ListQuery query;
    for (auto each = json.begin(); each != json.end(); ++each) {
        if (each.key() == u"sort") {
            for (const QJsonValue &key : each.value().toArray()) {
                query.sort += {key.toObject().value(QLatin1String("field")).toString(),
                    key.toObject().value(QLatin1String("direction")).toString()};
            }
        } else if (each.key() == u"fields") {
            for (const QJsonValue &field : each.value().toArray()) {
                query.fields += field.toString();
            }
        } else {
            TRY(setOption(query, each.key(), each.value().toVariant().toString(), 1000));
        }
    }
    return query;
}

Result<QList<SortKey>> sortKeys(const ListQuery &query, const Table &table)
{
    QList<SortKey> keys;
    for (const auto &[name, direction] : query.sort) {
        const Field *field = table.fieldNamed(name);
        if (!field) {
            return Error{ErrorCode::UnknownField, {name}, {}};
        }
        keys += SortKey{field->id, direction == u"desc" ? Qt::DescendingOrder : Qt::AscendingOrder};
    }
    return keys;
}

/// All rows that match, sorted.
Result<std::vector<Row>> listedRows(
    const ListQuery &query, const TableData &table, const QueryContext &context)
{
    Filter filter;
    TRY_SET(QList<SortKey> keys, sortKeys(query, table.definition()));
    if (!query.view.isEmpty()) {
        const auto &views = table.definition().views;
        const auto view = std::find_if(views.cbegin(), views.cend(), [&](const View &each) {
            return each.id.text() == query.view || each.name == query.view;
        });
        if (view == views.cend()) {
            return Error{
                ErrorCode::NotFound, {QStringLiteral("The view “%1”").arg(query.view)}, {}};
        }
        filter = view->filter;
        keys = keys.isEmpty() ? view->sort : keys;
    }
    RowTest test = compileKeptFilter(filter, table, context);
    if (!query.formula.isEmpty()) {
        TRY_SET(const Expression expression,
            parseExpression(query.formula, table.definition(), context.tables));
        test = allOf({test, formulaTest(expression, table, context)});
    }
    const QDeadlineTimer deadline(QueryTime);
    std::vector<Row> rows = matchingRows(table, test, std::numeric_limits<size_t>::max(), deadline);
    if (deadline.hasExpired()) {
        return Error{ErrorCode::TooSlow, {QString::number(QueryTime.count())}, {}};
    }
    if (keys.isEmpty()) {
        sortByAge(rows, table);
    }
    // The first page needs the first records in order only; later ones find their place in all.
    sortRows(
        rows, table, keys, context, query.offset.isEmpty() ? size_t(query.pageSize) : rows.size());
    return rows;
}

/// Where the next page begins: the last record of this one, so that nothing is skipped or repeated
/// when records come and go between pages; and its position, for when it has gone itself.
QString offsetAfter(const TableData &table, const std::vector<Row> &rows, size_t end)
{
    return QStringLiteral("%1/%2").arg(table.recordId(rows[end - 1]).text()).arg(end);
}

Result<size_t> startOf(const QString &offset, const TableData &table, const std::vector<Row> &rows)
{
    if (offset.isEmpty()) {
        return size_t(0);
    }
    const auto last = RecordId::fromText(offset.section(u'/', 0, 0));
    bool ok = false;
    const size_t position = offset.section(u'/', 1).toULongLong(&ok);
    if (!last || !ok) {
        return Error{ErrorCode::Invalid, {QStringLiteral("offset")}, {}};
    }
    const auto row = table.aliveRow(*last);
    const auto found = row ? std::find(rows.cbegin(), rows.cend(), *row) : rows.cend();
    return found == rows.cend() ? std::min(position, rows.size())
                                : size_t(found - rows.cbegin()) + 1;
}

Result<std::string> listed(ListQuery query, const TableData &table, const QueryContext &context)
{
    for (const QString &name : std::as_const(query.fields)) {
        const Field *field = table.definition().fieldNamed(name);
        if (!field) {
            return Error{ErrorCode::UnknownField, {name}, {}};
        }
        query.format.fields += field->id;
    }
    TRY_SET(std::vector<Row> rows, listedRows(query, table, context));
    if (query.maxRecords >= 0 && rows.size() > size_t(query.maxRecords)) {
        rows.resize(size_t(query.maxRecords));
    }
    TRY_SET(const size_t first, startOf(query.offset, table, rows));
    const size_t end = std::min(rows.size(), first + size_t(query.pageSize));
    std::string json("{\"records\":[");
    for (size_t i = first; i < end; ++i) {
        json.append(i == first ? "" : ",");
        appendRecordJson(json, table, rows[i], query.format, context.fields);
    }
    json.push_back(']');
    if (end < rows.size()) {
        json.append(",\"offset\":");
        appendJsonText(json, offsetAfter(table, rows, end).toUtf8());
    }
    json.push_back('}');
    return json;
}

void list(ApiServices &s, const ApiCall &call, const Result<ListQuery> &query)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    if (!table || !query) {
        return call.fail(table ? query.error() : table.error());
    }
    // On a worker, over the immutable snapshot: a long query delays nobody.
    WorkerPool::instance().post([call, base = base.value(), table = table.value(),
                                    query = query.value(), now = s.host.clock().nowMs()] {
        const QueryContext context{{base.snapshot->people(), QLocale::c(), query.zone, now},
            call.caller.account.id, Qt::Monday, base.snapshot.get()};
        const auto reply = listed(query, *table, context);
        reply ? call.replyText(reply.value()) : call.fail(reply.error());
    });
}

void getRecord(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    if (!table) {
        return call.fail(table.error());
    }
    const auto id = RecordId::fromText(call.parameter("record"));
    const auto row = id ? table.value()->aliveRow(*id) : std::nullopt;
    if (!row) {
        return call.fail({ErrorCode::UnknownRecord, {call.parameter("record")}, {}});
    }
    call.reply(recordJson(*table.value(), *row, {},
        {base.value().snapshot->people(), QLocale::c(), QTimeZone::utc(), 0}));
}

QJsonObject cellHistoryJson(const CellChange &cell, const Field &field, const FieldContext &context)
{
    const FieldType &type = fieldType(field.kind);
    return {{QStringLiteral("field"), field.name}, {QStringLiteral("fieldId"), field.id.text()},
        {QStringLiteral("before"), type.toJson(cell.before, field, context)},
        {QStringLiteral("after"), type.toJson(cell.after, field, context)}};
}

QJsonObject commitHistoryJson(
    const Commit &commit, RecordId record, const TableData &table, const Document &document)
{
    const FieldContext context{document.people()};
    const Person *actor = document.people().person(commit.stamp.actor);
    QJsonArray cells;
    QString kind = QStringLiteral("edited");
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        if (!records) {
            continue;
        }
        for (const RecordChange &each : records->records) {
            if (each.record == record) {
                kind = !each.isAlive ? QStringLiteral("deleted")
                    : each.isNew     ? QStringLiteral("created")
                                     : QStringLiteral("restored");
            }
        }
        for (const CellChange &cell : records->cells) {
            const Field *field = table.definition().field(cell.field);
            // When and by whom a field was changed stands there anyway.
            const bool isTold = field && !field->isTrashed && field->watched.isEmpty();
            if (cell.record == record && isTold) {
                cells += cellHistoryJson(cell, *field, context);
            }
        }
    }
    return {{QStringLiteral("revision"), qint64(commit.revision)}, {QStringLiteral("kind"), kind},
        {QStringLiteral("time"), isoMoment(Moment{commit.stamp.timeMs})},
        {QStringLiteral("user"),
            QJsonObject{{QStringLiteral("id"), commit.stamp.actor.text()},
                {QStringLiteral("name"), actor ? actor->name : QString()}}},
        {QStringLiteral("changes"), cells}};
}

void history(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    const auto id = RecordId::fromText(call.parameter("record"));
    if (!table || !id || !table.value()->row(*id)) {
        return call.fail(table ? Error{ErrorCode::UnknownRecord, {call.parameter("record")}, {}}
                               : table.error());
    }
    const Row row = *table.value()->row(*id);
    s.host.writer().post([&s, call, base = base.value(), table = table.value(), id = *id, row] {
        const auto commits =
            s.host.store().historyOf(base.id, table->definition().id, row, id, 1000);
        if (!commits) {
            return call.fail(commits.error());
        }
        QJsonArray entries;
        for (const Commit &commit : commits.value()) {
            entries += commitHistoryJson(commit, id, *table, *base.snapshot);
        }
        call.reply({{QStringLiteral("history"), entries}});
    });
}

void search(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    if (!base) {
        return call.fail(base.error());
    }
    const QString text =
        call.request.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded).trimmed();
    if (text.isEmpty()) {
        return call.fail({ErrorCode::MissingValue, {QStringLiteral("q")}, {}});
    }
    WorkerPool::instance().post([call, base = base.value(), text] {
        const QueryContext context{{base.snapshot->people()}, call.caller.account.id};
        constexpr size_t Most = 100;
        std::string results;
        size_t count = 0;
        for (const TableId id : base.snapshot->liveTables()) {
            const TableData &table = *base.snapshot->table(id);
            QList<FieldId> fields;
            for (const Field &field : table.definition().liveFields()) {
                fields += field.id;
            }
            std::string name(",\"table\":");
            appendJsonText(name, table.definition().name.toUtf8());
            for (const Row row :
                matchingRows(table, containsText(text, table, fields, context), Most - count)) {
                results.append(count++ == 0 ? "" : ",");
                appendRecordJson(results, table, row, {}, context.fields, name);
            }
        }
        call.replyText("{\"results\":[" + results + "]}");
    });
}

} // namespace

QList<Route> recordReadRoutes(ApiServices &s)
{
    return {
        {"GET", QStringLiteral("/v0/:base/:table"), false,
            [&s](const ApiCall &c) { list(s, c, queryFromUrl(c.request.query)); }},
        {"POST", QStringLiteral("/v0/:base/:table/listRecords"), false,
            [&s](const ApiCall &c) {
                const auto body = jsonBody(c.request);
                list(s, c, body ? queryFromJson(body.value()) : body.error());
            }},
        {"GET", QStringLiteral("/v0/:base/:table/:record"), false,
            [&s](const ApiCall &c) { getRecord(s, c); }},
        {"GET", QStringLiteral("/api/:base/:table/:record/history"), false,
            [&s](const ApiCall &c) { history(s, c); }},
        {"GET", QStringLiteral("/api/:base/search"), false,
            [&s](const ApiCall &c) { search(s, c); }},
    };
}

} // namespace casebase
