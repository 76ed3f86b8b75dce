// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/workflow/Advance.h"

#include "shared/field/DateFields.h"

#include <algorithm>

namespace casebase {

namespace {

/// A definition, the table it stands on, and the row of the record.
struct Place {
    const TableData *table = nullptr;
    const Workflow *workflow = nullptr;
    const WorkflowVersion *version = nullptr;
    Row row = 0;
};

Result<Place> placeOf(const Document &document, const Instance &instance)
{
    Place place;
    place.table = document.table(instance.table);
    if (!place.table || place.table->definition().isTrashed) {
        return Error{ErrorCode::UnknownTable, {instance.table.text()}, {}};
    }
    const auto row = place.table->aliveRow(instance.record);
    if (!row) {
        return Error{ErrorCode::UnknownRecord, {instance.record.text()}, {}};
    }
    place.row = *row;
    place.workflow = place.table->definition().workflow(instance.workflow);
    place.version = place.workflow ? place.workflow->version(instance.version) : nullptr;
    if (!place.version) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
    }
    return place;
}

bool isActive(const People &people, UserId id)
{
    const Person *person = people.person(id);
    return person && person->role >= Role::Reader;
}

QList<UserId> assigneesOf(const WorkflowNode &node, const Place &place, const People &people)
{
    QList<UserId> found;
    const auto add = [&](UserId id) {
        if (isActive(people, id) && !found.contains(id)) {
            found += id;
        }
    };
    for (const Assignee &assignee : node.assignees) {
        add(assignee.person);
        if (const Field *field = place.table->definition().field(assignee.field)) {
            const Value value = place.table->value(place.row, *field);
            if (const auto *person = std::get_if<UserId>(&value)) {
                add(*person);
            } else if (const auto *persons = std::get_if<Persons>(&value)) {
                std::for_each(persons->cbegin(), persons->cend(), add);
            }
        }
    }
    return found;
}

QList<UserId> ownersOf(const People &people)
{
    QList<UserId> owners;
    for (const Person &person : people.all()) {
        if (person.role == Role::Owner) {
            owners += person.id;
        }
    }
    return owners;
}

void enter(
    Instance &instance, const WorkflowNode &node, const Place &place, const AdvanceContext &context)
{
    const People &people = context.document.people();
    Step step{node.id, node.name, context.stamp.timeMs, 0, {}, {}};
    QList<UserId> assignees = assigneesOf(node, place, people);
    if (assignees.isEmpty()) {
        // Nobody must wait for nobody: who owns the base decides, and the log says why.
        assignees = ownersOf(people);
        step.note = QStringLiteral("nobody-found");
    }
    for (const UserId id : assignees) {
        step.tasks += Task{context.nextTask(), id, TaskState::Pending, {}, 0};
    }
    instance.steps += step;
}

void end(Instance &instance, InstanceState state, qint64 timeMs)
{
    instance.state = state;
    instance.endedMs = timeMs;
}

/// The two fields that show where the instance is.
Operation shownState(const Instance &instance, const Place &place)
{
    const Workflow &workflow = *place.workflow;
    EditCells edit{instance.table, {}, false};
    const Field *state = place.table->definition().field(workflow.stateField);
    if (state && state->options.size() > int(instance.state)) {
        edit.cells += CellEdit{
            instance.record, workflow.stateField, state->options[int(instance.state)].id, {}};
    }
    const QString node = instance.isRunning() ? instance.steps.last().name : workflow.endName;
    edit.cells +=
        CellEdit{instance.record, workflow.nodeField, node.isEmpty() ? Value() : Value(node), {}};
    return edit;
}

Movement movement(const Instance &instance, const Place &place, QList<Operation> edits = {})
{
    edits += PutInstance{instance};
    edits += shownState(instance, place);
    return {instance, edits};
}

Error alreadyDecided(const Document &document, const Step &step)
{
    for (const Task &task : step.tasks) {
        if (task.state == TaskState::Approved || task.state == TaskState::Rejected) {
            const Person *person = document.people().person(task.assignee);
            return {ErrorCode::AlreadyDecided,
                {person ? person->name : task.assignee.text(), isoMoment(Moment{task.decidedMs})},
                {}};
        }
    }
    return {ErrorCode::AlreadyDecided,
        {QStringLiteral("The starter"), isoMoment(Moment{step.leftMs})}, {}};
}

Result<qsizetype> pendingTask(
    const AdvanceContext &context, const Instance &instance, TaskId wanted)
{
    for (const Step &step : instance.steps) {
        for (qsizetype i = 0; i < step.tasks.size(); ++i) {
            const Task &task = step.tasks[i];
            if (task.id != wanted) {
                continue;
            }
            if (task.assignee != context.stamp.actor) {
                return Error{ErrorCode::NotFound, {QStringLiteral("The task")}, {}};
            }
            if (!instance.isRunning() || task.state != TaskState::Pending) {
                return alreadyDecided(context.document, step);
            }
            return i;
        }
    }
    return Error{ErrorCode::NotFound, {QStringLiteral("The task")}, {}};
}

Result<EditCells> allowedEdits(
    const Instance &instance, const WorkflowNode &node, const ActOnTask &action)
{
    EditCells edit{instance.table, {}, false};
    for (const FieldValue &each : action.edits) {
        if (!node.editable.contains(each.field)) {
            return Error{
                ErrorCode::Forbidden, {QStringLiteral("changing this field at this node")}, {}};
        }
        edit.cells += CellEdit{instance.record, each.field, each.value, {}};
    }
    return edit;
}

} // namespace

