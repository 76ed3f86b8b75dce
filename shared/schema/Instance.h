// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Workflow.h"

namespace casebase {

enum class InstanceState : quint8 { Running, Approved, Rejected, Withdrawn };
enum class TaskState : quint8 { Pending, Approved, Rejected, NotNeeded };

/// One person's work in an instance.
struct Task {
    TaskId id;
    UserId assignee;
    TaskState state = TaskState::Pending;
    QString comment;
    qint64 decidedMs = 0;
    friend bool operator==(const Task &, const Task &) = default;
};

/// One node that an instance has reached.
struct Step {
    QString node; ///< Id of the WorkflowNode.
    QString name;
    qint64 enteredMs = 0;
    qint64 leftMs = 0; ///< 0 while it is waiting.
    QString note; ///< Why it went on by itself, when it did.
    QList<Task> tasks;
    friend bool operator==(const Step &, const Step &) = default;
};

/// One run of a workflow on one record.
struct Instance {
    InstanceId id;
    TableId table;
    RecordId record;
    WorkflowId workflow;
    int version = 1;
    UserId starter;
    qint64 startedMs = 0;
    qint64 endedMs = 0;
    InstanceState state = InstanceState::Running;
    QList<Step> steps;

    const Task *task(TaskId task) const;
    bool isRunning() const { return state == InstanceState::Running; }
    friend bool operator==(const Instance &, const Instance &) = default;
};

} // namespace casebase
