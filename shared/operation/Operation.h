// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Department.h"
#include "shared/schema/Instance.h"
#include "shared/schema/Person.h"
#include "shared/schema/Table.h"

#include <optional>
#include <variant>

namespace casebase {

/// A value for one field of a record that is being made.
struct FieldValue {
    FieldId field;
    Value value;
    friend bool operator==(const FieldValue &, const FieldValue &) = default;
};

struct NewRecord {
    RecordId id;
    QList<FieldValue> values;
    friend bool operator==(const NewRecord &, const NewRecord &) = default;
};

/// A new value for one cell. `seen` is what its author was looking at: an undo is refused if that
/// is no longer there, an edit goes through and both are told.
struct CellEdit {
    RecordId record;
    FieldId field;
    Value value;
    std::optional<Value> seen;
    friend bool operator==(const CellEdit &, const CellEdit &) = default;
};

struct CreateRecords {
    TableId table;
    QList<NewRecord> records;
    friend bool operator==(const CreateRecords &, const CreateRecords &) = default;
};
struct EditCells {
    TableId table;
    QList<CellEdit> cells;
    bool onlyIfUnchanged = false; ///< Refuse when a cell does not hold `seen` any more.
    friend bool operator==(const EditCells &, const EditCells &) = default;
};
struct DeleteRecords {
    TableId table;
    QList<RecordId> records;
    friend bool operator==(const DeleteRecords &, const DeleteRecords &) = default;
};
struct RestoreRecords {
    TableId table;
    QList<RecordId> records;
    friend bool operator==(const RestoreRecords &, const RestoreRecords &) = default;
};

/// Adds the table, or changes name, description, position and trash state of the one with its id.
/// Fields, views and workflows of a table that exists are left as they are.
struct PutTable {
    Table table;
    friend bool operator==(const PutTable &, const PutTable &) = default;
};
/// Adds the field, or replaces the one with its id, converting the values if its kind changes.
struct PutField {
    TableId table;
    Field field;
    int position = -1; ///< Among all fields; -1 keeps it, or appends.
    friend bool operator==(const PutField &, const PutField &) = default;
};
/// Adds those of the options that the field does not have yet, by id; one of a name that is taken
/// gets a number behind it.
struct AddOptions {
    FieldId field;
    QList<Option> options;
    friend bool operator==(const AddOptions &, const AddOptions &) = default;
};
struct PutView {
    TableId table;
    View view;
    friend bool operator==(const PutView &, const PutView &) = default;
};
struct RemoveView {
    TableId table;
    ViewId view;
    friend bool operator==(const RemoveView &, const RemoveView &) = default;
};
/// Adds the workflow, or a version of the one with its id if the nodes differ. The fields that it
/// writes are made when their ids are not in the table yet.
struct PutWorkflow {
    TableId table;
    Workflow workflow;
    friend bool operator==(const PutWorkflow &, const PutWorkflow &) = default;
};
struct PutPerson {
    Person person;
    friend bool operator==(const PutPerson &, const PutPerson &) = default;
};
/// All departments of the base, in the place of those that there are. Refused if those are not
/// what its author has `seen`.
struct PutDepartments {
    QList<Department> departments;
    std::optional<QList<Department>> seen = {};
    friend bool operator==(const PutDepartments &, const PutDepartments &) = default;
};
/// The outcome of workflow::advance(). Only the server makes it; it is refused from outside.
struct PutInstance {
    Instance instance;
    friend bool operator==(const PutInstance &, const PutInstance &) = default;
};

/// The smallest deterministic edits that a request expands to.
using Operation = std::variant<CreateRecords, EditCells, DeleteRecords, RestoreRecords, PutTable,
    PutField, PutView, RemoveView, PutWorkflow, PutPerson, PutInstance, PutDepartments, AddOptions>;

} // namespace casebase
