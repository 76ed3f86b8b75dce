// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// One e-mail address, of any country's letters.
const FieldType &emailType();

} // namespace casebase
