// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Id.h"

#include <QList>
#include <QString>

#include <optional>

namespace casebase {

/// Who gets the task of a node: a fixed person, or whoever stands in a field of the record.
struct Assignee {
    UserId person;
    FieldId field;
    friend bool operator==(const Assignee &, const Assignee &) = default;
};

/// One approval step of a workflow. Any one of its assignees decides.
struct WorkflowNode {
    QString id; ///< Unique within the workflow, kept over versions.
    QString name;
    QList<Assignee> assignees;
    QList<FieldId> editable; ///< What the person may change while the node is theirs.
    friend bool operator==(const WorkflowNode &, const WorkflowNode &) = default;
};

/// One version of a workflow: approvals one after another, from start to end.
struct WorkflowVersion {
    int number = 1;
    QList<WorkflowNode> nodes;
    friend bool operator==(const WorkflowVersion &, const WorkflowVersion &) = default;
};

/// A workflow on a table. Running instances keep the version they started with.
struct Workflow {
    WorkflowId id;
    QString name;
    FieldId stateField; ///< Single select that the system writes: 审批状态.
    FieldId nodeField; ///< Text that the system writes: 审批节点.
    QString endName; ///< What the node field says once it is over.
    bool isCancellable = true;
    bool isActive = true;
    QList<WorkflowVersion> versions; ///< Oldest first; the last one is current.

    const WorkflowVersion *version(int number) const;
    friend bool operator==(const Workflow &, const Workflow &) = default;
};

} // namespace casebase
