// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/RecordJson.h"
#include "server/http/SchemaJson.h"
#include "shared/document/Press.h"
#include "shared/field/DateFields.h"

namespace casebase {

namespace {

const char *const StateNames[] = {"running", "approved", "rejected", "withdrawn"};
const char *const TaskNames[] = {"open", "approved", "rejected", "notNeeded"};

QString nameOf(const Document &document, UserId id)
{
    const Person *person = document.people().person(id);
    return person ? person->name : id.text();
}

QJsonValue timeJson(qint64 ms)
{
    return ms > 0 ? QJsonValue(isoMoment(Moment{ms})) : QJsonValue();
}

QJsonObject stepJson(const Step &step, const Document &document, qint64 nowMs)
{
    QJsonArray people;
    for (const Task &task : step.tasks) {
        people += QJsonObject{{QStringLiteral("task"), task.id.text()},
            {QStringLiteral("user"), task.assignee.text()},
            {QStringLiteral("name"), nameOf(document, task.assignee)},
            {QStringLiteral("verdict"), QString::fromLatin1(TaskNames[size_t(task.state)])},
            {QStringLiteral("comment"), task.comment},
            {QStringLiteral("decided"), timeJson(task.decidedMs)}};
    }
    const qint64 end = step.leftMs > 0 ? step.leftMs : nowMs;
    return {{QStringLiteral("node"), step.node}, {QStringLiteral("name"), step.name},
        {QStringLiteral("entered"), timeJson(step.enteredMs)},
        {QStringLiteral("left"), timeJson(step.leftMs)},
        {QStringLiteral("seconds"), (end - step.enteredMs) / 1000},
        {QStringLiteral("note"), step.note}, {QStringLiteral("people"), people}};
}

QJsonObject progressJson(const Instance &instance, const Document &document, qint64 nowMs)
{
    QJsonArray steps;
    for (const Step &step : instance.steps) {
        steps += stepJson(step, document, nowMs);
    }
    const TableData *table = document.table(instance.table);
    const Workflow *workflow = table ? table->definition().workflow(instance.workflow) : nullptr;
    return {{QStringLiteral("instance"), instance.id.text()},
        {QStringLiteral("workflow"), workflow ? workflow->name : QString()},
        {QStringLiteral("version"), instance.version},
        {QStringLiteral("state"), QString::fromLatin1(StateNames[size_t(instance.state)])},
        {QStringLiteral("starter"), nameOf(document, instance.starter)},
        {QStringLiteral("started"), timeJson(instance.startedMs)},
        {QStringLiteral("ended"), timeJson(instance.endedMs)}, {QStringLiteral("steps"), steps}};
}

QJsonObject taskJson(const Task &task, const Step &step, const Instance &instance,
    const BaseRow &base, const Document &document)
{
    QJsonObject json{{QStringLiteral("id"), task.id.text()},
        {QStringLiteral("base"), base.id.text()}, {QStringLiteral("baseName"), base.name},
        {QStringLiteral("instance"), instance.id.text()}, {QStringLiteral("node"), step.node},
        {QStringLiteral("nodeName"), step.name},
        {QStringLiteral("state"), QString::fromLatin1(TaskNames[size_t(task.state)])},
        {QStringLiteral("since"), timeJson(step.enteredMs)},
        {QStringLiteral("starter"), nameOf(document, instance.starter)},
        {QStringLiteral("comment"), task.comment}};
    const TableData *table = document.table(instance.table);
    const auto row = table ? table->aliveRow(instance.record) : std::nullopt;
    if (!row) {
        return json;
    }
    json.insert(QStringLiteral("table"), table->definition().name);
    json.insert(QStringLiteral("record"), recordJson(*table, *row, {}, {document.people()}));
    json.insert(QStringLiteral("seen"), qint64(table->meta(*row).revision));
    QJsonArray editable;
    const Workflow *workflow = table->definition().workflow(instance.workflow);
    const WorkflowVersion *version = workflow ? workflow->version(instance.version) : nullptr;
    for (const WorkflowNode &node : version ? version->nodes : QList<WorkflowNode>()) {
        for (const FieldId id : node.id == step.node ? node.editable : QList<FieldId>()) {
            const Field *field = table->definition().field(id);
            editable += field ? field->name : id.text();
        }
    }
    json.insert(QStringLiteral("editable"), editable);
    return json;
}

void tasks(ApiServices &s, const ApiCall &call)
{
    const auto item = [&](const char *key, const QString &fallback) {
        const QString value = call.request.query.queryItemValue(QLatin1String(key));
        return value.isEmpty() ? fallback : value;
    };
    const bool wantsOpen = item("state", QStringLiteral("open")) == u"open";
    const bool asStarter = item("role", QStringLiteral("assignee")) == u"starter";
    const UserId me = call.caller.account.id;
    QJsonArray found;
    for (const BaseRow &base : s.host.bases()) {
        const Snapshot document = s.host.snapshot(base.id);
        if (!VisibleDocument::of(*document, call.caller.actor())) {
            continue;
        }
        for (const Instance &instance : document->instances()) {
            for (const Step &step : instance.steps) {
                for (const Task &task : step.tasks) {
                    const bool isMine = asStarter ? instance.starter == me : task.assignee == me;
                    if (isMine && (task.state == TaskState::Pending) == wantsOpen) {
                        found += taskJson(task, step, instance, base, *document);
                    }
                }
            }
        }
    }
    call.reply({{QStringLiteral("tasks"), found}});
}

struct FoundInstance {
    BaseRow base;
    Snapshot document;
    Instance instance;
};

template <class Matches>
Result<FoundInstance> findInstance(ApiServices &s, const ApiCall &call, Matches matches)
{
    for (const BaseRow &base : s.host.bases()) {
        const Snapshot document = s.host.snapshot(base.id);
        if (!VisibleDocument::of(*document, call.caller.actor())) {
            continue;
        }
        for (const Instance &instance : document->instances()) {
            if (matches(instance)) {
                return FoundInstance{base, document, instance};
            }
        }
    }
    return Error{ErrorCode::NotFound, {QStringLiteral("The task")}, {}};
}

auto progressReply(ApiServices &s, InstanceId id)
{
    return [&s, id](const Outcome &, const Document &after) {
        return progressJson(*after.instance(id), after, s.host.clock().nowMs());
    };
}

void act(ApiServices &s, const ApiCall &call)
{
    const auto task = TaskId::fromText(call.parameter("task"));
    const QString verb = call.parameter("verb");
    const auto body = jsonBody(call.request);
    if (!body) {
        return call.fail(body.error());
    }
    if (verb != u"approve" && verb != u"reject") {
        return call.fail(
            {ErrorCode::Invalid, {QStringLiteral("“%1” is no verb of a task").arg(verb)}, {}});
    }
    const auto found =
        findInstance(s, call, [&](const Instance &each) { return task && each.task(*task); });
    if (!found) {
        return call.fail(found.error());
    }
    const Done known = onlyKeys(body.value(), {"comment", "fields", "seen"});
    const FoundInstance &where = found.value();
    const TableData *table = where.document->table(where.instance.table);
    QList<Field> changed;
    const auto values = valuesFromJson(body.value().value(QLatin1String("fields")).toObject(),
        table->definition(), {where.document->people()}, false, changed);
    if (!known || !values) {
        return call.fail(known ? values.error() : known.error());
    }
    const ActOnTask action{*task, where.instance.id,
        verb == u"approve" ? TaskVerb::Approve : TaskVerb::Reject,
        body.value().value(QLatin1String("comment")).toString(), values.value(),
        quint64(body.value().value(QLatin1String("seen")).toInteger(0))};
    submitAndReply(s, call, where.base.id, action, progressReply(s, where.instance.id));
}

void withdraw(ApiServices &s, const ApiCall &call)
{
    const auto id = InstanceId::fromText(call.parameter("instance"));
    const auto found =
        findInstance(s, call, [&](const Instance &each) { return id && each.id == *id; });
    if (!found) {
        return call.fail(found.error());
    }
    submitAndReply(s, call, found.value().base.id, WithdrawInstance{*id}, progressReply(s, *id));
}

void start(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto body = jsonBody(call.request);
    if (!base || !body) {
        return call.fail(base ? body.error() : base.error());
    }
    const QString wanted = call.parameter("workflow");
    const auto record = RecordId::fromText(body.value().value(QLatin1String("record")).toString());
    for (const TableId id : base.value().snapshot->liveTables()) {
        const TableData &table = *base.value().snapshot->table(id);
        for (const Workflow &workflow : table.definition().workflows) {
            if (workflow.id.text() != wanted && workflow.name != wanted) {
                continue;
            }
            if (!record || !table.aliveRow(*record)) {
                return call.fail({ErrorCode::UnknownRecord,
                    {body.value().value(QLatin1String("record")).toString()}, {}});
            }
            const StartWorkflow request{s.host.ids().next<InstanceId>(), id, workflow.id, *record};
            return submitAndReply(
                s, call, base.value().id, request, [request](const Outcome &, const Document &) {
                    return QJsonObject{{QStringLiteral("instance"), request.instance.text()},
                        {QStringLiteral("record"), request.record.text()}};
                });
        }
    }
    call.fail({ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}});
}

void progress(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    const auto record = RecordId::fromText(call.parameter("record"));
    if (!table || !record || !table.value()->aliveRow(*record)) {
        return call.fail(table ? Error{ErrorCode::UnknownRecord, {call.parameter("record")}, {}}
                               : table.error());
    }
    const Document &document = *base.value().snapshot;
    const Instance *instance = document.instanceOf(table.value()->definition().id, *record);
    call.reply(instance ? progressJson(*instance, document, s.host.clock().nowMs())
                        : QJsonObject{{QStringLiteral("steps"), QJsonArray()}});
}

/// Presses a button of a record.
void pressButton(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    if (!table) {
        return call.fail(table.error());
    }
    const Document &document = *base.value().snapshot;
    const Table &definition = table.value()->definition();
    const auto record = RecordId::fromText(call.parameter("record"));
    const Field *field = definition.fieldNamed(call.parameter("field"));
    const qint64 nowMs = s.host.clock().nowMs();
    const QTimeZone &zone = s.host.zone();
    const auto pressed = field ? press(document, definition.id, record.value_or(RecordId()),
                             field->id, call.caller.account.id, s.host.ids().next<InstanceId>(),
                             {document.people(), QLocale::c(), zone, nowMs}, {nowMs, zone})
                               : Error{ErrorCode::UnknownField, {call.parameter("field")}, {}};
    if (!pressed) {
        return call.fail(pressed.error());
    }
    if (const auto *link = std::get_if<QString>(&pressed.value())) {
        return call.reply({{QStringLiteral("url"), *link}});
    }
    const auto &request = std::get<Request>(pressed.value());
    const auto *started = std::get_if<StartWorkflow>(&request);
    submitAndReply(s, call, base.value().id, request,
        [table = definition.id, record = *record,
            instance = started ? started->instance.text() : QString()](
            const Outcome &, const Document &after) {
            if (!instance.isEmpty()) {
                return QJsonObject{{QStringLiteral("instance"), instance},
                    {QStringLiteral("record"), record.text()}};
            }
            const TableData &data = *after.table(table);
            return recordJson(data, *data.row(record), {}, {after.people()});
        });
}

} // namespace

QList<Route> workRoutes(ApiServices &s)
{
    return {
        {"GET", QStringLiteral("/api/tasks"), false, [&s](const ApiCall &c) { tasks(s, c); }},
        {"POST", QStringLiteral("/api/tasks/:task/:verb"), false,
            [&s](const ApiCall &c) { act(s, c); }},
        {"POST", QStringLiteral("/api/instances/:instance/withdraw"), false,
            [&s](const ApiCall &c) { withdraw(s, c); }},
        {"POST", QStringLiteral("/api/:base/workflows/:workflow/start"), false,
            [&s](const ApiCall &c) { start(s, c); }},
        {"GET", QStringLiteral("/api/:base/:table/:record/progress"), false,
            [&s](const ApiCall &c) { progress(s, c); }},
        {"POST", QStringLiteral("/api/:base/:table/:record/press/:field"), false,
            [&s](const ApiCall &c) { pressButton(s, c); }},
    };
}

} // namespace casebase
