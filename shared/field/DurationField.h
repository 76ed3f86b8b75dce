// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A span of time in seconds, typed and shown as h:mm or h:mm:ss with up to three decimals. May be
/// longer than a day, and negative.
const FieldType &durationType();

} // namespace casebase
