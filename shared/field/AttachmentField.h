// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

const FieldType &attachmentType();
/// Files that are pictures.
const FieldType &imageType();
/// One picture.
const FieldType &signatureType();

} // namespace casebase
