// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Invert.h"

namespace casebase {

namespace {

/// Options that came with values stay when those are undone: others may use them by now.
bool hasOnlyGrown(const Field &before, const Field &after)
{
    Field shorter = after;
    shorter.options = after.options.mid(0, before.options.size());
    return before.takesNewOptions && shorter == before;
}

void appendFieldDifferences(QList<Operation> &operations, const Table &before, const Table &after)
{
    for (qsizetype i = 0; i < before.fields.size(); ++i) {
        const Field &field = before.fields[i];
        const Field *now = after.field(field.id);
        const bool moved = i >= after.fields.size() || after.fields[i].id != field.id;
        if (now && !(hasOnlyGrown(field, *now) && !moved) && (*now != field || moved)) {
            operations += PutField{before.id, field, int(i)};
        }
    }
    for (const Field &field : after.fields) {
        if (!before.field(field.id)) {
            Field trashed = field;
            trashed.isTrashed = true;
            operations += PutField{before.id, trashed};
        }
    }
}

void appendViewDifferences(QList<Operation> &operations, const Table &before, const Table &after)
{
    for (const View &view : before.views) {
        const View *now = after.view(view.id);
        if (!now || *now != view) {
            operations += PutView{before.id, view};
        }
    }
    for (const View &view : after.views) {
        if (!before.view(view.id)) {
            operations += RemoveView{before.id, view.id};
        }
    }
}

void appendWorkflowDifferences(
    QList<Operation> &operations, const Table &before, const Table &after)
{
    for (const Workflow &workflow : after.workflows) {
        const Workflow *earlier = before.workflow(workflow.id);
        if (!earlier) {
            Workflow inactive = workflow;
            inactive.isActive = false;
            operations += PutWorkflow{before.id, inactive};
        } else if (*earlier != workflow) {
            operations += PutWorkflow{before.id, *earlier};
        }
    }
}

void appendTable(QList<Operation> &operations, const TableChange &change)
{
    if (!change.after) {
        return;
    }
    if (!change.before) {
        Table trashed = *change.after;
        trashed.isTrashed = true;
        operations += PutTable{trashed};
        return;
    }
    const Table &before = *change.before;
    const Table &after = *change.after;
    appendFieldDifferences(operations, before, after);
    appendViewDifferences(operations, before, after);
    appendWorkflowDifferences(operations, before, after);
    if (before.name != after.name || before.description != after.description
        || before.position != after.position || before.isTrashed != after.isTrashed) {
        operations += PutTable{before};
    }
}

/// Of the cells that changed more than once, what they held first is what they go back to, and in
/// a field of another kind what they held in between cannot be put.
class FirstChanges {
public:
    FirstChanges(const QList<Change> &changes, const QSet<FieldId> &fields)
    {
        for (qsizetype i = 0; i < changes.size() && !fields.isEmpty(); ++i) {
            const auto *records = std::get_if<RecordChanges>(&changes[i]);
            for (const CellChange &cell : records ? records->cells : QList<CellChange>()) {
                const std::pair key(cell.field, cell.record);
                if (fields.contains(cell.field) && !m_first.contains(key)) {
                    m_first.insert(key, i);
                }
            }
        }
    }
    /// Whether it is no later change of a cell of those fields.
    bool isFirst(const CellChange &cell, qsizetype change) const
    {
        return m_first.value({cell.field, cell.record}, change) == change;
    }

private:
    QHash<std::pair<FieldId, RecordId>, qsizetype> m_first;
};

void appendRecords(QList<Operation> &operations, const RecordChanges &changes, qsizetype index,
    const QSet<FieldId> &newFields, const FirstChanges &first)
{
    DeleteRecords gone{changes.table, {}};
    RestoreRecords back{changes.table, {}};
    QSet<RecordId> whole;
    for (const RecordChange &each : changes.records) {
        whole.insert(each.record);
        (each.isAlive ? gone.records : back.records) += each.record;
    }
    EditCells edit{changes.table, {}, true};
    for (const CellChange &cell : changes.cells) {
        if (!whole.contains(cell.record) && !newFields.contains(cell.field)
            && first.isFirst(cell, index)) {
            edit.cells += CellEdit{cell.record, cell.field, cell.before, cell.after};
        }
    }
    if (!gone.records.isEmpty()) {
        operations += gone;
    }
    if (!back.records.isEmpty()) {
        operations += back;
    }
    if (!edit.cells.isEmpty()) {
        operations += edit;
    }
}

} // namespace

QList<Operation> invert(const ChangeSet &changes)
{
    // Definitions first: cells of a field whose kind goes back need the old kind to be there. Cells
    // of a field that goes to the trash, and all records of a table that does, stay as they are.
    QList<Operation> operations;
    QSet<FieldId> newFields;
    QSet<FieldId> retyped;
    QSet<TableId> newTables;
    for (const Change &change : changes.changes) {
        // What leads to a table can come back only when the table is there.
        const auto *table = std::get_if<TableChange>(&change);
        if (table && table->before && table->after && table->after->isTrashed
            && !table->before->isTrashed) {
            operations += PutTable{*table->before};
        }
    }
    for (auto change = changes.changes.crbegin(); change != changes.changes.crend(); ++change) {
        const auto *table = std::get_if<TableChange>(&*change);
        if (!table) {
            continue;
        }
        appendTable(operations, *table);
        if (!table->before && table->after) {
            newTables.insert(table->after->id);
        } else if (table->before && table->after) {
            for (const Field &field : table->after->fields) {
                const Field *before = table->before->field(field.id);
                if (!before) {
                    newFields.insert(field.id);
                } else if (!before->formula.isEmpty() || !before->watched.isEmpty()
                    || !field.watched.isEmpty()) {
                    newFields.insert(field.id); // What it is to hold comes of others again.
                } else if (hasOnlyGrown(*before, field)) {
                    continue; // The options stay, so values go back as those of any field.
                } else if (before->kind != field.kind || before->options != field.options
                    || before->sensitive != field.sensitive || !field.formula.isEmpty()) {
                    retyped.insert(field.id);
                }
            }
        }
    }
    const FirstChanges first(changes.changes, retyped);
    for (qsizetype i = changes.changes.size(); i-- > 0;) {
        const Change &change = changes.changes[i];
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            if (!newTables.contains(records->table)) {
                appendRecords(operations, *records, i, newFields, first);
            }
        } else if (const auto *person = std::get_if<PersonChange>(&change)) {
            if (person->before) {
                operations += PutPerson{*person->before};
            }
        } else if (const auto *departments = std::get_if<DepartmentsChange>(&change)) {
            operations += PutDepartments{departments->before};
        }
    }
    for (Operation &operation : operations) {
        // Going back to another kind has changed the cells by then: what they held is put back as
        // is.
        if (auto *edit = std::get_if<EditCells>(&operation)) {
            for (CellEdit &cell : edit->cells) {
                if (retyped.contains(cell.field)) {
                    cell.seen.reset();
                }
            }
        }
    }
    return operations;
}

} // namespace casebase
