// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A share, kept as a fraction: 0.25 is typed and shown as 25%.
const FieldType &percentType();

} // namespace casebase