Result<Movement> startInstance(const AdvanceContext &context, const StartWorkflow &start)
{
    const TableData *table = context.document.table(start.table);
    const Workflow *workflow = table ? table->definition().workflow(start.workflow) : nullptr;
    if (!workflow || !workflow->isActive) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
    }
    const Instance *last = context.document.instanceOf(start.table, start.record);
    if (last && last->isRunning()) {
        return Error{ErrorCode::AlreadyRunning, {workflow->name}, {}};
    }
    Instance instance;
    instance.id = start.instance;
    instance.table = start.table;
    instance.record = start.record;
    instance.workflow = start.workflow;
    instance.version = workflow->versions.last().number;
    instance.starter = context.stamp.actor;
    instance.startedMs = context.stamp.timeMs;
    if (start.instance.isNull() || context.document.instance(start.instance)) {
        return Error{ErrorCode::Exists, {start.instance.text()}, {}};
    }
    TRY_SET(const Place place, placeOf(context.document, instance));
    enter(instance, place.version->nodes.first(), place, context);
    return movement(instance, place);
}

Result<Movement> actOnTask(const AdvanceContext &context, const ActOnTask &action)
{
    const Instance *found = context.document.instance(action.instance);
    if (!found) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The task")}, {}};
    }
    Instance instance = *found;
    TRY_SET(const qsizetype taskIndex, pendingTask(context, instance, action.task));
    TRY_SET(const Place place, placeOf(context.document, instance));
    if (action.seen != 0 && place.table->meta(place.row).revision > action.seen) {
        const Field *primary = place.table->definition().primaryField();
        return Error{ErrorCode::ChangedSince, {primary ? primary->name : QString()}, {}};
    }
    if (action.verb == TaskVerb::Reject && action.comment.trimmed().isEmpty()) {
        return Error{ErrorCode::CommentNeeded, {}, {}};
    }
    const auto &nodes = place.version->nodes;
    const auto node = std::find_if(nodes.cbegin(), nodes.cend(),
        [&](const WorkflowNode &each) { return each.id == instance.steps.last().node; });
    if (node == nodes.cend()) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The node")}, {}};
    }
    TRY_SET(const EditCells edits, allowedEdits(instance, *node, action));

    Step &step = instance.steps.last();
    for (Task &each : step.tasks) {
        each.state = TaskState::NotNeeded;
    }
    Task &task = step.tasks[taskIndex];
    const bool approved = action.verb == TaskVerb::Approve;
    task.state = approved ? TaskState::Approved : TaskState::Rejected;
    task.comment = action.comment.trimmed();
    task.decidedMs = context.stamp.timeMs;
    step.leftMs = context.stamp.timeMs;
    if (!approved) {
        end(instance, InstanceState::Rejected, context.stamp.timeMs);
    } else if (node + 1 == nodes.cend()) {
        end(instance, InstanceState::Approved, context.stamp.timeMs);
    } else {
        enter(instance, *(node + 1), place, context);
    }
    return movement(
        instance, place, edits.cells.isEmpty() ? QList<Operation>() : QList<Operation>{edits});
}

Result<Movement> withdrawInstance(const AdvanceContext &context, const WithdrawInstance &action)
{
    const Instance *found = context.document.instance(action.instance);
    if (!found) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
    }
    Instance instance = *found;
    if (!instance.isRunning()) {
        return alreadyDecided(context.document, instance.steps.last());
    }
    TRY_SET(const Place place, placeOf(context.document, instance));
    if (instance.starter != context.stamp.actor || !place.workflow->isCancellable) {
        return Error{ErrorCode::Forbidden, {QStringLiteral("withdrawing this workflow")}, {}};
    }
    for (Task &task : instance.steps.last().tasks) {
        task.state = TaskState::NotNeeded;
    }
    instance.steps.last().leftMs = context.stamp.timeMs;
    end(instance, InstanceState::Withdrawn, context.stamp.timeMs);
    return movement(instance, place);
}

QList<Operation> newWorkflow(const Table &table, Workflow workflow, const WorkflowNames &names,
    const std::function<IdBits()> &nextId)
{
    const auto freeName = [&](const QString &wanted) {
        QString name = wanted;
        for (int n = 2; table.fieldNamed(name); ++n) {
            name = QStringLiteral("%1 %2").arg(wanted).arg(n);
        }
        return name;
    };
    static const char *const Colours[] = {"amber", "green", "red", "grey"};
    Field state;
    state.id = FieldId(nextId());
    state.name = freeName(names.stateField);
    state.kind = FieldKind::SingleSelect;
    state.isSystem = true;
    for (qsizetype i = 0; i < 4; ++i) {
        state.options +=
            Option{OptionId(nextId()), names.states.value(i), QString::fromLatin1(Colours[i])};
    }
    Field node;
    node.id = FieldId(nextId());
    node.name = freeName(names.nodeField);
    node.isSystem = true;
    workflow.id = WorkflowId(nextId());
    workflow.stateField = state.id;
    workflow.nodeField = node.id;
    workflow.endName = names.end;
    return {PutField{table.id, state}, PutField{table.id, node}, PutWorkflow{table.id, workflow}};
}

QList<Notice> noticesOf(const InstanceChange &change, UserId actor)
{
    QList<Notice> notices;
    const Instance &after = change.after;
    if (!after.isRunning()) {
        if ((!change.before || change.before->isRunning()) && after.starter != actor) {
            notices += Notice{Notice::Kind::InstanceEnded, after.starter, after.id};
        }
        return notices;
    }
    for (const Task &task : after.steps.last().tasks) {
        const bool isNew = !change.before || !change.before->task(task.id);
        if (isNew && task.state == TaskState::Pending && task.assignee != actor) {
            notices += Notice{Notice::Kind::TaskAssigned, task.assignee, after.id};
        }
    }
    return notices;
}

} // namespace casebase
