// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/RecordJson.h"
#include "server/http/SchemaJson.h"
#include "shared/document/TitleFinder.h"
#include "shared/field/DateFields.h"
#include "shared/query/Sort.h"
#include "shared/support/FileName.h"
#include "shared/support/Text.h"
#include "shared/transfer/Import.h"

#include <QFile>
#include <QRegularExpression>

namespace casebase {

namespace {

QString item(const ApiCall &call, const char *key)
{
    return call.request.query.queryItemValue(QLatin1String(key), QUrl::FullyDecoded);
}

/// As it was declared, if that is one.
QString mediaType(const QByteArray &declared)
{
    static const QRegularExpression pattern(QStringLiteral("^[\\w.+-]+/[\\w.+-]+$"));
    const QString type = QString::fromLatin1(declared.split(';').first().trimmed());
    return pattern.match(type).hasMatch() && type.size() <= NameLimit
        ? type.toLower()
        : QStringLiteral("application/octet-stream");
}

void upload(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    if (!base) {
        return call.fail(base.error());
    }
    const QString name = item(call, "name");
    if (name.isEmpty() || roleOf(*base.value().snapshot, call.caller.actor()) < Role::Editor
        || !call.caller.actor().has(Scope::Write)) {
        return call.fail(name.isEmpty()
                ? Error{ErrorCode::MissingValue, {QStringLiteral("name")}, {}}
                : Error{ErrorCode::Forbidden, {QStringLiteral("attaching files")}, {}});
    }
    WorkerPool::instance().post([&s, call, base = base.value().id, name] {
        const auto hash = s.files.put(call.request.body);
        if (!hash) {
            return call.fail(hash.error());
        }
        const Attachment file{s.host.ids().next<FileId>(), safeFileName(name),
            call.request.body.size(), mediaType(call.request.headers.value("content-type"))};
        Done done = Ok;
        s.host.writer().runAndWait([&] {
            done = s.host.store().files().add(
                {file, hash.value(), base}, call.caller.account.id, s.host.clock().nowMs());
        });
        if (!done) {
            return call.fail(done.error());
        }
        call.reply({{QStringLiteral("id"), file.id.text()}, {QStringLiteral("filename"), file.name},
            {QStringLiteral("size"), file.size}, {QStringLiteral("type"), file.mimeType}});
    });
}

void download(ApiServices &s, const ApiCall &call)
{
    s.host.writer().post([&s, call] {
        const auto id = FileId::fromText(call.parameter("file"));
        const auto found =
            id ? s.host.store().files().file(*id) : Result<std::optional<StoredFile>>(std::nullopt);
        if (!found) {
            return call.fail(found.error());
        }
        const Snapshot document = found.value() ? s.host.snapshot(found.value()->base) : Snapshot();
        if (!document || !VisibleDocument::of(*document, call.caller.actor())) {
            return call.fail({ErrorCode::NotFound, {QStringLiteral("The file")}, {}});
        }
        WorkerPool::instance().post([&s, call, stored = *found.value()] {
            const auto bytes = s.files.get(stored.hash);
            if (!bytes) {
                return call.fail(bytes.error());
            }
            HttpReply reply;
            // Always a download, whatever somebody declared it to be: nothing that was uploaded
            // runs in a page of this server.
            reply.contentType = "application/octet-stream";
            reply.body = bytes.value();
            reply.headers += {"Content-Disposition",
                "attachment; filename*=UTF-8''"
                    + QUrl::toPercentEncoding(safeFileName(stored.file.name))};
            reply.headers += std::pair<QByteArray, QByteArray>(
                "Content-Security-Policy", "sandbox; default-src 'none'");
            call.respond(reply);
        });
    });
}

QByteArray exportedCsv(const TableData &table, const QueryContext &context, const View *view)
{
    QString text = QStringLiteral("\uFEFF");
    const QList<Field> fields = table.definition().liveFields();
    QStringList cells;
    for (const Field &field : fields) {
        cells += csvCell(field.name);
    }
    text += cells.join(u',') + QLatin1String("\r\n");
    std::vector<Row> rows =
        matchingRows(table, compileKeptFilter(view ? view->filter : Filter(), table, context));
    sortByAge(rows, table);
    sortRows(rows, table, view ? view->sort : QList<SortKey>(), context);
    for (const Row row : rows) {
        cells.clear();
        for (const Field &field : fields) {
            cells += csvCell(
                fieldType(field.kind).format(table.value(row, field), field, context.fields));
        }
        text += cells.join(u',') + QLatin1String("\r\n");
    }
    return text.toUtf8();
}

void exportTable(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    if (!table) {
        return call.fail(table.error());
    }
    const QString format = item(call, "format");
    if (!format.isEmpty() && format != u"csv") {
        return call.fail({ErrorCode::Invalid, {QStringLiteral("format must be csv")}, {}});
    }
    WorkerPool::forLongWork().post([&s, call, base = base.value(), table = table.value()] {
        const QueryContext context{{base.snapshot->people(), QLocale::c(),
                                       QTimeZone::systemTimeZone(), s.host.clock().nowMs()},
            call.caller.account.id, Qt::Monday, base.snapshot.get()};
        const View *view = nullptr;
        for (const View &each : table->definition().views) {
            view = each.id.text() == item(call, "view") || each.name == item(call, "view") ? &each
                                                                                           : view;
        }
        HttpReply reply;
        reply.contentType = "text/csv; charset=utf-8";
        reply.body = exportedCsv(*table, context, view);
        call.respond(reply);
    });
}

/// Reads the file on a worker, then creates the rows in requests of 500.
void importTable(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    if (!base) {
        return call.fail(base.error());
    }
    WorkerPool::forLongWork().post([&s, call, base = base.value()] {
        const auto csv = parseCsv(call.request.body);
        if (!csv) {
            return call.fail(csv.error());
        }
        const FieldContext context{base.snapshot->people(), QLocale::c(),
            QTimeZone::systemTimeZone(), s.host.clock().nowMs(),
            std::make_shared<TitleFinder>(*base.snapshot)};
        const TableData *existing = base.snapshot->tableNamed(call.parameter("table"));
        ImportPlan plan = existing
            ? matchedImport(csv.value(), existing->definition())
            : guessedImport(csv.value(), call.parameter("table"), context, s.host.ids());
        QList<ImportFault> faults;
        QList<Operation> operations;
        if (!existing) {
            plan.table.position = int(base.snapshot->tables().size());
            operations += PutTable{plan.table};
        } else {
            operations += newOptions(plan);
        }
        RowImport import(csv.value(), plan, existing);
        operations += import.next(csv.value().rows.size(), context, s.host.ids(), faults);
        QJsonArray report;
        for (const auto &[line, why] : csv.value().faults) {
            report += QJsonObject{{QStringLiteral("line"), line}, {QStringLiteral("why"), why}};
        }
        for (const ImportFault &fault : std::as_const(faults)) {
            report += QJsonObject{{QStringLiteral("line"), fault.line},
                {QStringLiteral("field"), fault.column}, {QStringLiteral("value"), fault.text},
                {QStringLiteral("why"), fault.why}};
        }
        submitAndReply(s, call, base.id, Edit{operations},
            [report, rows = import.made(), id = plan.table.id](const Outcome &, const Document &) {
                return QJsonObject{{QStringLiteral("table"), id.text()},
                    {QStringLiteral("imported"), rows}, {QStringLiteral("faults"), report}};
            });
    });
}

QJsonObject commitJson(const Commit &commit, const Document &document)
{
    QJsonArray changes;
    const FieldContext context{document.people()};
    for (const Change &change : commit.changes.changes) {
        if (const auto *table = std::get_if<TableChange>(&change); table && table->after) {
            changes += QJsonObject{{QStringLiteral("kind"), QStringLiteral("table")},
                {QStringLiteral("table"), tableJson(*table->after, document)}};
            continue;
        }
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records ? document.table(records->table) : nullptr;
        if (!table) {
            continue;
        }
        for (const RecordChange &each : records->records) {
            changes += QJsonObject{
                {QStringLiteral("kind"),
                    each.isAlive ? QStringLiteral("created") : QStringLiteral("deleted")},
                {QStringLiteral("table"), records->table.text()},
                {QStringLiteral("record"), each.record.text()}};
        }
        for (const CellChange &cell : records->cells) {
            if (const Field *field = table->definition().field(cell.field)) {
                changes += QJsonObject{{QStringLiteral("kind"), QStringLiteral("cell")},
                    {QStringLiteral("table"), records->table.text()},
                    {QStringLiteral("record"), cell.record.text()},
                    {QStringLiteral("field"), field->id.text()},
                    {QStringLiteral("value"),
                        fieldType(field->kind).toJson(cell.after, *field, context)}};
            }
        }
    }
    return {{QStringLiteral("revision"), qint64(commit.revision)},
        {QStringLiteral("time"), isoMoment(Moment{commit.stamp.timeMs})},
        {QStringLiteral("user"), commit.stamp.actor.text()}, {QStringLiteral("changes"), changes}};
}

void changes(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    if (!base) {
        return call.fail(base.error());
    }
    bool ok = false;
    const quint64 since = item(call, "since").isEmpty() ? 0 : item(call, "since").toULongLong(&ok);
    if (!ok && !item(call, "since").isEmpty()) {
        return call.fail({ErrorCode::Invalid, {QStringLiteral("since")}, {}});
    }
    s.host.writer().post([&s, call, base = base.value(), since] {
        const auto commits = s.host.store().commitsSince(base.id, since, 500);
        if (!commits) {
            return call.fail(commits.error());
        }
        QJsonArray list;
        for (const Commit &commit : commits.value()) {
            list += commitJson(commit, *base.snapshot);
        }
        call.reply({{QStringLiteral("revision"), qint64(base.snapshot->revision())},
            {QStringLiteral("timeline"), s.host.timeline()}, {QStringLiteral("changes"), list}});
    });
}

void metrics(ApiServices &s, const ApiCall &call)
{
    QByteArray text;
    const auto add = [&](const char *name, const char *type, qint64 value) {
        text += "# TYPE " + QByteArray(name) + ' ' + type + '\n' + name + ' '
            + QByteArray::number(value) + '\n';
    };
    qint64 records = 0;
    qint64 revisions = 0;
    for (const BaseRow &base : s.host.bases()) {
        const Snapshot document = s.host.snapshot(base.id);
        revisions += qint64(document->revision());
        for (const TableId id : document->liveTables()) {
            records += document->table(id)->aliveCount();
        }
    }
    add("casebase_bases", "gauge", s.host.bases().size());
    add("casebase_records", "gauge", records);
    add("casebase_commits_total", "counter", revisions);
    HttpReply reply;
    reply.contentType = "text/plain; version=0.0.4";
    reply.body = text;
    call.respond(reply);
}

void health(ApiServices &s, const ApiCall &call)
{
    s.host.writer().post([&s, call] {
        // As a change would be stored, so that what keeps changes from being stored is noticed.
        Store &store = s.host.store();
        Done done = store.database().begin();
        if (done) {
            done = store.setSetting(
                QStringLiteral("healthy"), QString::number(s.host.clock().nowMs()));
        }
        if (done) {
            done = store.database().commit();
        }
        if (!done) {
            store.database().rollback();
        }
        done ? call.reply({{QStringLiteral("status"), QStringLiteral("ok")}})
             : call.fail(done.error());
    });
}

void openApi(const ApiCall &call)
{
    QFile file(QStringLiteral(":/web/openapi.json"));
    HttpReply reply;
    if (file.open(QIODevice::ReadOnly)) {
        reply.body = file.readAll();
    }
    call.respond(reply);
}

} // namespace

QList<Route> transferRoutes(ApiServices &s)
{
    return {
        {"GET", QStringLiteral("/healthz"), true, [&s](const ApiCall &c) { health(s, c); }},
        {"GET", QStringLiteral("/metrics"), true, [&s](const ApiCall &c) { metrics(s, c); }},
        {"GET", QStringLiteral("/api/openapi.json"), true, openApi},
        {"POST", QStringLiteral("/api/:base/attachments"), false,
            [&s](const ApiCall &c) { upload(s, c); }},
        {"GET", QStringLiteral("/api/attachments/:file"), false,
            [&s](const ApiCall &c) { download(s, c); }},
        {"GET", QStringLiteral("/api/:base/changes"), false,
            [&s](const ApiCall &c) { changes(s, c); }},
        {"POST", QStringLiteral("/api/:base/:table/import"), false,
            [&s](const ApiCall &c) { importTable(s, c); }},
        {"GET", QStringLiteral("/api/:base/:table/export"), false,
            [&s](const ApiCall &c) { exportTable(s, c); }},
    };
}

} // namespace casebase
