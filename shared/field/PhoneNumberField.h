// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A telephone number as people write it, with digits in their plain form.
const FieldType &phoneNumberType();

} // namespace casebase
