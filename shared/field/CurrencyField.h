// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// An amount of money: the sign in front, as "¥1,200.00", "-€5.00" or "CHF 3.00".
const FieldType &currencyType();

} // namespace casebase
