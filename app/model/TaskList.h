// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"

namespace casebase {

/// One task or run as the inbox lists it.
struct TaskEntry {
    BaseId base;
    InstanceId instance;
    TaskId task; ///< Null for what one started oneself.
    TableId table;
    RecordId record;
    QString title;
    QString node;
    QString detail;
    UserId starter;
    qint64 sinceMs = 0;
    InstanceState state = InstanceState::Running;
    TaskState taskState = TaskState::Pending;
    bool isWaiting = false; ///< Decided here, not sent yet.
};

enum class TaskFilter : quint8 { ToDo, Started, Done };

/// The entries of all bases that concern this person, oldest first for what is to do.
QList<TaskEntry> taskEntries(const Session &session, TaskFilter filter);
/// How many tasks wait for this person's decision.
int openTaskCount(const Session &session);
/// What stands over a record: its title, and the next words that it says of itself.
QString recordHeading(const TableData &table, Row row, const FieldContext &context);

} // namespace casebase
