// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/World.h"

namespace casebase {

inline const QString Cases = QStringLiteral("cases");

/// Without anything but these.
Field newField(IdSource &ids, const QString &name, FieldKind kind);

/// A table of cases with a field of most kinds, made by ann.
void makeCases(WorldClient &ann, World &world);

/// ann asks, lead and then finance decide.
WorkflowId makeWorkflow(WorldClient &ann, World &world, const QList<UserId> &leads);

/// A case of ann's, sent into the workflow by her.
std::pair<RecordId, InstanceId> startApproval(WorldClient &ann, World &world, WorkflowId workflow);

/// What the client's person has to decide of it.
TaskId taskOf(WorldClient &client, InstanceId instance);

} // namespace casebase
