// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableData.h"
#include "shared/field/FieldType.h"
#include "shared/operation/ChangeSet.h"
#include "shared/support/Progress.h"

#include <functional>

namespace casebase {

/// What turning a field into another kind comes to.
struct Conversion {
    Field field; ///< The new field, with the options that the values need.
    QList<CellChange> cells; ///< Every cell that holds something before or after.
    qsizetype converted = 0;
    QList<CellChange> lost; ///< Those of `cells` that end up empty.
};

/// Converts all values of `from` into `to`, which has the same id and another kind. `valueAt` says
/// what the cells hold where it is not what the table holds. Each row is a step of
/// `progress`.
Conversion convertField(const TableData &table, const Field &from, const Field &to,
    const FieldContext &context, Progress *progress = nullptr,
    const std::function<Value(Row)> &valueAt = {});

/// What puts other options in the place of some in all records, while the field still has both; an
/// option whose other one is null is left to whoever takes it from the field.
QList<Operation> mergeOptions(
    const TableData &table, const Field &field, const QHash<OptionId, OptionId> &others);

} // namespace casebase
