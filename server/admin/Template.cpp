// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Template.h"

#include "server/admin/Await.h"
#include "server/auth/Password.h"
#include "server/http/SchemaDraft.h"
#include "server/http/SchemaJson.h"
#include "shared/document/TitleFinder.h"
#include "shared/field/DateFields.h"
#include "shared/transfer/Import.h"
#include "shared/workflow/Advance.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

namespace casebase {

namespace {

Result<QJsonObject> templateJson(const QString &id)
{
    static const QRegularExpression safe(QStringLiteral("^[a-z0-9-]+$"));
    QFile file(QStringLiteral(":/templates/%1.json").arg(id));
    if (!safe.match(id).hasMatch() || !file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The template “%1”").arg(id)}, {}};
    }
    return QJsonDocument::fromJson(file.readAll()).object();
}

QString text(const QJsonObject &json, const char *key)
{
    return json.value(QLatin1String(key)).toString();
}

/// Sample cells such as "@-3 09:12" mean: three days ago at 09:12, so that samples stay fresh.
QString freshCell(const QString &cell, const QDateTime &now)
{
    static const QRegularExpression relative(QStringLiteral("^@(-?\\d+)( \\d\\d:\\d\\d)?$"));
    const auto match = relative.match(cell);
    if (!match.hasMatch()) {
        return cell;
    }
    const int days = match.captured(1).toInt();
    const QTime time = QTime::fromString(match.captured(2).trimmed(), QStringLiteral("HH:mm"));
    QDateTime moment(now.date().addDays(days), time);
    if (days <= 0 && moment > now) {
        moment = now; // Not yet that late today.
    }
    return moment.toString(
        time.isValid() ? QStringLiteral("yyyy-MM-dd HH:mm") : QStringLiteral("yyyy-MM-dd"));
}

/// Builds one base from one template.
class TemplateBuilder {
public:
    TemplateBuilder(ServerCore &core, const QJsonObject &json, const Account &owner)
        : m_core(core)
        , m_json(json)
        , m_owner(owner)
        , m_system{owner.id, AllScopes, true}
    {
    }

    Result<QList<CreatedPerson>> build(bool withSamples)
    {
        QList<Person> people{{m_owner.id, m_owner.username, m_owner.name, Role::Owner}};
        QList<CreatedPerson> created;
        if (withSamples) {
            TRY_SET(created, addPeople(people));
        }
        TRY_SET(m_base, createBaseAndWait(m_core, text(m_json, "name"), people));
        TRY_SET(const QList<TableId> tables, addTables());
        const QJsonArray definitions = m_json.value(QLatin1String("tables")).toArray();
        for (qsizetype i = 0; i < tables.size(); ++i) {
            const QJsonObject json = definitions[i].toObject();
            for (const QJsonValue &each : json.value(QLatin1String("workflows")).toArray()) {
                TRY(addWorkflow(tables[i], each.toObject(), withSamples));
            }
            TRY(addViews(tables[i], json));
        }
        // From the last to the first: links lead to tables further down.
        for (qsizetype i = withSamples ? tables.size() : 0; i-- > 0;) {
            TRY(addSamples(tables[i], definitions[i].toObject()));
        }
        return created;
    }

private:
    Snapshot document() const { return m_core.host().snapshot(m_base); }

    Result<Outcome> submit(const Actor &actor, const Request &request)
    {
        return submitAndWait(m_core, actor, m_base, request);
    }

    Result<QList<CreatedPerson>> addPeople(QList<Person> &people)
    {
        QList<CreatedPerson> created;
        for (const QJsonValue &each : m_json.value(QLatin1String("people")).toArray()) {
            const QJsonObject json = each.toObject();
            const QString username = text(json, "username");
            auto account = m_core.accounts().accountNamed(username);
            if (!account) {
                const QString password = newSecret({}).remove(u'-').remove(u'_').left(12);
                TRY_SET(account,
                    m_core.accounts().add(username, text(json, "name"), {}, password, false));
                created += CreatedPerson{username, account->name, password, text(json, "role")};
            }
            people += Person{account->id, account->username, account->name,
                roleNamed(text(json, "role")).value_or(Role::Editor)};
        }
        return created;
    }

    Result<QList<TableId>> addTables()
    {
        SchemaDraft draft(*document(), m_core.host().clock().nowMs(), m_core.host().ids());
        QList<TableId> tables;
        for (const QJsonValue &each : m_json.value(QLatin1String("tables")).toArray()) {
            const QJsonObject json = each.toObject();
            TRY_SET(const TableId table,
                draft.addTable({{QStringLiteral("name"), json.value(QLatin1String("name"))},
                    {QStringLiteral("description"), json.value(QLatin1String("description"))},
                    {QStringLiteral("fields"), json.value(QLatin1String("fields"))}}));
            tables += table;
        }
        TRY(draft.addLaterFields());
        TRY(submit(m_system, Edit{draft.operations()}));
        return tables;
    }

    /// After the workflows, whose fields a view may name.
    Done addViews(TableId id, const QJsonObject &json)
    {
        const Snapshot current = document();
        const Table &table = current->table(id)->definition();
        Edit edit{
            {RemoveView{id, table.views.first().id}}}; // The one that every table begins with.
        for (const QJsonValue &each : json.value(QLatin1String("views")).toArray()) {
            View view;
            view.id = m_core.host().ids().next<ViewId>();
            TRY_SET(view, viewFromJson(each.toObject(), view, table, fieldContext()));
            edit.operations += PutView{id, view};
        }
        TRY(submit(m_system, edit));
        return Ok;
    }

