// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/RecordJson.h"
#include "server/http/SchemaJson.h"
#include "shared/document/PlanRules.h"
#include "shared/document/TitleFinder.h"
#include "shared/support/ErrorText.h"

#include <QJsonDocument>

namespace casebase {

namespace {

constexpr qsizetype RecordsPerCall = 1000;

/// One call that changes records: where, and how values are read.
struct RecordCall {
    ApiServices &services;
    const ApiCall &call;
    BaseView base;
    const TableData &table;
    QJsonObject body;
    FieldContext context;
    QList<Field> changedFields; ///< Fields that get new options by typecast.

    bool typecast() const { return body.value(QLatin1String("typecast")).toBool(); }
    TableId tableId() const { return table.definition().id; }

    Result<QList<FieldValue>> values(const QJsonObject &fields)
    {
        return valuesFromJson(fields, table.definition(), context, typecast(), changedFields);
    }

    /// Options first, then what uses them.
    void submit(QList<Operation> operations, StoredReply reply) const
    {
        QList<Operation> all;
        for (const Field &field : changedFields) {
            const qsizetype known = table.definition().field(field.id)->options.size();
            all += AddOptions{field.id, field.options.mid(known)};
        }
        submitThen(services, call, base.id, Edit{all + operations}, std::move(reply));
    }
};

void withRecordCall(
    ApiServices &services, const ApiCall &call, const std::function<Done(RecordCall &)> &handle)
{
    const auto base = visibleBase(services, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    const auto body = jsonBody(call.request);
    if (!table || !body) {
        return call.fail(table ? body.error() : table.error());
    }
    RecordCall record{services, call, base.value(), *table.value(), body.value(),
        {base.value().snapshot->people(), QLocale::c(), QTimeZone::utc(),
            services.host.clock().nowMs(), std::make_shared<TitleFinder>(*base.value().snapshot)},
        {}};
    const Done done = handle(record);
    if (!done) {
        call.fail(done.error());
    }
}

/// What a reply shows of the records that a call has changed.
struct RecordsReply {
    ApiCall call;
    TableId table;
    QList<RecordId> ids;
    bool isSingle = false;
    bool byFieldId = false;
    qint64 nowMs = 0;
    std::string more = {}; ///< Further members of the reply.

    void operator()(const Outcome &, const Document &after) const
    {
        const TableData &data = *after.table(table);
        const FieldContext context{after.people()};
        RecordFormat format;
        format.byFieldId = byFieldId;
        std::string json(isSingle ? "" : "{\"records\":[");
        bool isFirst = true;
        for (const RecordId id : ids) {
            if (const auto row = data.aliveRow(id)) {
                json.append(isFirst ? "" : ",");
                isFirst = false;
                appendRecordJson(json, data, *row, format, context);
            }
        }
        const std::string said = warnings(after, data);
        if (!isSingle) {
            json.append("]" + more + said + "}");
        } else if (!said.empty() && !json.empty()) {
            json.insert(json.size() - 1, said);
        }
        call.replyText(json.empty() ? "{}" : json);
    }

private:
    /// Which rules, of those that only warn, the records break now; empty if they break none.
    std::string warnings(const Document &after, const TableData &data) const
    {
        QList<Field> fields = data.definition().liveFields();
        fields.removeIf([](const Field &field) { return !field.rules.onlyWarns; });
        QList<Row> rows;
        for (const RecordId id : ids) {
            if (const auto row = data.aliveRow(id)) {
                rows += *row;
            }
        }
        QJsonArray said;
        for (const BrokenRule &each : fields.isEmpty()
                ? QList<BrokenRule>()
                : brokenRules(after, data, rows, fields,
                    {after.people(), QLocale::c(), QTimeZone::utc(), nowMs})) {
            said += QJsonObject{{QStringLiteral("id"), each.record.text()},
                {QStringLiteral("field"),
                    byFieldId ? each.field.text() : data.definition().field(each.field)->name},
                {QStringLiteral("type"), QString::fromLatin1(errorText(each.error.code).type)},
                {QStringLiteral("message"), englishSentence(each.error)}};
        }
        return said.isEmpty()
            ? std::string()
            : ",\"warnings\":" + QJsonDocument(said).toJson(QJsonDocument::Compact).toStdString();
    }
};

RecordsReply replyFor(const RecordCall &c, const QList<RecordId> &ids, bool isSingle)
{
    return {c.call, c.tableId(), ids, isSingle,
        c.body.value(QLatin1String("returnFieldsByFieldId")).toBool(), c.context.nowMs};
}

/// {records: [{…}]} or one record itself.
Result<QList<QJsonObject>> recordObjects(const QJsonObject &body)
{
    TRY(onlyKeys(
        body, {"records", "fields", "typecast", "id", "performUpsert", "returnFieldsByFieldId"}));
    QList<QJsonObject> objects;
    if (!body.contains(QLatin1String("records"))) {
        if (!body.value(QLatin1String("fields")).isObject()) {
            return Error{ErrorCode::MissingValue, {QStringLiteral("fields")}, {}};
        }
        objects += body;
        return objects;
    }
    for (const QJsonValue &each : body.value(QLatin1String("records")).toArray()) {
        TRY(onlyKeys(each.toObject(), {"id", "fields", "createdTime"}, QStringLiteral("records")));
        objects += each.toObject();
    }
    if (objects.size() > RecordsPerCall) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("records"), QString::number(RecordsPerCall)}, {}};
    }
    return objects;
}

