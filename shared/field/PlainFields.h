// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

// Kinds of which nobody needs more than the type.

/// A field without values: what it does is said by Field::button.
const FieldType &buttonType();

const FieldType &checkboxType();

/// An amount of money: the sign in front, as "¥1,200.00", "-€5.00" or "CHF 3.00".
const FieldType &currencyType();

/// A span of time in seconds, typed and shown as h:mm or h:mm:ss with up to three decimals. May be
/// longer than a day, and negative.
const FieldType &durationType();

/// One e-mail address, of any country's letters.
const FieldType &emailType();

/// A share, kept as a fraction: 0.25 is typed and shown as 25%.
const FieldType &percentType();

/// A telephone number as people write it, with digits in their plain form.
const FieldType &phoneNumberType();

} // namespace casebase
