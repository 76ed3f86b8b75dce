// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

const FieldType &singleLineTextType();
const FieldType &multilineTextType();

} // namespace casebase
