// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"
#include "shared/schema/View.h"
#include "shared/schema/Workflow.h"

namespace casebase {

/// The shape of one table. Its first field that is not trashed names the records.
struct Table {
    TableId id;
    QString name;
    QString description;
    int position = 0; ///< Among the tables of the base.
    bool isTrashed = false;
    QList<Field> fields; ///< Trashed ones included.
    QList<View> views;
    QList<Workflow> workflows;

    const Field *field(FieldId field) const;
    const Field *fieldNamed(const QString &nameOrId) const; ///< Not the trashed ones.
    const Field *primaryField() const;
    /// What links that show that field are called by: the primary field if it is null or gone.
    const Field *titleField(FieldId shown) const;
    QList<Field> liveFields() const;
    const View *view(ViewId view) const;
    const Workflow *workflow(WorkflowId workflow) const;
    friend bool operator==(const Table &, const Table &) = default;
};

} // namespace casebase