QJsonObject fieldsOf(const QJsonObject &record)
{
    return record.value(QLatin1String("fields")).toObject();
}

Done create(RecordCall &c)
{
    TRY_SET(const QList<QJsonObject> objects, recordObjects(c.body));
    CreateRecords create{c.tableId(), {}};
    QList<RecordId> ids;
    for (const QJsonObject &object : objects) {
        TRY_SET(const QList<FieldValue> values, c.values(fieldsOf(object)));
        ids += c.services.host.ids().next<RecordId>();
        create.records += NewRecord{ids.last(), values};
    }
    const bool isSingle = !c.body.contains(QLatin1String("records"));
    c.submit({create}, replyFor(c, ids, isSingle));
    return Ok;
}

/// Cells of one record to the given values; with `replace`, all others that can be written are
/// emptied.
Done appendEdits(
    RecordCall &c, EditCells &edit, RecordId record, QList<FieldValue> values, bool replace)
{
    if (!c.table.aliveRow(record)) {
        return Error{ErrorCode::UnknownRecord, {record.text()}, {}};
    }
    if (replace) {
        for (const Field &field : c.table.definition().liveFields()) {
            const bool given = std::any_of(values.cbegin(), values.cend(),
                [&](const FieldValue &each) { return each.field == field.id; });
            if (!given && !field.isSystem && !field.isComputed()) {
                values += FieldValue{field.id, {}};
            }
        }
    }
    for (const FieldValue &each : values) {
        edit.cells += CellEdit{record, each.field, each.value, {}};
    }
    return Ok;
}

/// Rows whose merge fields hold the same as the values.
QList<Row> mergeRows(
    const RecordCall &c, const QList<FieldValue> &values, const QList<FieldId> &keys)
{
    QList<Row> rows;
    for (Row row = 0; row < c.table.rowCount(); ++row) {
        const bool same =
            c.table.isAlive(row) && std::all_of(keys.cbegin(), keys.cend(), [&](FieldId key) {
                const auto given = std::find_if(values.cbegin(), values.cend(),
                    [&](const FieldValue &each) { return each.field == key; });
                return given != values.cend()
                    && c.table.value(row, *c.table.definition().field(key)) == given->value;
            });
        if (same) {
            rows += row;
        }
    }
    return rows;
}

Done upsert(RecordCall &c, const QList<QJsonObject> &objects, bool replace)
{
    const QJsonObject options = c.body.value(QLatin1String("performUpsert")).toObject();
    TRY(onlyKeys(options, {"fieldsToMergeOn"}, QStringLiteral("performUpsert")));
    QList<FieldId> keys;
    for (const QJsonValue &each : options.value(QLatin1String("fieldsToMergeOn")).toArray()) {
        const Field *field = c.table.definition().fieldNamed(each.toString());
        if (!field) {
            return Error{ErrorCode::UnknownField, {each.toString()}, {}};
        }
        keys += field->id;
    }
    EditCells edit{c.tableId(), {}, false};
    CreateRecords create{c.tableId(), {}};
    QList<RecordId> ids;
    QJsonArray created;
    QJsonArray updated;
    for (const QJsonObject &object : objects) {
        TRY_SET(const QList<FieldValue> values, c.values(fieldsOf(object)));
        const auto id = RecordId::fromText(object.value(QLatin1String("id")).toString());
        const QList<Row> rows = id || keys.isEmpty() ? QList<Row>() : mergeRows(c, values, keys);
        if (rows.size() > 1) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("fieldsToMergeOn match more than one record")}, {}};
        }
        if (id || !rows.isEmpty()) {
            ids += id ? *id : c.table.recordId(rows.first());
            updated += ids.last().text();
            TRY(appendEdits(c, edit, ids.last(), values, replace));
        } else {
            ids += c.services.host.ids().next<RecordId>();
            created += ids.last().text();
            create.records += NewRecord{ids.last(), values};
        }
    }
    RecordsReply reply = replyFor(c, ids, false);
    reply.more =
        ",\"createdRecords\":" + QJsonDocument(created).toJson(QJsonDocument::Compact).toStdString()
        + ",\"updatedRecords\":"
        + QJsonDocument(updated).toJson(QJsonDocument::Compact).toStdString();
    c.submit({create, edit}, reply);
    return Ok;
}

