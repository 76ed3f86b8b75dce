// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// Whole numbers from 1 to what is best; 0 is none.
const FieldType &ratingType();
/// How far something is, from 0 to 100.
const FieldType &progressType();

} // namespace casebase
