// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/PlanStep.h"

#include <algorithm>

namespace casebase {

/// The name as it is kept: storable, without spaces around it, not empty and not too long.
Result<QString> acceptedName(const QString &name);

template <class Things> bool isNameTaken(const Things &things, const QString &name, auto ownId)
{
    return std::any_of(things.cbegin(), things.cend(), [&](const auto &each) {
        return each.id != ownId && each.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

/// The field as it can be kept, or why not. `table` has what it may name; `before` is what it takes
/// the place of, or null. Its formulas and its default are looked at afterwards, by the functions
/// below.
Result<Field> acceptedField(
    const Document &document, const Table &table, Field field, const Field *before);

/// The formula with ids for names, if it can be read, does not read itself and its result can be
/// shown as the field wants to show it. `table` holds the field.
Result<QString> acceptedFormula(const Table &table, const Field &field, const Document &document);

/// Reads the formulas in the rules, the default and the button of a field that the table holds.
/// Those that were there stay, whatever became of the fields that they read.
Done acceptFormulas(
    Field &field, const Table &table, const Field *before, const Document &document);

/// The default as the field can have it; one that came from before and fits no more goes.
Result<DefaultValue> acceptedDefault(const PlanStep &step, const Field &field, const Field *before);

} // namespace casebase
