// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// Text of which only a mask is shown. What people type or send is a plain text until it has been
/// sealed (shared/secret); a mask is not taken for one.
const FieldType &sensitiveType();
/// The field as it would be if its texts were not sensitive: that takes and checks them.
Field plainField(const Field &sensitive);
/// What to look for in what the field shows, where somebody looks for the text.
QString soughtText(const QString &text, const Field &field);

} // namespace casebase
