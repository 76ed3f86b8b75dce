// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/Request.h"

namespace casebase {

struct CellChange {
    RecordId record;
    FieldId field;
    Value before;
    Value after;
    bool overwroteUnseen = false; ///< The author had not seen `before`.
    friend bool operator==(const CellChange &, const CellChange &) = default;
};

/// A record that came or went. Its cells stand among the cell changes (from or to Empty).
struct RecordChange {
    RecordId record;
    bool isAlive = true; ///< After the change.
    bool isNew = false; ///< Was not there before, not even deleted.
    qint64 createdMs = 0; ///< When it was made first; a restored record keeps it.
    UserId createdBy;
    friend bool operator==(const RecordChange &, const RecordChange &) = default;
};

struct RecordChanges {
    TableId table;
    QList<RecordChange> records;
    QList<CellChange> cells;
    friend bool operator==(const RecordChanges &, const RecordChanges &) = default;
};

/// The definition of a table before and after; nothing before means that it is new.
struct TableChange {
    std::optional<Table> before;
    std::optional<Table> after;
    friend bool operator==(const TableChange &, const TableChange &) = default;
};
struct PersonChange {
    std::optional<Person> before;
    Person after;
    friend bool operator==(const PersonChange &, const PersonChange &) = default;
};
struct InstanceChange {
    std::optional<Instance> before;
    Instance after;
    friend bool operator==(const InstanceChange &, const InstanceChange &) = default;
};

struct DepartmentsChange {
    QList<Department> before;
    QList<Department> after;
    friend bool operator==(const DepartmentsChange &, const DepartmentsChange &) = default;
};

using Change =
    std::variant<RecordChanges, TableChange, PersonChange, InstanceChange, DepartmentsChange>;

/// The facts after planning, in order, before and after.
struct ChangeSet {
    QList<Change> changes;
    friend bool operator==(const ChangeSet &, const ChangeSet &) = default;
};

/// Who and when.
struct Stamp {
    UserId actor;
    qint64 timeMs = 0;
    friend bool operator==(const Stamp &, const Stamp &) = default;
};

/// A ChangeSet as it stands in the log.
struct Commit {
    quint64 revision = 0;
    Stamp stamp;
    RequestId request;
    ChangeSet changes;
    friend bool operator==(const Commit &, const Commit &) = default;
};

} // namespace casebase
