// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/TaskList.h"

namespace casebase {

namespace {

void appendEntries(QList<TaskEntry> &entries, const Session &session, BaseId base,
    const Instance &instance, TaskFilter filter)
{
    const Replica &replica = *session.replica(base);
    const TableData *table = replica.document().table(instance.table);
    const auto row = table ? table->aliveRow(instance.record) : std::nullopt;
    if (!row) {
        return;
    }
    TaskEntry entry{base, instance.id, {}, instance.table, instance.record,
        recordHeading(*table, *row, session.fieldContext(base)),
        instance.steps.isEmpty() ? QString() : instance.steps.last().name, table->definition().name,
        instance.starter, instance.startedMs, instance.state, TaskState::Pending, false};
    if (filter == TaskFilter::Started) {
        if (instance.starter == session.me()) {
            entries += entry;
        }
        return;
    }
    for (const Step &step : instance.steps) {
        for (const Task &task : step.tasks) {
            const bool isOpen = task.state == TaskState::Pending && instance.isRunning();
            const bool isDone =
                task.state == TaskState::Approved || task.state == TaskState::Rejected;
            if (task.assignee != session.me() || !(filter == TaskFilter::ToDo ? isOpen : isDone)) {
                continue;
            }
            entry.task = task.id;
            entry.node = step.name;
            entry.sinceMs = isDone ? task.decidedMs : step.enteredMs;
            entry.taskState = task.state;
            entry.isWaiting = replica.isDecided(task.id);
            entries += entry;
        }
    }
}

} // namespace

QList<TaskEntry> taskEntries(const Session &session, TaskFilter filter)
{
    QList<TaskEntry> entries;
    for (const BaseEntry &base : session.bases()) {
        const Document *document = session.document(base.id);
        for (const Instance &instance :
            document ? document->instances() : QHash<InstanceId, Instance>()) {
            appendEntries(entries, session, base.id, instance, filter);
        }
    }
    std::sort(entries.begin(), entries.end(), [filter](const TaskEntry &a, const TaskEntry &b) {
        return filter == TaskFilter::ToDo ? a.sinceMs < b.sinceMs : a.sinceMs > b.sinceMs;
    });
    return entries;
}

int openTaskCount(const Session &session)
{
    const QList<TaskEntry> entries = taskEntries(session, TaskFilter::ToDo);
    return int(std::count_if(
        entries.cbegin(), entries.cend(), [](const TaskEntry &entry) { return !entry.isWaiting; }));
}

QString recordHeading(const TableData &table, Row row, const FieldContext &context)
{
    QStringList parts;
    for (const Field &field : table.definition().liveFields()) {
        const bool isWord = field.formula.isEmpty()
            && (field.kind == FieldKind::SingleLineText
                || valueTypeOf(field.kind) == ValueType::Option
                || field.kind == FieldKind::AutoNumber
                || (field.kind == FieldKind::Links && field.link.isSingle));
        const QString text = fieldType(field.kind).format(table.value(row, field), field, context);
        if ((parts.isEmpty() || isWord) && !text.isEmpty()) {
            parts += text;
        }
        if (parts.size() == 3) {
            break;
        }
    }
    return parts.join(u' ');
}

} // namespace casebase