    Done addWorkflow(TableId id, const QJsonObject &json, bool withSamples)
    {
        const Table &table = document()->table(id)->definition();
        QJsonObject definition = json;
        const WorkflowNames names{definition.take(QLatin1String("stateField")).toString(),
            definition.take(QLatin1String("nodeField")).toString(),
            definition.take(QLatin1String("states")).toVariant().toStringList(),
            definition.take(QLatin1String("endName")).toString()};
        if (!withSamples) {
            definition = withoutPeople(definition);
        }
        TRY_SET(
            const Workflow workflow, workflowFromJson(definition, {}, table, document()->people()));
        TRY(submit(m_system, Edit{newWorkflow(table, workflow, names, [this] {
            return m_core.host().ids().next<WorkflowId>().bits();
        })}));
        return Ok;
    }

    /// Without the sample people their tasks go to the owner.
    QJsonObject withoutPeople(QJsonObject workflow) const
    {
        QJsonArray nodes;
        for (const QJsonValue &each : workflow.value(QLatin1String("nodes")).toArray()) {
            QJsonObject node = each.toObject();
            QJsonArray assignees;
            for (const QJsonValue &assignee : node.value(QLatin1String("assignees")).toArray()) {
                const bool isUser = assignee.toObject().contains(QLatin1String("user"));
                assignees += isUser ? QJsonObject{{QStringLiteral("user"), m_owner.id.text()}}
                                    : assignee.toObject();
            }
            if (!assignees.isEmpty()) {
                node.insert(QStringLiteral("assignees"), assignees);
            }
            nodes += node;
        }
        workflow.insert(QStringLiteral("nodes"), nodes);
        return workflow;
    }

    FieldContext fieldContext() const
    {
        return {document()->people(), QLocale::c(), QTimeZone::systemTimeZone(),
            m_core.host().clock().nowMs(), std::make_shared<TitleFinder>(*document())};
    }

    Done addSamples(TableId id, const QJsonObject &json)
    {
        const Snapshot before = document();
        const QJsonObject samples = json.value(QLatin1String("records")).toObject();
        CsvTable csv;
        csv.header = samples.value(QLatin1String("columns")).toVariant().toStringList();
        const QDateTime now =
            toQDateTime(Moment{m_core.host().clock().nowMs()}, QTimeZone::systemTimeZone());
        for (const QJsonValue &row : samples.value(QLatin1String("rows")).toArray()) {
            QStringList cells;
            for (const QJsonValue &cell : row.toArray()) {
                cells += freshCell(cell.toString(), now);
            }
            csv.rows += cells;
            csv.lines += int(csv.rows.size());
        }
        QList<ImportFault> faults;
        const ImportPlan plan = matchedImport(csv, before->table(id)->definition());
        const CreateRecords create =
            RowImport(csv, plan, nullptr)
                .next(csv.rows.size(), fieldContext(), m_core.host().ids(), faults);
        if (!faults.isEmpty()) {
            return Error{ErrorCode::FileInvalid,
                {QString::number(faults.first().line), faults.first().why}, {}};
        }
        TRY(submit(m_system, Edit{{create}}));
        for (const QJsonValue &each : json.value(QLatin1String("approvals")).toArray()) {
            TRY(addApproval(id, create, each.toObject()));
        }
        return Ok;
    }

    /// {"row", "starter", "verdicts": [["approve", "comment"], …]}
    Done addApproval(TableId id, const CreateRecords &create, const QJsonObject &json)
    {
        const Table &table = document()->table(id)->definition();
        const Person *starter = document()->people().personNamed(text(json, "starter"));
        const auto row = json.value(QLatin1String("row")).toInt();
        if (!starter || row >= create.records.size() || table.workflows.isEmpty()) {
            return Error{ErrorCode::Invalid, {QStringLiteral("approvals")}, {}};
        }
        const StartWorkflow start{m_core.host().ids().next<InstanceId>(), id,
            table.workflows.first().id, create.records[row].id};
        TRY(submit({starter->id}, start));
        for (const QJsonValue &verdict : json.value(QLatin1String("verdicts")).toArray()) {
            const Instance instance = *document()->instance(start.instance);
            if (!instance.isRunning()) {
                break;
            }
            const Task &task = instance.steps.last().tasks.first();
            const bool approves = verdict.toArray().at(0).toString() == u"approve";
            TRY(submit({task.assignee},
                ActOnTask{task.id, instance.id, approves ? TaskVerb::Approve : TaskVerb::Reject,
                    verdict.toArray().at(1).toString(), {}, 0}));
        }
        return Ok;
    }

    ServerCore &m_core;
    const QJsonObject &m_json;
    const Account &m_owner;
    Actor m_system;
    BaseId m_base;
};

} // namespace

QList<TemplateEntry> shippedTemplates()
{
    QList<TemplateEntry> entries;
    for (const QString &file : QDir(QStringLiteral(":/templates")).entryList(QDir::Files)) {
        const QString id = file.section(u'.', 0, 0);
        const auto json = templateJson(id);
        if (json) {
            entries +=
                TemplateEntry{id, text(json.value(), "name"), text(json.value(), "description")};
        }
    }
    return entries;
}

Result<QList<CreatedPerson>> createFromTemplate(
    ServerCore &core, const QString &templateId, const Account &owner, bool withSamples)
{
    TRY_SET(const QJsonObject json, templateJson(templateId));
    return TemplateBuilder(core, json, owner).build(withSamples);
}

} // namespace casebase
