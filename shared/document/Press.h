// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/formula/FormulaValue.h"

namespace casebase {

/// What pressing a button comes to: a link to open, or a request to submit.
using Pressed = std::variant<QString, Request>;

/// Whether the button is offered in the record to that person; one without a condition always is.
bool isOffered(const Document &document, TableId table, RecordId record, FieldId button,
    UserId presser, FormulaContext now);

/// What the button does in the record now, pressed by that person. Reads the record and changes
/// nothing. `instance` is the id of the run that a workflow gets. Refused with UnknownRecord or
/// UnknownField if something is gone, with ButtonNotOffered, with the fault of a formula, or with
/// what a field does not take.
Result<Pressed> press(const Document &document, TableId table, RecordId record, FieldId button,
    UserId presser, InstanceId instance, const FieldContext &fields, FormulaContext now);

} // namespace casebase