Done change(RecordCall &c, bool replace)
{
    TRY_SET(QList<QJsonObject> objects, recordObjects(c.body));
    if (c.body.contains(QLatin1String("performUpsert"))) {
        return upsert(c, objects, replace);
    }
    const QString single = c.call.parameter("record");
    if (!single.isEmpty()) {
        objects.first().insert(QStringLiteral("id"), single);
    }
    EditCells edit{c.tableId(), {}, false};
    QList<RecordId> ids;
    for (const QJsonObject &object : objects) {
        const QString text = object.value(QLatin1String("id")).toString();
        const auto id = RecordId::fromText(text);
        if (!id) {
            return Error{ErrorCode::UnknownRecord, {text}, {}};
        }
        TRY_SET(const QList<FieldValue> values, c.values(fieldsOf(object)));
        TRY(appendEdits(c, edit, *id, values, replace));
        ids += *id;
    }
    c.submit({edit}, replyFor(c, ids, !single.isEmpty()));
    return Ok;
}

Done remove(RecordCall &c)
{
    QStringList texts;
    for (const auto &[key, value] : c.call.request.query.queryItems(QUrl::FullyDecoded)) {
        if (key.startsWith(QLatin1String("records"))) {
            texts += value;
        }
    }
    const QString single = c.call.parameter("record");
    if (!single.isEmpty()) {
        texts = {single};
    }
    DeleteRecords remove{c.tableId(), {}};
    for (const QString &text : texts) {
        const auto id = RecordId::fromText(text);
        if (!id || !c.table.aliveRow(*id)) {
            return Error{ErrorCode::UnknownRecord, {text}, {}};
        }
        remove.records += *id;
    }
    if (remove.records.isEmpty()) {
        return Error{ErrorCode::MissingValue, {QStringLiteral("records[]")}, {}};
    }
    c.submit({remove},
        [call = c.call, texts, isSingle = !single.isEmpty()](const Outcome &, const Document &) {
            QJsonArray deleted;
            for (const QString &text : texts) {
                deleted +=
                    QJsonObject{{QStringLiteral("id"), text}, {QStringLiteral("deleted"), true}};
            }
            call.reply(isSingle ? deleted.at(0).toObject()
                                : QJsonObject{{QStringLiteral("records"), deleted}});
        });
    return Ok;
}

void restore(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto body = jsonBody(call.request);
    if (!base || !body) {
        return call.fail(base ? body.error() : base.error());
    }
    const TableData *table =
        base.value().snapshot->tableNamed(body.value().value(QLatin1String("table")).toString());
    if (!table) {
        return call.fail(
            {ErrorCode::UnknownTable, {body.value().value(QLatin1String("table")).toString()}, {}});
    }
    RestoreRecords restore{table->definition().id, {}};
    for (const QJsonValue &each : body.value().value(QLatin1String("records")).toArray()) {
        const auto id = RecordId::fromText(each.toString());
        if (!id) {
            return call.fail({ErrorCode::UnknownRecord, {each.toString()}, {}});
        }
        restore.records += *id;
    }
    submitThen(s, call, base.value().id, Edit{{restore}},
        RecordsReply{call, restore.table, restore.records, false, false, s.host.clock().nowMs()});
}

} // namespace

QList<Route> recordRoutes(ApiServices &s)
{
    const QString table = QStringLiteral("/v0/:base/:table");
    const QString record = QStringLiteral("/v0/:base/:table/:record");
    const auto changing = [&s](bool replace) {
        return [&s, replace](const ApiCall &c) {
            withRecordCall(s, c, [replace](RecordCall &r) { return change(r, replace); });
        };
    };
    const auto removing = [&s](const ApiCall &c) { withRecordCall(s, c, remove); };
    return {
        {"POST", table, false, [&s](const ApiCall &c) { withRecordCall(s, c, create); }},
        {"PATCH", table, false, changing(false)},
        {"PUT", table, false, changing(true)},
        {"DELETE", table, false, removing},
        {"PATCH", record, false, changing(false)},
        {"PUT", record, false, changing(true)},
        {"DELETE", record, false, removing},
        {"POST", QStringLiteral("/api/:base/trash/restore"), false,
            [&s](const ApiCall &c) { restore(s, c); }},
    };
}

} // namespace casebase
