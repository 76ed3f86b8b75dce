// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

const FieldType &singleSelectType();
const FieldType &multipleSelectsType();

/// The names in "a, b，c", trimmed, without blanks and doubles.
QStringList splitNames(const QString &text);

} // namespace casebase
