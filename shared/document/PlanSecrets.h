// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Convert.h"
#include "shared/document/PlanStep.h"

namespace casebase {

/// The value as the cell can keep it, for a sensitive field, and for one that has been one: plain
/// texts are sealed for the cell; what was sealed for the server, or for this cell, is sealed anew;
/// a mask stands for what is there. Where there is no keeper, on clients, what is sealed stays as
/// it is.
Result<Value> acceptedSecret(const PlanStep &step, const CellPlace &place, const Field &field,
    const Value &value, const Value &before);

/// Whether the value that somebody has seen is the one that the cell holds. Clients tell sensitive
/// texts apart by their masks only.
bool isSame(const PlanStep &step, const CellPlace &place, const Value &seen, const Value &held);

/// As convertField(), from or to a sensitive field. No text remains readable, not as what was there
/// before either.
Result<Conversion> convertSecrets(
    const PlanStep &step, const TableData &table, const Field &from, const Field &to);

} // namespace casebase
