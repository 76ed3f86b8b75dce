// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Plan.h"

namespace casebase {

/// The document between two operations of one request, and what planning one of them needs.
struct PlanStep {
    const Document &document;
    const PlanContext &context;
    FieldContext fields;
    /// Fields that an operation before this one has put: only who may shape tables can do that.
    QSet<FieldId> reshaped = {};
    /// Records that operations before this one have made.
    QSet<RecordId> born = {};
};

Result<QList<Change>> planCreate(const PlanStep &, const CreateRecords &);
Result<QList<Change>> planEdit(const PlanStep &, const EditCells &);
Result<QList<Change>> planDelete(const PlanStep &, const DeleteRecords &);
Result<QList<Change>> planRestore(const PlanStep &, const RestoreRecords &);

Result<QList<Change>> planTable(const PlanStep &, const PutTable &);
Result<QList<Change>> planField(const PlanStep &, const PutField &);
Result<QList<Change>> planView(const PlanStep &, const PutView &);
Result<QList<Change>> planRemoveView(const PlanStep &, const RemoveView &);
Result<QList<Change>> planWorkflow(const PlanStep &, const PutWorkflow &);
Result<QList<Change>> planOptions(const PlanStep &, const AddOptions &);
Result<QList<Change>> planDepartments(const PlanStep &, const PutDepartments &);

/// The table, if it is there and not trashed.
Result<const TableData *> liveTable(const PlanStep &, TableId table);

} // namespace casebase
