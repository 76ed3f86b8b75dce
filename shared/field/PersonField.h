// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

const FieldType &personType();
/// Several members of the base, each once.
const FieldType &personsType();

inline constexpr qsizetype PersonsPerCell = 200;

} // namespace casebase
