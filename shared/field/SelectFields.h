// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/schema/Table.h"

#include <QHash>

namespace casebase {

const FieldType &singleSelectType();
const FieldType &multipleSelectsType();
const FieldType &stateType();
const FieldType &departmentType();

/// MoveNotAllowed where a state does not go from the one to the other. From nothing it goes
/// anywhere.
Done checkMove(const Field &field, const Value &from, const Value &to);
/// The value without the options that do not go with what the parent field holds.
Value fittingUnder(const Value &value, const Field &field, const Value &parent);
/// The value with other options in the place of some, which go if their other one is null.
Value mergedOptions(const Value &value, const QHash<OptionId, OptionId> &others);
/// The field without ties to fields of its table that are gone.
Field withLiveTies(const Field &field, const Table &table);
/// The options that can be chosen in a record: those that go with what the parent field holds, and
/// of a state where it may go from here. Beside an empty parent, all that settle what it holds.
QList<Option> choosableOptions(const Field &field, const Value &now, const Value &parent);
/// Whether the option goes with what the parent field holds.
bool fitsUnder(const Option &option, const Value &parent);

/// The names in "a, b，c", trimmed, without blanks and doubles.
QStringList splitNames(const QString &text);

} // namespace casebase
