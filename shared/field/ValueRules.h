// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/support/Pattern.h"

namespace casebase {

/// Whether values of the kind can be told to be there, to have a form, and to be each there once.
bool mayBeRequired(FieldKind kind);
bool mayHavePattern(FieldKind kind);
bool mayBeUnique(FieldKind kind);
bool mayBeNegative(FieldKind kind);
/// The rules as far as the field can have them; Invalid if the pattern is none, TooLarge if a text
/// is too long. The condition is taken as it is.
Result<ValueRules> acceptedRules(const Field &field);

/// Whether the value, which the field has accepted, is there if it must be and has the form that is
/// asked for: MissingValue, ValueRefused. Borrows the field, and reads its pattern once.
class ValueCheck {
public:
    explicit ValueCheck(const Field &field);
    Done operator()(const Value &value, const FieldContext &context) const;

private:
    const Field &m_field;
    std::shared_ptr<const re2::RE2> m_pattern;
};

/// Values that a unique field takes for the same have the same key; empty ones have none.
QByteArray uniqueKey(const Value &value);

} // namespace casebase
