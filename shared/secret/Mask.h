// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"

namespace casebase {

/// What is shown of a sensitive text: 138****5678, z****@example.com. Does not tell how long it is.
QString masked(const QString &text, SensitiveForm form);
/// Whether it is what stands for a text, and not one that somebody means.
bool isMask(const QString &text);
/// What to look for among masks where somebody looks for a text: the mask of a whole one, a part of
/// one as it is.
QString soughtMask(const QString &text, SensitiveForm form);
/// Equal for texts that mean the same, however they are written.
QString comparable(const QString &text, SensitiveForm form);

} // namespace casebase
