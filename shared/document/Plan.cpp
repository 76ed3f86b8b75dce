// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Plan.h"

#include "shared/document/Adopt.h"
#include "shared/document/FollowUps.h"
#include "shared/document/LinkLimit.h"
#include "shared/document/PlanRules.h"
#include "shared/document/PlanStep.h"
#include "shared/document/TitleFinder.h"

namespace casebase {

namespace {

struct Planner {
    const PlanStep &step;

    Result<QList<Change>> operator()(const CreateRecords &op) const { return planCreate(step, op); }
    Result<QList<Change>> operator()(const EditCells &op) const { return planEdit(step, op); }
    Result<QList<Change>> operator()(const DeleteRecords &op) const { return planDelete(step, op); }
    Result<QList<Change>> operator()(const RestoreRecords &op) const
    {
        return planRestore(step, op);
    }
    Result<QList<Change>> operator()(const PutTable &op) const { return planTable(step, op); }
    Result<QList<Change>> operator()(const PutField &op) const { return planField(step, op); }
    Result<QList<Change>> operator()(const PutView &op) const { return planView(step, op); }
    Result<QList<Change>> operator()(const RemoveView &op) const
    {
        return planRemoveView(step, op);
    }
    Result<QList<Change>> operator()(const PutWorkflow &op) const { return planWorkflow(step, op); }

    Result<QList<Change>> operator()(const AddOptions &op) const { return planOptions(step, op); }

    Result<QList<Change>> operator()(const PutDepartments &op) const
    {
        return planDepartments(step, op);
    }

    Result<QList<Change>> operator()(const PutPerson &op) const
    {
        if (op.person.id.isNull() || op.person.name.trimmed().isEmpty()) {
            return Error{ErrorCode::NameEmpty, {}, {}};
        }
        PersonChange change{{}, op.person};
        if (const Person *before = step.document.people().person(op.person.id)) {
            change.before = *before;
        }
        return change.before == change.after ? QList<Change>() : QList<Change>{change};
    }

    Result<QList<Change>> operator()(const PutInstance &op) const
    {
        if (!step.context.isSystem) {
            return Error{ErrorCode::Forbidden, {QStringLiteral("PutInstance")}, {}};
        }
        InstanceChange change{{}, op.instance};
        if (const Instance *before = step.document.instance(op.instance.id)) {
            change.before = *before;
        }
        return QList<Change>{change};
    }
};

Result<QList<Change>> planOne(const Document &document, const Operation &operation,
    const PlanContext &context, const QSet<FieldId> &reshaped, const QSet<RecordId> &born)
{
    const auto finder = std::make_shared<TitleFinder>(document);
    const PlanStep step{document, context,
        {document.people(), context.locale, context.zone, context.stamp.timeMs, finder}, reshaped,
        born};
    return std::visit(Planner{step}, operation);
}

} // namespace

Result<ChangeSet> plan(const Document &document, const QList<Operation> &operations,
    const PlanContext &context, quint64 revision)
{
    ChangeSet planned;
    const FormulaContext now{context.stamp.timeMs, context.zone};
    Document between = document; // shares everything until an operation stands on another
    ChangeSet written; // What a change of a field makes of its values is no writing.
    bool isLookedAt = false;
    QSet<FieldId> reshaped;
    QSet<RecordId> born;
    for (qsizetype i = 0; i < operations.size(); ++i) {
        TRY_SET(QList<Change> changes, planOne(between, operations[i], context, reshaped, born));
        if (const auto *put = std::get_if<PutField>(&operations[i])) {
            reshaped.insert(put->field.id);
        } else {
            written.changes += changes;
            isLookedAt = isLookedAt || hasConsequences(between, {changes});
        }
        if (i + 1 < operations.size() || isLookedAt) {
            adopt(between, {changes}, context.stamp, revision, now);
        }
        if (const auto *create = std::get_if<CreateRecords>(&operations[i])) {
            for (const NewRecord &record : create->records) {
                born.insert(record.id);
            }
        }
        planned.changes += std::move(changes);
    }
    if (isLookedAt) {
        const QList<Change> following = followUps(between, written, context.stamp);
        adopt(between, {following}, context.stamp, revision, now);
        written.changes += following;
        planned.changes += following;
        const FieldContext fields{
            between.people(), context.locale, context.zone, context.stamp.timeMs};
        TRY(checkRules(between, written, fields, now));
        TRY(checkLinkLimits(between, written, context.stamp.actor, fields));
    }
    return planned;
}

Result<const TableData *> liveTable(const PlanStep &step, TableId id)
{
    const TableData *table = step.document.table(id);
    if (!table || table->definition().isTrashed) {
        return Error{ErrorCode::UnknownTable, {id.text()}, {}};
    }
    return table;
}

} // namespace casebase
