// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Cases.h"

#include "shared/workflow/Advance.h"

#include <QTest>

namespace casebase {

Field newField(IdSource &ids, const QString &name, FieldKind kind)
{
    Field field;
    field.id = ids.next<FieldId>();
    field.name = name;
    field.kind = kind;
    return field;
}

void makeCases(WorldClient &ann, World &world)
{
    IdSource &ids = ann.session().ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = Cases;
    table.fields = {newField(ids, QStringLiteral("title"), FieldKind::SingleLineText),
        newField(ids, QStringLiteral("amount"), FieldKind::Number),
        newField(ids, QStringLiteral("kind"), FieldKind::SingleSelect),
        newField(ids, QStringLiteral("agent"), FieldKind::Person),
        newField(ids, QStringLiteral("number"), FieldKind::AutoNumber)};
    table.fields[1].precision = 2;
    table.fields[2].options = {
        {ids.next<OptionId>(), QStringLiteral("refund"), QStringLiteral("red")},
        {ids.next<OptionId>(), QStringLiteral("repair"), QStringLiteral("blue")}};
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("all");
    table.views += view;
    QVERIFY(ann.ask(Edit{{PutTable{table}}}));
    world.settle();
}

WorkflowId makeWorkflow(WorldClient &ann, World &world, const QList<UserId> &leads)
{
    Workflow workflow;
    workflow.name = QStringLiteral("approval");
    WorkflowNode first{QStringLiteral("lead"), QStringLiteral("Lead"), {}, {}};
    for (const UserId lead : leads) {
        first.assignees += Assignee{lead, {}};
    }
    first.editable += ann.field(Cases, QStringLiteral("amount"));
    WorkflowNode second{QStringLiteral("finance"), QStringLiteral("Finance"),
        {Assignee{{}, ann.field(Cases, QStringLiteral("agent"))}}, {}};
    workflow.versions = {WorkflowVersion{1, {first, second}}};
    const QList<Operation> operations = newWorkflow(ann.table(Cases).definition(), workflow,
        {QStringLiteral("state"), QStringLiteral("node"),
            {QStringLiteral("running"), QStringLiteral("approved"), QStringLiteral("rejected"),
                QStringLiteral("withdrawn")},
            QStringLiteral("end")},
        [&] { return ann.session().ids().next<WorkflowId>().bits(); });
    const Done done = ann.ask(Edit{operations});
    world.settle();
    return done ? std::get<PutWorkflow>(operations.last()).workflow.id : WorkflowId();
}

std::pair<RecordId, InstanceId> startApproval(WorldClient &ann, World &world, WorkflowId workflow)
{
    const RecordId record = ann.create(Cases, {{QStringLiteral("agent"), QStringLiteral("ann")}});
    const auto instance = ann.session().ids().next<InstanceId>();
    const Done started =
        ann.ask(StartWorkflow{instance, ann.table(Cases).definition().id, workflow, record});
    world.settle();
    return {record, started ? instance : InstanceId()};
}

TaskId taskOf(WorldClient &client, InstanceId instance)
{
    for (const Step &step : client.document().instance(instance)->steps) {
        for (const Task &task : step.tasks) {
            if (task.assignee == client.user() && task.state == TaskState::Pending) {
                return task.id;
            }
        }
    }
    return {};
}

} // namespace casebase
