// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/support/Result.h"

#include <functional>

namespace casebase {

/// What happens to a base when a workflow moves: the instance, the fields that show it.
struct Movement {
    Instance instance;
    QList<Operation> operations;
};

/// The facts that advance() may look at, and where new task ids come from.
struct AdvanceContext {
    const Document &document;
    Stamp stamp;
    std::function<TaskId()> nextTask;
};

/// Starts the workflow on a record: its first node gets its tasks.
Result<Movement> startInstance(const AdvanceContext &context, const StartWorkflow &start);

/// Approves or rejects a task. Refused when the task has been decided already, belongs to somebody
/// else, or the record is not what the person was looking at.
Result<Movement> actOnTask(const AdvanceContext &context, const ActOnTask &action);

/// Takes an instance back: by its starter as long as it runs.
Result<Movement> withdrawInstance(const AdvanceContext &context, const WithdrawInstance &action);

/// The operations that make the two fields a workflow writes, and the workflow itself. Names are
/// the caller's, because they are data: names of the fields, the four states and the end.
struct WorkflowNames {
    QString stateField;
    QString nodeField;
    QStringList states; ///< Running, approved, rejected, withdrawn.
    QString end;
};
QList<Operation> newWorkflow(const Table &table, Workflow workflow, const WorkflowNames &names,
    const std::function<IdBits()> &nextId);

/// Something that one person should hear about.
struct Notice {
    enum class Kind : quint8 { TaskAssigned, InstanceEnded };
    Kind kind = Kind::TaskAssigned;
    UserId person;
    InstanceId instance;
    friend bool operator==(const Notice &, const Notice &) = default;
};

/// Who should hear what about a step of an instance, leaving out who made it.
QList<Notice> noticesOf(const InstanceChange &change, UserId actor);

} // namespace casebase
